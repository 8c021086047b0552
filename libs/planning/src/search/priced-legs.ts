import type { Demand, Leg, Place, Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';

/** From the end of each leg to one destination, by leg: the fewest legs, and the least cost, whatever the times; Infinity where no way leads there. */
export interface ToGo {
  readonly legs: Float64Array;
  readonly cost: Float64Array;
  readonly costFrom: ReadonlyMap<Place, number>;
}

/**
 * What legs cost at given prices, and lower bounds to destinations, computed when first asked for. Prices are told apart by their
 * array, which must not change afterwards.
 */
export class PricedLegs {
  private readonly dry: Float64Array;
  private readonly cooled: Float64Array;
  private readonly inbound = new Map<Place, Map<Place, number>>();
  private readonly byDestination = new Map<Place, ToGo>();
  private readonly passed: ReadonlySet<Place>;

  constructor(
    private readonly problem: Problem,
    resources: Resources,
    readonly prices: Float64Array,
  ) {
    const plain = ({ cost, co2eKg }: Leg) => cost + co2eKg * problem.co2Price;
    this.dry = Float64Array.from(problem.legs, (leg) => plain(leg) + prices[resources.capacity(leg.index)]!);
    this.cooled = this.dry.map((cost, leg) => cost + prices[resources.plugs(leg)]!);
    this.passed = new Set(problem.legs.flatMap((leg) => (leg.kind === 'scheduled' && leg.next >= 0 ? [leg.to] : [])));
    for (const leg of problem.legs) this.note(leg, this.dry[leg.index]!);
  }

  /** By leg: its cost, emissions and prices for one unit of the demand. */
  costs({ reefer }: Demand): Float64Array {
    return reefer ? this.cooled : this.dry;
  }

  to(destination: Place): ToGo {
    let known = this.byDestination.get(destination);
    if (!known) {
      const legs = this.relaxed(
        destination,
        () => 1,
        () => 0,
      );
      const costFrom = this.relaxed(destination, (cost) => cost, this.through);
      known = { legs: this.byLeg(legs), cost: this.afterLeg(destination, costFrom), costFrom };
      this.byDestination.set(destination, known);
    }
    return known;
  }

  private byLeg(distance: ReadonlyMap<Place, number>): Float64Array {
    return Float64Array.from(this.problem.legs, ({ to }) => distance.get(to) ?? Infinity);
  }

  /** What follows a leg at least: unloading at the destination, else a transfer unless goods may stay on board. */
  private afterLeg(destination: Place, costFrom: ReadonlyMap<Place, number>): Float64Array {
    return Float64Array.from(this.problem.legs, (leg) => {
      if (leg.to === destination) return destination.unload;
      const stays = leg.kind === 'scheduled' && leg.next >= 0;
      return (costFrom.get(leg.to) ?? Infinity) + (stays ? 0 : leg.to.transfer);
    });
  }

  /** The least that passing a place costs: nothing where any run goes on from there. */
  private readonly through = (place: Place): number => (this.passed.has(place) ? 0 : place.transfer);

  private note({ from, to }: Leg, cost: number): void {
    const sources = this.inbound.get(to) ?? new Map<Place, number>();
    sources.set(from, Math.min(cost, sources.get(from) ?? Infinity));
    this.inbound.set(to, sources);
  }

  /** Label correcting from the destination backwards; places are few. */
  private relaxed(
    destination: Place,
    weight: (cost: number) => number,
    passing: (place: Place) => number,
  ): Map<Place, number> {
    const distance = new Map([[destination, 0]]);
    const queue = [destination];
    for (let place = queue.shift(); place; place = queue.shift())
      for (const [from, cost] of this.inbound.get(place) ?? []) {
        const onwards = place === destination ? 0 : passing(place);
        const through = distance.get(place)! + onwards + weight(cost);
        if (through >= (distance.get(from) ?? Infinity)) continue;
        distance.set(from, through);
        queue.push(from);
      }
    return distance;
  }
}
