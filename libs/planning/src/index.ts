export { isCertified, solve, type SolveOptions } from './solve.js';
export { EngineFailure } from './engines/engine.js';
export { PlanInsight } from './insight.js';
