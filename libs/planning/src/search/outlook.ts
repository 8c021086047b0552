import { type Demand, HOUR, type Leg, type Millis, type Place } from '@portolan/domain';

/**
 * What one unit of a demand has left to pay on its way to the destination, at least: everything counts, lateness too. Infinity where it
 * would come too late, or not at all.
 */
export interface Outlook {
  /** After a leg has brought it somewhere. */
  after(leg: Leg, arrives: Millis): number;
  /** Ready to leave a place by a scheduled leg, at `ready` or later; what waiting costs is counted in, so it falls by no more than that. */
  departing(place: Place, ready: Millis): number;
  /** By scheduled leg, where that is known: a part of what it is `after` it that takes no look at times. */
  readonly afterScheduled: ArrayLike<number> | undefined;
}

/** What delivery at this moment costs for being late; at a later one it costs no less. */
export const latenessAt = ({ due, latePerHour }: Pick<Demand, 'due' | 'latePerHour'>, time: Millis): number =>
  time > due ? (latePerHour * (time - due)) / HOUR : 0;
