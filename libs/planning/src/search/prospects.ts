import { type Demand, HOUR, type Leg, type Millis } from '@portolan/domain';
import type { LegCosts } from './leg-costs.js';
import { latenessAt } from './outlook.js';
import type { Start } from './walk.js';

/** Whose itineraries are in question: a demand, or the most favourable of what several are like. */
export type Wish = Pick<Demand, 'to' | 'due' | 'latePerHour' | 'spoilagePerHour'>;

export interface Bid {
  readonly start: Pick<Start, 'place' | 'time' | 'last'>;
  /** The latest delivery. */
  readonly end: Millis;
  /** Only what costs less is of interest. */
  readonly bound: number;
  readonly legCosts: readonly number[];
}

/** Can there be an itinerary over a leg for less than the bound? Every part is counted at its least; so no means no. */
export function isProspect(leg: Leg, wish: Wish, { start, end, bound, legCosts }: Bid, costs: LegCosts): boolean {
  const { place, time, last } = start;
  const { to } = wish;
  const isFirst = place === leg.from;
  const transfers = !isFirst && !costs.isThrough(leg.from);
  const reached =
    costs.distances.atLeastFrom(place)[leg.from.index]! + (last ? 0 : place.load) + (transfers ? leg.from.transfer : 0);
  const plain = reached + legCosts[leg.index]!;
  const whenever = plain + costs.atLeastAfter(leg, to);
  if (!(whenever < bound)) return false;
  const earliest =
    time +
    (last ? 0 : place.loadTime) +
    costs.times.atLeastFrom(place)[leg.from.index]! +
    (transfers ? leg.from.transferTime : 0);
  if (leg.kind === 'scheduled' && leg.departs < earliest) return false;
  const arrives = leg.kind === 'scheduled' ? leg.arrives : earliest + leg.duration;
  const bounds = costs.boundsTo(to);
  const delivered = bounds.arrivalAfter(leg, arrives) + to.unloadTime;
  if (delivered > end) return false;
  const spoiled = (wish.spoilagePerHour * costs.leastSpoilage * (delivered - time)) / HOUR;
  const least = Math.max(whenever, plain + bounds.costAfter(leg, arrives)) + latenessAt(wish, delivered) + spoiled;
  return least < bound;
}
