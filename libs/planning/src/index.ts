export { isCertified, solve, type SolveOptions } from './solve.js';
export { LivePlan, type OptimizeOptions, type Outcome } from './live/live-plan.js';
export { EngineFailure, type Engine } from './engines/engine.js';
export { engineNamed, engineNames, type EngineName } from './engines/engines.js';
export { PlanInsight } from './insight.js';
