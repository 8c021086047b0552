export { isCertified, keepsToLimits, solve, type SolveOptions } from './solve.js';
export { LivePlan, type OptimizeOptions, type Outcome } from './live/live-plan.js';
export type { Explained } from './live/live-explanations.js';
export { EngineFailure, type Engine, type LinearProgram } from './engines/engine.js';
export { engineNamed, engineNames, type EngineName } from './engines/engines.js';
export { Continuations } from './continuation.js';
export { PlanExplanations, explain, explainLeg } from './explanation/explain.js';
export type { LegExplanation, LegLoad } from './explanation/explanation.js';
export { becauseOf, languages, wordsOf, type Language } from './explanation/words.js';
