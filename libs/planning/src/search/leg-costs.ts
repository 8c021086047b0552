import type { Demand, Leg, Place, Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';
import { type Bounds, TimedBounds } from './timed-bounds.js';

/** From each place (by its index) to one destination: the fewest legs, and the least cost whatever the times; Infinity where no way leads there. */
export interface ToGo {
  readonly legs: Float64Array;
  readonly cost: Float64Array;
}

/** Legs between the same two places. */
interface Link {
  readonly from: Place;
  readonly legs: Set<number>;
  least: number;
}

/**
 * What legs cost at the prices of the moment, and lower bounds to destinations, computed when first asked for and again only where a
 * link became dearer or cheaper. Changed in place when legs or prices change.
 */
export class LegCosts {
  /** By leg: its cost, emissions and prices for one unit that is not a reefer; Infinity where there is no leg. */
  private readonly dry: number[] = [];
  private readonly cooled: number[] = [];
  private readonly links = new Map<Place, Map<Place, Link>>();
  private readonly linkOf: (Link | undefined)[] = [];
  private readonly stays: Map<Place, number> = new Map();
  private readonly stayOf: (Place | undefined)[] = [];
  private readonly known = new Map<Place, ToGo>();
  /** At no prices, so it holds at any; and at the prices of the moment. */
  private readonly timed: { readonly free: TimedBounds; readonly priced: TimedBounds };

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    /** By number of the resource; what lies beyond its end is free. */
    private prices: ArrayLike<number>,
  ) {
    this.timed = {
      free: new TimedBounds(problem, ({ cost, co2eKg }) => cost + co2eKg * problem.co2Price),
      priced: new TimedBounds(problem, ({ index }) => this.dry[index]!),
    };
    for (const leg of problem.legByKey.values()) this.put(leg);
  }

  of({ reefer }: Demand): readonly number[] {
    return reefer ? this.cooled : this.dry;
  }

  priceOf(resource: number): number {
    return this.prices[resource] ?? 0;
  }

  /** A leg that is new or has changed; it was dropped before. */
  put(leg: Leg): void {
    const { index, from, to } = leg;
    const links = this.links.get(to) ?? new Map<Place, Link>();
    this.links.set(to, links);
    const link = links.get(from) ?? { from, legs: new Set<number>(), least: Infinity };
    links.set(from, link);
    link.legs.add(index);
    this.linkOf[index] = link;
    if (leg.kind === 'scheduled' && leg.next >= 0) {
      this.stayOf[index] = to;
      this.stays.set(to, (this.stays.get(to) ?? 0) + 1);
    }
    this.dry[index] = Infinity;
    this.reprice(index);
    this.known.clear();
    this.forgetTimes();
  }

  drop(index: number): void {
    const link = this.linkOf[index];
    if (!link) return;
    link.legs.delete(index);
    this.linkOf[index] = undefined;
    this.dry[index] = this.cooled[index] = Infinity;
    link.least = this.leastOf(link);
    const stay = this.stayOf[index];
    if (stay) this.stays.set(stay, this.stays.get(stay)! - 1);
    this.stayOf[index] = undefined;
    this.known.clear();
  }

  /** Other prices from now on; `legs` are those with another price, their places the same. */
  priced(prices: ArrayLike<number>, legs: Iterable<number>): void {
    this.prices = prices;
    for (const leg of legs) this.reprice(leg);
  }

  /** The price of emissions, or of passing places, has changed. */
  refresh(): void {
    for (const { index } of this.problem.legByKey.values()) this.reprice(index);
    this.known.clear();
    this.forgetTimes();
  }

  to(destination: Place): ToGo {
    let known = this.known.get(destination);
    if (!known) {
      known = {
        legs: this.relaxed(
          destination,
          () => 1,
          () => 0,
        ),
        cost: this.relaxed(
          destination,
          ({ least }) => least,
          ({ transfer }) => transfer,
        ),
      };
      this.known.set(destination, known);
    }
    return known;
  }

  /** Bounds that know the timetable; without the prices they are quicker to have, and weaker. */
  boundsTo(destination: Place, priced: boolean): Bounds {
    return this.timed[priced ? 'priced' : 'free'].to(destination);
  }

  /** What follows a leg at least: unloading at the destination, else a transfer unless goods may stay on board. */
  after(leg: Leg, destination: Place, toGo: ToGo): number {
    if (leg.to === destination) return destination.unload;
    return (toGo.cost[leg.to.index] ?? Infinity) + (leg.kind === 'scheduled' && leg.next >= 0 ? 0 : leg.to.transfer);
  }

  private forgetTimes(): void {
    this.timed.free.clear();
    this.timed.priced.clear();
  }

  private reprice(index: number): void {
    const link = this.linkOf[index];
    const leg = this.problem.legs[index];
    if (!link || !leg) return;
    const before = this.dry[index]!;
    const now = leg.cost + leg.co2eKg * this.problem.co2Price + this.priceOf(this.resources.capacity(index));
    this.dry[index] = now;
    this.cooled[index] = now + this.priceOf(this.resources.plugs(index));
    if (now !== before) this.timed.priced.repriced();
    const least = now <= link.least ? now : before === link.least ? this.leastOf(link) : link.least;
    if (least === link.least) return;
    link.least = least;
    this.known.clear();
  }

  private leastOf({ legs }: Link): number {
    let least = Infinity;
    for (const leg of legs) least = Math.min(least, this.dry[leg]!);
    return least;
  }

  /** Label correcting from the destination backwards; places are few. Passing one is free where any run goes on from there. */
  private relaxed(destination: Place, weight: (link: Link) => number, passing: (place: Place) => number): Float64Array {
    const distance = new Float64Array(this.problem.places.size + 1).fill(Infinity);
    distance[destination.index] = 0;
    const queue = [destination];
    for (let at = 0; at < queue.length; at++) {
      const place = queue[at]!;
      const onwards =
        distance[place.index]! + (place === destination || (this.stays.get(place) ?? 0) > 0 ? 0 : passing(place));
      for (const link of this.links.get(place)?.values() ?? []) {
        const through = onwards + weight(link);
        if (through >= distance[link.from.index]!) continue;
        distance[link.from.index] = through;
        queue.push(link.from);
      }
    }
    return distance;
  }
}
