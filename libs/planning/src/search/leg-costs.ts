import type { Demand, Leg, Millis, Place, Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';
import { Distances, type Link, type Tree } from './distances.js';
import { PricedBounds } from './priced-bounds.js';
import type { SharedTables } from './shared-tables.js';
import { type Bounds, TimedBounds } from './timed-bounds.js';
import type { Timetable } from './timetable.js';

interface Table {
  readonly bounds: PricedBounds;
  /** How many changes of costs it knows of. */
  readonly since: number;
}

/** Legs between the same two places. */
interface Bundle {
  readonly legs: Set<number>;
  readonly cost: Link;
  /** Milliseconds. */
  readonly time: Link;
}

/**
 * What legs cost at the prices of the moment, and lower bounds to destinations, computed when first asked for and again only where a
 * link became dearer or cheaper. Changed in place when legs or prices change.
 */
export class LegCosts {
  /** By leg: its cost, emissions and prices for one unit that is not a reefer; Infinity where there is no leg. */
  private readonly dry: number[] = [];
  private readonly cooled: number[] = [];
  private readonly duration: Millis[] = [];
  private readonly links = new Map<Place, Map<Place, Bundle>>();
  private readonly linkOf: (Bundle | undefined)[] = [];
  private readonly stays: Map<Place, number> = new Map();
  private readonly stayOf: (Place | undefined)[] = [];
  /** Passing a place costs a transfer, unless some run goes on from there. */
  readonly distances = new Distances((place) => (this.isThrough(place) ? 0 : place.transfer));
  /** In milliseconds, waiting left out. */
  readonly times = new Distances((place) => (this.isThrough(place) ? 0 : place.transferTime));
  private readonly tables = { dry: new Map<Place, Table>(), cooled: new Map<Place, Table>() };
  /** Counts changes of what legs cost: the last one, and the last by which something may have become cheaper. */
  private lastChange = 0;
  private lastFall = 0;
  /** No place or leg has a smaller spoilage factor. */
  leastSpoilage = Infinity;
  /** At no prices, so that it holds at any; or at the lowest since it was made. */
  private readonly timed: TimedBounds;
  private readonly isOwner: boolean;

  /**
   * @param bounds made without prices; shared with costs at other prices that are told of every change before these; or made at these
   * prices, which should seldom fall then: all bounds are mended when they do
   * @param sharedTables of bounds, which others make, too
   */
  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    /** By number of the resource; what lies beyond its end is free. */
    private prices: ArrayLike<number>,
    private readonly bounds: LegCosts | 'free' | 'priced' = 'free',
    readonly sharedTables?: SharedTables,
  ) {
    const free = ({ cost, co2eKg }: Leg) => cost + co2eKg * problem.co2Price;
    const priced = ({ index }: Leg) => this.dry[index]!;
    this.isOwner = bounds === 'free' || bounds === 'priced';
    this.timed =
      bounds instanceof LegCosts
        ? bounds.timed
        : new TimedBounds(problem, bounds === 'priced' ? priced : free, sharedTables);
    for (const leg of problem.legByKey.values()) this.put(leg);
    this.lookForSpoilage();
  }

  /** Does some run go on from a place? */
  isThrough(place: Place): boolean {
    return (this.stays.get(place) ?? 0) > 0;
  }

  of({ reefer }: Pick<Demand, 'reefer'>): readonly number[] {
    return reefer ? this.cooled : this.dry;
  }

  priceOf(resource: number): number {
    return this.prices[resource] ?? 0;
  }

  /** A leg that is new or has changed; it was dropped before. */
  private put(leg: Leg): void {
    const { index, from, to } = leg;
    const link = this.linkBetween(from, to);
    link.legs.add(index);
    this.linkOf[index] = link;
    if (leg.kind === 'scheduled' && leg.next >= 0) this.stay(index, to);
    this.dry[index] = Infinity;
    this.reprice(index);
    const duration = leg.kind === 'scheduled' ? leg.arrives - leg.departs : leg.duration;
    this.duration[index] = duration;
    this.least(link.time, Math.min(link.time.least, duration), this.times);
    this.leastSpoilage = Math.min(this.leastSpoilage, leg.spoilageFactor);
  }

  /** Legs are new, other ones, or gone. */
  legsChanged(legs: readonly number[]): void {
    for (const index of legs) {
      this.drop(index);
      const leg = this.problem.legs[index];
      if (leg) this.put(leg);
    }
    this.retimed(legs);
  }

  /** Of legs dropped and put the times may be other ones. */
  private retimed(legs: readonly number[]): void {
    if (legs.length > 0) this.forgetTables();
    if (this.isOwner) this.timed.changed(legs);
  }

  private forgetTables(): void {
    this.tables.dry.clear();
    this.tables.cooled.clear();
    this.lastChange++;
  }

  private linkBetween(from: Place, to: Place): Bundle {
    const links = this.links.get(to) ?? new Map<Place, Bundle>();
    this.links.set(to, links);
    let link = links.get(from);
    if (!link) {
      link = { legs: new Set(), cost: { from, to, least: Infinity }, time: { from, to, least: Infinity } };
      links.set(from, link);
      this.distances.add(link.cost);
      this.times.add(link.time);
    }
    return link;
  }

  private stay(leg: number, at: Place): void {
    this.stayOf[leg] = at;
    const others = this.stays.get(at) ?? 0;
    this.stays.set(at, others + 1);
    if (others > 0) return;
    this.distances.clear();
    this.times.clear();
  }

  private drop(index: number): void {
    const link = this.linkOf[index];
    if (!link) return;
    link.legs.delete(index);
    this.linkOf[index] = undefined;
    this.dry[index] = this.cooled[index] = Infinity;
    this.least(link.cost, this.leastOf(link), this.distances);
    let quickest = Infinity;
    for (const each of link.legs) quickest = Math.min(quickest, this.duration[each]!);
    this.least(link.time, quickest, this.times);
    const stay = this.stayOf[index];
    if (stay) this.stays.set(stay, this.stays.get(stay)! - 1);
    this.stayOf[index] = undefined;
  }

  /** Other prices from now on; `legs` are those with another price, their places the same. */
  priced(prices: ArrayLike<number>, legs: Iterable<number>): void {
    this.prices = prices;
    this.lastChange++;
    const fell: number[] = [];
    for (const leg of legs) {
      const before = this.dry[leg]!;
      this.reprice(leg);
      if (this.dry[leg]! < before) fell.push(leg);
    }
    if (this.bounds === 'priced' && fell.length > 0) this.timed.changed(fell);
  }

  /** The price of emissions, or of passing places, has changed. */
  refresh(): void {
    for (const { index } of this.problem.legByKey.values()) this.reprice(index);
    this.distances.clear();
    this.times.clear();
    if (this.isOwner) this.timed.clear();
    this.forgetTables();
    this.lookForSpoilage();
  }

  /** Bounds at the prices of the moment, if there are some. */
  pricedTo(destination: Place, { reefer }: Pick<Demand, 'reefer'>): PricedBounds | undefined {
    const known = this.tables[reefer ? 'cooled' : 'dry'].get(destination);
    return known && known.since >= this.lastFall ? known.bounds : undefined;
  }

  /** Makes bounds at the prices of the moment, for many searches to one destination. */
  preparePriced(destination: Place, demand: Pick<Demand, 'reefer'>, timetable: Timetable): void {
    const tables = this.tables[demand.reefer ? 'cooled' : 'dry'];
    const known = tables.get(destination);
    if (known && known.since >= this.lastChange) return;
    const toGo = this.distances.to(destination).cost;
    const bounds = new PricedBounds(this.timed.theGrid, timetable, destination, this.of(demand), toGo);
    tables.set(destination, { bounds, since: this.lastChange });
  }

  /** Bounds that know the timetable, and prices where they are made at them. */
  boundsTo(destination: Place): Bounds {
    return this.timed.to(destination);
  }

  /** What follows a leg at least: unloading at the destination, else a transfer unless goods may stay on board. */
  after(leg: Leg, destination: Place, toGo: Tree): number {
    return this.follows(leg, destination, toGo.cost);
  }

  /** The same with at most so many legs. */
  afterWithin(leg: Leg, destination: Place, toGo: Tree, legs: number): number {
    return this.follows(leg, destination, toGo.within(legs));
  }

  /** What follows a leg, no more than it is now. */
  atLeastAfter(leg: Leg, destination: Place): number {
    return this.follows(leg, destination, this.distances.atLeastTo(destination));
  }

  private follows(leg: Leg, destination: Place, distance: Float64Array): number {
    if (leg.to === destination) return destination.unload;
    return (distance[leg.to.index] ?? Infinity) + (leg.kind === 'scheduled' && leg.next >= 0 ? 0 : leg.to.transfer);
  }

  private reprice(index: number): void {
    const link = this.linkOf[index];
    const leg = this.problem.legs[index];
    if (!link || !leg) return;
    const before = this.dry[index]!;
    const cooled = this.cooled[index] ?? Infinity;
    const now = leg.cost + leg.co2eKg * this.problem.co2Price + this.priceOf(this.resources.capacity(index));
    this.dry[index] = now;
    this.cooled[index] = now + this.priceOf(this.resources.plugs(index));
    if (now < before || this.cooled[index] < cooled) this.lastFall = this.lastChange;
    const known = link.cost.least;
    this.least(link.cost, now <= known ? now : before === known ? this.leastOf(link) : known, this.distances);
  }

  private least(link: Link, least: number, distances: Distances): void {
    const before = link.least;
    if (least === before) return;
    link.least = least;
    distances.repriced(link, before);
  }

  private lookForSpoilage(): void {
    for (const { spoilageFactor } of this.problem.places.values())
      this.leastSpoilage = Math.min(this.leastSpoilage, spoilageFactor);
  }

  private leastOf({ legs }: Bundle): number {
    let least = Infinity;
    for (const leg of legs) least = Math.min(least, this.dry[leg]!);
    return least;
  }
}
