export { OptimizerModule } from './optimizer.module.js';
export type { OptimizerOptions } from './options.js';
export { OwnedPartition, type Collaborators } from './owned-partition.js';
export { Publications, readPublication } from './publications.js';
