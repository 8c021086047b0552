import type { EventLog } from '@portolan/streams';
import type { Planner } from './planner.js';

export interface OptimizerOptions {
  readonly log: EventLog;
  readonly planner: Planner;
}

/** Nest token of the options. */
export const OPTIMIZER_OPTIONS = Symbol('OptimizerOptions');
