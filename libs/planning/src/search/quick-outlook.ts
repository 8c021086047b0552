import type { Demand, Leg, Millis, Place } from '@portolan/domain';
import type { Tree } from './distances.js';
import type { LegCosts } from './leg-costs.js';
import { type Outlook, latenessAt } from './outlook.js';
import type { Bounds } from './timed-bounds.js';

/**
 * The outlook from what all demands of a destination share: distances at the prices of the moment, whatever the times, and a table by time
 * without prices. Costs nothing to have, but what is cheap and late, and what is dear and quick, both look open.
 */
export class QuickOutlook implements Outlook {
  private readonly toGo: Tree;
  private readonly bounds: Bounds;

  /** @param end the latest delivery */
  constructor(
    private readonly costs: LegCosts,
    private readonly demand: Demand,
    private readonly end: Millis,
  ) {
    this.toGo = costs.distances.to(demand.to);
    this.bounds = costs.boundsTo(demand.to);
  }

  after(leg: Leg, arrives: Millis): number {
    const earliest = this.bounds.arrivalAfter(leg, arrives) + this.demand.to.unloadTime;
    if (earliest > this.end) return Infinity;
    const cost = Math.max(this.costs.after(leg, this.demand.to, this.toGo), this.bounds.costAfter(leg, arrives));
    return cost + latenessAt(this.demand, earliest);
  }

  departing(place: Place, ready: Millis): number {
    const soonest = this.bounds.arrivalFrom(place, ready) + this.demand.to.unloadTime;
    if (soonest > this.end) return Infinity;
    const onwards = this.toGo.cost[place.index] ?? Infinity;
    return Math.max(onwards, this.bounds.costFrom(place, ready)) + latenessAt(this.demand, soonest);
  }
}
