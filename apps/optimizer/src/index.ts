export { OptimizerModule } from './optimizer.module.js';
export type { OptimizerOptions } from './options.js';
export { readPublication } from './publications.js';
