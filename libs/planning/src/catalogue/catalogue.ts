import type { Demand } from '@portolan/domain';
import type { Column } from '../columns.js';
import type { Renumbered } from '../live/renumbered.js';
import type { Packer, Unpacker } from '../packing.js';
import type { Start } from '../search/walk.js';

/** At which prices a catalogue is complete: none at all, or the floors. */
export type Level = 'free' | 'floored';

/**
 * All itineraries of a demand that cost less than its reach at the prices of its level, with what they cost without prices: as long as no
 * price is below those, no other itinerary costs less than the reach. So the cheapest one is found by looking through a list. In arrays,
 * since problems have hundreds of thousands of them.
 */
export class Catalogue {
  size = 0;
  /** Money per unit, revenue subtracted. */
  private costs = new Float64Array(4);
  private supplies = new Int32Array(4);
  /** Where the legs of an itinerary end, and those of the next begin. */
  private ends = new Int32Array(5);
  private legs = new Int32Array(16);
  /** The cheapest at the prices of the last look; -1 for none. */
  private best = -1;
  /** What it cost then. */
  least = Infinity;
  /** Where the goods could begin when it was made, or last rated. */
  starts: readonly Start[] = [];

  /**
   * @param goods the demand as it was when the catalogue was made
   * @param reach no itinerary that is not listed costs less
   */
  constructor(
    public goods: Demand,
    readonly level: Level,
    public reach: number,
  ) {}

  /** In the order in which `resume` reads. */
  save(to: Packer): void {
    to.int(this.level === 'free' ? 0 : 1);
    to.double(this.reach);
    to.doubleList(this.costs.subarray(0, this.size));
    to.list(this.supplies.subarray(0, this.size));
    to.list(this.ends.subarray(0, this.size + 1));
    to.list(this.legsInUse());
  }

  /** @param now translates the numbers of `save` */
  static resume(from: Unpacker, goods: Demand, now: Pick<Renumbered, 'leg' | 'supply'>): Catalogue {
    const resumed = new Catalogue(goods, from.int() === 0 ? 'free' : 'floored', from.double());
    // Not copied: tens of thousands of small arrays would keep the garbage collector busy for seconds.
    resumed.costs = from.doubleList();
    resumed.supplies = from.list();
    resumed.ends = from.list();
    resumed.legs = from.list();
    resumed.size = resumed.costs.length;
    const { supplies, legs } = resumed;
    for (let at = 0; at < supplies.length; at++) if (supplies[at]! >= 0) supplies[at] = now.supply(supplies[at]!);
    for (let at = 0; at < legs.length; at++) legs[at] = now.leg(legs[at]!);
    return resumed;
  }

  /** @param cost without prices */
  add({ legs, supply }: { readonly legs: ArrayLike<number>; readonly supply: number }, cost: number): void {
    const at = this.size++;
    const begin = this.ends[at]!;
    const end = begin + legs.length;
    if (at === this.costs.length) {
      const room = 2 * at + 4;
      this.costs = grown(this.costs, new Float64Array(room));
      this.supplies = grown(this.supplies, new Int32Array(room));
      this.ends = grown(this.ends, new Int32Array(room + 1));
    }
    if (end > this.legs.length) this.legs = grown(this.legs, new Int32Array(2 * end));
    this.costs[at] = cost;
    this.supplies[at] = supply;
    this.legs.set(legs, begin);
    this.ends[at + 1] = end;
  }

  /** Releases the room that is left. */
  trim(): void {
    this.costs = this.costs.slice(0, this.size);
    this.supplies = this.supplies.slice(0, this.size);
    this.ends = this.ends.slice(0, this.size + 1);
    this.legs = this.legs.slice(0, this.ends[this.size]);
  }

  /** Those of one itinerary after the other. */
  legsInUse(): Int32Array {
    return this.legs.subarray(0, this.ends[this.size]);
  }

  /** Of every itinerary; -1 for one without. */
  suppliesInUse(): Int32Array {
    return this.supplies.subarray(0, this.size);
  }

  /** Is any itinerary like this? */
  some(test: (legs: Int32Array, supply: number) => boolean): boolean {
    const { ends, legs, supplies } = this;
    for (let at = 0; at < this.size; at++) if (test(legs.subarray(ends[at], ends[at + 1]), supplies[at]!)) return true;
    return false;
  }

  /** Takes out itineraries. */
  strike(goes: (legs: Int32Array, supply: number) => boolean): void {
    const { supplies, legs } = this;
    this.strikeBy((at, begin, end) => goes(legs.subarray(begin, end), supplies[at]!));
  }

  private strikeBy(goes: (at: number, begin: number, end: number) => boolean): void {
    const { costs, supplies, ends, legs } = this;
    let [kept, end] = [0, 0];
    for (let at = 0, begin = 0; at < this.size; at++) {
      const next = ends[at + 1]!;
      if (!goes(at, begin, next)) {
        legs.copyWithin(end, begin, next);
        end += next - begin;
        costs[kept] = costs[at]!;
        supplies[kept] = supplies[at]!;
        ends[++kept] = end;
      }
      begin = next;
    }
    this.size = kept;
  }

  /** Legs cost something else. */
  surcharge(by: (leg: number) => number): void {
    const { costs, ends, legs } = this;
    for (let at = 0; at < this.size; at++)
      for (let leg = ends[at]!; leg < ends[at + 1]!; leg++) costs[at]! += by(legs[leg]!);
  }

  /** Rates all itineraries anew, by what they cost so far; what is impossible goes. */
  rate(costOf: (cost: number, legs: Int32Array, begin: number, end: number, supply: number) => number): void {
    const { costs, ends, legs, supplies } = this;
    let goes = false;
    for (let at = 0; at < this.size; at++) {
      costs[at] = costOf(costs[at]!, legs, ends[at]!, ends[at + 1]!, supplies[at]!);
      if (costs[at] === Infinity) goes = true;
    }
    if (goes) this.strikeBy((at) => costs[at] === Infinity);
  }

  /** Looks for the cheapest at these prices (by resource: see `Resources`). */
  look(prices: ArrayLike<number>): void {
    let [least, best] = [Infinity, -1];
    for (let at = 0; at < this.size; at++) {
      const cost = this.priced(at, prices);
      if (cost < least) [least, best] = [cost, at];
    }
    this.least = least;
    this.best = best;
  }

  /** The cheapest few below a bound at these prices, cheapest first. */
  below(bound: number, prices: ArrayLike<number>, most: number): Column[] {
    const found: { at: number; cost: number }[] = [];
    for (let at = 0; at < this.size; at++) {
      const cost = this.priced(at, prices);
      if (cost < bound) found.push({ at, cost });
    }
    found.sort((a, b) => a.cost - b.cost);
    return found.slice(0, most).map(({ at }) => this.column(at));
  }

  private priced(at: number, prices: ArrayLike<number>): number {
    const { ends, legs } = this;
    const { reefer } = this.goods;
    const supply = this.supplies[at]!;
    let cost = this.costs[at]!;
    for (let leg = ends[at]!; leg < ends[at + 1]!; leg++) {
      cost += prices[3 * legs[leg]!]!;
      if (reefer) cost += prices[3 * legs[leg]! + 1]!;
    }
    return supply < 0 ? cost : cost + prices[3 * supply + 2]!;
  }

  /** The cheapest at the prices of the last look. */
  cheapest(): Column | undefined {
    return this.best < 0 ? undefined : this.column(this.best);
  }

  private column(at: number): Column {
    const legs = Array.from(this.legs.subarray(this.ends[at], this.ends[at + 1]));
    return { demand: this.goods.index, supply: this.supplies[at]!, legs, cost: this.costs[at]! };
  }
}

function grown<A extends Float64Array | Int32Array>(from: A, into: A): A {
  into.set(from);
  return into;
}

/** Do the same itineraries suit both, at the same cost, but for when the goods are ready? */
export const sameTerms = (a: Demand, b: Demand): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  a.product === b.product &&
  a.onBoard === b.onBoard &&
  a.reefer === b.reefer &&
  a.due === b.due &&
  a.latest === b.latest &&
  a.latePerHour === b.latePerHour &&
  a.spoilagePerHour === b.spoilagePerHour &&
  a.minShelfLife === b.minShelfLife &&
  a.revenue === b.revenue;
