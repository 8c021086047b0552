import { type Demand, HOUR, type Leg, type Millis } from '@portolan/domain';
import { Delays } from './delays.js';
import type { LegCosts } from './leg-costs.js';
import { latenessAt } from './outlook.js';
import type { Start } from './walk.js';

/** From where, and within which limits, a demand looks for an itinerary. */
export interface Bid {
  readonly start: Start;
  /** The latest delivery. */
  readonly end: Millis;
  /** Only what costs less is of interest. */
  readonly bound: number;
  readonly legCosts: readonly number[];
}

/**
 * What an itinerary over a leg costs at least; Infinity where that is not below the bound.
 * @param until for a leg on demand: when it is of interest, at the latest
 */
export function leastOver(
  leg: Leg,
  demand: Demand,
  { start, end, bound, legCosts }: Bid,
  costs: LegCosts,
  until = Infinity,
): number {
  const { place, time, last } = start;
  const { to } = demand;
  const isFirst = place === leg.from;
  const transfers = !isFirst && !costs.isThrough(leg.from);
  const reached =
    costs.distances.atLeastFrom(place)[leg.from.index]! + (last ? 0 : place.load) + (transfers ? leg.from.transfer : 0);
  const plain = reached + legCosts[leg.index]!;
  const whenever = plain + costs.atLeastAfter(leg, to);
  if (!(whenever < bound)) return Infinity;
  const earliest =
    time +
    (last ? 0 : place.loadTime) +
    costs.times.atLeastFrom(place)[leg.from.index]! +
    (transfers ? leg.from.transferTime : 0);
  const latest = leg.kind === 'scheduled' ? leg.departs : until;
  if (latest < earliest) return Infinity;
  const arrives = leg.kind === 'scheduled' ? leg.arrives : earliest + leg.duration;
  const spoilage = demand.spoilagePerHour * costs.leastSpoilage;
  const paidBy = (delivered: Millis) => latenessAt(demand, delivered) + (spoilage * (delivered - time)) / HOUR;
  // Most are found too late by now, without a table.
  const soonest = arrives + costs.times.atLeastTo(to)[leg.to.index]! + to.unloadTime;
  if (soonest > end || whenever + paidBy(soonest) >= bound) return Infinity;
  const reaches = costs.boundsTo(leg.from);
  const ready = time + (last ? 0 : place.loadTime);
  const timed = last || isFirst ? 0 : reaches.costFrom(place, ready) - leg.from.unload + place.load;
  if (!last && !isFirst && reaches.arrivalFrom(place, ready) > latest) return Infinity;
  const bounds = costs.boundsTo(to);
  const paid = Math.max(reached, timed) + legCosts[leg.index]!;
  const delivered = bounds.arrivalAfter(leg, arrives) + to.unloadTime;
  if (delivered > end) return Infinity;
  const ahead = Math.max(costs.atLeastAfter(leg, to), bounds.costAfter(leg, arrives));
  const apart = paid + ahead + paidBy(delivered);
  const delays = new Delays(bounds, demand, spoilage);
  const least = Math.max(apart, paid + delays.after(leg, arrives));
  return least < bound ? least : Infinity;
}
