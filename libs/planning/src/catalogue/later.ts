import { DAY, type Demand, HOUR, type Millis, type Problem } from '@portolan/domain';
import type { LegCosts } from '../search/leg-costs.js';
import type { Start } from '../search/walk.js';

/** By how much an itinerary can be cheaper at most if goods are ready so much later: they wait less, somewhere. */
export function mostSpared({ places }: Problem, { spoilagePerHour }: Demand, by: Millis): number {
  let most = 0;
  for (const { storagePerDay, spoilageFactor } of places.values())
    most = Math.max(most, storagePerDay / DAY + (spoilagePerHour * spoilageFactor) / HOUR);
  return most * by;
}

/**
 * Could goods that are ready later meet a place open on their way on demand that they would have met closed?
 * @param bound only itineraries that cost less are of interest
 */
export function meetsOpen({ places }: Problem, { place, time }: Start, { to }: Demand, costs: LegCosts, bound: number) {
  for (const each of places.values()) {
    if (each.closures.length === 0) continue;
    const reached = costs.distances.atLeastFrom(place)[each.index]!;
    if (reached + costs.distances.atLeastTo(to)[each.index]! >= bound) continue;
    const earliest = time + costs.times.atLeastFrom(place)[each.index]!;
    if (each.closures.some(([, end]) => end > earliest)) return true;
  }
  return false;
}
