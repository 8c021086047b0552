import type { Millis, PlanPublication, PlanDocument, PositionedEvent } from '@portolan/domain';

/** How a step of the live optimizer came about: its plan began with the one before, or with nothing. */
export type Start = 'warm' | 'cold';

/** One event of a log, as replay takes it. */
export interface Entry extends PositionedEvent {
  /** The live optimizer planned when this was the newest event it knew of the cell. */
  readonly planned?: Start;
}

/** A log from its first event on, part by part. May be read more than once where it is a function. */
export type Entries = AsyncIterable<readonly Entry[]>;

export const startOf = ({ plan }: PlanPublication<PlanDocument>): Start => (plan.statistics.warm ? 'warm' : 'cold');

/** The span of a replay. Events received later are left out. */
export interface Span {
  readonly until?: Millis | undefined;
  /** Only this planning cell. Default all. */
  readonly cell?: string | undefined;
}
