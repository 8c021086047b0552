import type { EventLog } from '@portolan/streams';
import type { CellPlanner, Planner } from '@portolan/cells';
import type { SavingPolicy } from './snapshots/saving.js';

export interface OptimizerOptions {
  readonly log: EventLog;
  readonly planner: Planner;
  /** Milliseconds that a planning step has before newer events may end it. Default 2000. */
  readonly undisturbed?: number;
  /** When the states of cells are saved. Default: after 5000 events of a partition, and 10 minutes after the first that is not saved. */
  readonly saving?: SavingPolicy;
  /** Where a what-if run plans. Default: a thread of its own, which gives way to others. */
  readonly whatIfPlanner?: () => CellPlanner;
}

/** Nest token of the options. */
export const OPTIMIZER_OPTIONS = Symbol('OptimizerOptions');
