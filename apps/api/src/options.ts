import type { Clock } from '@portolan/platform';
import type { ReadModel } from '@portolan/store';
import type { EventLog } from '@portolan/streams';

export interface ApiOptions {
  readonly log: EventLog;
  readonly store: ReadModel;
  readonly clock: Clock;
  /** The planning cell that is shown when a request names none. */
  readonly cell: string;
}

/** Nest token of the options. */
export const API_OPTIONS = Symbol('ApiOptions');
