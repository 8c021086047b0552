export { PlanningCell, memoryOf, type CellMemory } from './cell.js';
export type { Planned, Planner } from './planner.js';
export type { PlannedState } from './situation.js';
export { CellPlanner, planningHere, planningInThread } from './cell-planner.js';
