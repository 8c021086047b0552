import type { EventLog } from '@portolan/streams';
import type { Planner } from '@portolan/cells';

export interface OptimizerOptions {
  readonly log: EventLog;
  readonly planner: Planner;
  /** Milliseconds that a planning step has before newer events may end it. Default 2000. */
  readonly undisturbed?: number;
}

/** Nest token of the options. */
export const OPTIMIZER_OPTIONS = Symbol('OptimizerOptions');
