import type { Clock } from '@portolan/platform';
import type { ReadModel } from '@portolan/store';
import type { EventLog } from '@portolan/streams';

export interface ApiOptions {
  readonly log: EventLog;
  readonly store: ReadModel;
  readonly clock: Clock;
  /** The planning cell that is shown when a request names none. */
  readonly cell: string;
  /** Days after which recommendations that are not open any more are forgotten, by the planner's now. */
  readonly historyDays: number;
}

/** Nest token of the options. */
export const API_OPTIONS = Symbol('ApiOptions');
