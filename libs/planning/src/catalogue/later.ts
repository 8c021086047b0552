import { DAY, type Demand, HOUR, type Millis, type Place, type Problem, isClosed } from '@portolan/domain';
import type { LegCosts } from '../search/leg-costs.js';
import type { Timetable } from '../search/timetable.js';
import type { Start } from '../search/walk.js';

/** Rides that are followed; who could take more is taken to meet something open. */
const MOST_RIDES = 300;

/** By how much an itinerary can be cheaper at most if goods are ready so much later: they wait less, somewhere. */
export function mostSpared({ places }: Problem, { spoilagePerHour }: Demand, by: Millis): number {
  let most = 0;
  for (const { storagePerDay, spoilageFactor } of places.values())
    most = Math.max(most, storagePerDay / DAY + (spoilagePerHour * spoilageFactor) / HOUR);
  return most * by;
}

/**
 * Tells whether goods that are ready a little later meet a place closed that they would have met open, or open that was closed. Then lists
 * may lack what has become possible, and what was left out for a shorter way that has become impossible.
 */
export class ClosuresMet {
  private left = MOST_RIDES;
  private readonly legCosts: readonly number[];
  private readonly toGo: Float64Array;

  /**
   * @param by how much later the goods are ready
   * @param bound only itineraries that cost less are of interest
   */
  constructor(
    private readonly problem: Problem,
    private readonly timetable: Timetable,
    private readonly goods: Demand,
    costs: LegCosts,
    private readonly by: Millis,
    private readonly bound: number,
  ) {
    this.legCosts = costs.of(goods);
    this.toGo = costs.distances.atLeastTo(goods.to);
  }

  /** Only rides on demand count: with scheduled legs goods come and go when they did. */
  differFrom({ place, time }: Start): boolean {
    const isOver = ({ closures }: Place) => closures.every(([, end]) => end <= time);
    return ![...this.problem.places.values()].every(isOver) && this.leave(place, time + place.loadTime, place.load);
  }

  private leave(place: Place, departs: Millis, paid: number): boolean {
    const before = isClosed(place, departs);
    const now = isClosed(place, departs + this.by);
    if (before && now) return false;
    for (const { index, to, duration } of this.timetable.onDemand(place)) {
      const cost = paid + this.legCosts[index]!;
      const handling = to === this.goods.to ? 0 : to.transfer;
      if (cost + handling + this.toGo[to.index]! >= this.bound) continue;
      if (before !== now || --this.left < 0 || this.arrive(to, departs + duration, cost)) return true;
    }
    return false;
  }

  private arrive(place: Place, time: Millis, paid: number): boolean {
    const before = isClosed(place, time);
    const now = isClosed(place, time + this.by);
    if (before !== now) return true;
    return !before && this.leave(place, time + place.transferTime, paid + place.transfer);
  }
}
