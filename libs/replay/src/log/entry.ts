import type { Millis, PositionedEvent, Resumption } from '@portolan/domain';

/** How a step of the live optimizer came about: its plan began with the one before, with nothing, or with what was written down of an earlier one. */
export type Start = 'warm' | 'cold' | Resumption;

/** One event of a log, as replay takes it. */
export interface Entry extends PositionedEvent {
  /** The live optimizer planned when this was the newest event it knew of the cell. */
  readonly planned?: Start;
  /** What was written down of that plan is needed until the step at this position. */
  readonly kept?: number;
}

/** A log from its first event on, part by part. May be read more than once where it is a function. */
export type Entries = AsyncIterable<readonly Entry[]>;

/** The span of a replay. Events received later are left out. */
export interface Span {
  readonly until?: Millis | undefined;
  /** Only this planning cell. Default all. */
  readonly cell?: string | undefined;
}
