import { type Demand, HOUR, type Leg, type Millis, type Place } from '@portolan/domain';
import { Delays } from './delays.js';
import type { Tree } from './distances.js';
import type { LegCosts } from './leg-costs.js';
import { type Outlook, latenessAt } from './outlook.js';
import type { PricedBounds } from './priced-bounds.js';
import type { Bounds } from './timed-bounds.js';

/**
 * The outlook from what all demands of a destination share: distances at the prices of the moment, whatever the times; a table by time
 * without prices; and one with prices, if it has been made. Costs nothing to have, but what is cheap and late, and what is dear and quick,
 * both look open.
 */
export class QuickOutlook implements Outlook {
  private readonly toGo: Tree;
  private readonly bounds: Bounds;
  private readonly priced: PricedBounds | undefined;
  private readonly spoilage: number;
  private readonly delays: Delays;
  readonly afterScheduled: ArrayLike<number>;

  /** @param end the latest delivery */
  constructor(
    private readonly costs: LegCosts,
    private readonly demand: Demand,
    private readonly end: Millis,
  ) {
    this.toGo = costs.distances.to(demand.to);
    this.bounds = costs.boundsTo(demand.to);
    this.priced = costs.pricedTo(demand.to, demand);
    this.afterScheduled = this.priced?.arrived ?? this.bounds.costAfterScheduled;
    this.spoilage = (demand.spoilagePerHour * costs.leastSpoilage) / HOUR;
    this.delays = new Delays(this.bounds, demand, demand.spoilagePerHour * costs.leastSpoilage);
  }

  after(leg: Leg, arrives: Millis): number {
    const earliest = this.bounds.arrivalAfter(leg, arrives) + this.demand.to.unloadTime;
    if (earliest > this.end) return Infinity;
    const timed = this.priced ? this.priced.after(leg, arrives) : this.bounds.costAfter(leg, arrives);
    const apart = Math.max(this.costs.after(leg, this.demand.to, this.toGo), timed) + this.delay(arrives, earliest);
    return Math.max(apart, this.delays.after(leg, arrives));
  }

  departing(place: Place, ready: Millis): number {
    const soonest = this.bounds.arrivalFrom(place, ready) + this.demand.to.unloadTime;
    if (soonest > this.end) return Infinity;
    const onwards = this.toGo.cost[place.index] ?? Infinity;
    const timed = this.priced ? this.priced.from(place, ready) : this.bounds.costFrom(place, ready);
    const apart = Math.max(onwards, timed) + this.delay(ready, soonest);
    return Math.max(apart, this.delays.from(place, ready));
  }

  /** What being under way from one moment to the delivery costs. */
  private delay(since: Millis, delivered: Millis): number {
    return latenessAt(this.demand, delivered) + this.spoilage * Math.max(0, delivered - since);
  }
}
