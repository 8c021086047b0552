export { OptimizerModule } from './optimizer.module.js';
export { PlanningCell } from './cell.js';
export type { OptimizerOptions } from './options.js';
export type { Planned, Planner } from './planner.js';
export { readPublication } from './publications.js';
export { planningHere, planningInThread } from './cell-planner.js';
