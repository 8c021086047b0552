import type { Demand, Leg, Millis } from '@portolan/domain';
import type { Resources } from '../columns.js';
import { LegCosts } from '../search/leg-costs.js';
import { leastOver } from '../search/prospects.js';
import { type Found, type Sought, TimedSearch } from '../search/timed-search.js';
import { Travel } from '../search/travel.js';
import type { Start } from '../search/walk.js';
import type { LiveProblem } from '../live/live-problem.js';
import type { Renumbered } from '../live/renumbered.js';
import type { Packer, Unpacker } from '../packing.js';
import { Catalogue, type Level } from './catalogue.js';
import { Floors } from './floors.js';
import { ClosuresMet, mostSpared } from './later.js';
import type { Tuning } from './tuning.js';

/** How far beyond the price a catalogue reaches, as a share of what the goods pay: prices may rise by so much. */
const BEYOND = 0.05;
/** With more itineraries than these it reaches no further than it has to. */
const SOME = 100;
/** The same for itineraries that come later; and from how near to the price on they are looked for at all. */
const BEYOND_LATER = 0.02;
const NEAR = 0.005;

/** What an itinerary costs now that it cost so much. */
type Rerating = (cost: number, legs: Int32Array, begin: number, end: number) => number;

/** A way to make a catalogue. */
type Attempt = Sought & { readonly level: Level };

/** What a demand pays for one more unit, at most; and what decides at present. */
export interface Offer {
  /** Money per unit. */
  readonly price: number;
  /** By resource. */
  readonly prices: ArrayLike<number>;
}

export interface NetworkChange {
  /** Legs that are new, other ones, or gone. */
  readonly changed: readonly number[];
  /** Those that are gone; another leg may have got its number. */
  readonly gone: Iterable<number>;
  /** Have places or parameters changed? */
  readonly refresh: boolean;
}

/** Of what goods paid when no catalogue could be made: with less it is tried again. */
const MUCH_LESS = 0.8;
/** The last of the ways to make one, and the last of those without floors. */
const LAST = 3;
const LAST_FREE = 1;

/** Makes catalogues and keeps them complete. */
export class Lister {
  readonly floors: Floors;
  private readonly free: LegCosts;
  private readonly search: TimedSearch;
  private readonly ways: readonly Attempt[];
  /** By demand: the attempt that succeeded. */
  private readonly attempts: (number | undefined)[] = [];
  /** By demand: what it paid when no attempt succeeded. */
  private readonly givenUp: (number | undefined)[] = [];

  /** @param shared costs that have the bounds, told of every change before this */
  constructor(
    private readonly problem: LiveProblem,
    private readonly resources: Resources,
    shared: LegCosts,
    private readonly tuning: Tuning,
  ) {
    const { quick, close, floored } = tuning;
    this.ways = [
      { level: 'free', ...quick },
      { level: 'free', ...close },
      { level: 'floored', ...quick },
      { level: 'floored', ...floored },
    ];
    this.floors = new Floors(problem, resources, shared.sharedTables);
    this.free = new LegCosts(problem, resources, [], shared);
    this.search = new TimedSearch(problem, resources, problem.timetable);
  }

  networkChanged({ changed, gone, refresh }: NetworkChange): void {
    for (const leg of gone) this.floors.forget(leg);
    for (const costs of [this.free, this.floors.costs]) {
      costs.legsChanged(changed);
      if (refresh) costs.refresh();
    }
  }

  startsOf(goods: Demand): Start[] {
    return this.search.startsOf(goods);
  }

  /** A demand is gone, or has other terms. */
  forget(demand: number): void {
    delete this.attempts[demand];
    delete this.givenUp[demand];
  }

  save(to: Packer): void {
    this.floors.save(to);
    const tried = [...new Set([...Object.keys(this.attempts), ...Object.keys(this.givenUp)])].map(Number);
    to.int(tried.length);
    for (const demand of tried) {
      to.int(demand);
      to.int(this.attempts[demand] ?? -1);
      to.double(this.givenUp[demand] ?? Infinity);
    }
  }

  resume(from: Unpacker, now: Renumbered): void {
    this.floors.resume(from, now);
    for (let left = from.int(); left > 0; left--) {
      const [demand, attempt, paid] = [now.demand(from.int()), from.int(), from.double()];
      if (attempt >= 0) this.attempts[demand] = attempt;
      if (paid < Infinity) this.givenUp[demand] = paid;
    }
  }

  /** A catalogue that has the cheapest itinerary of the demand at present, or at least all below its price; nothing where that takes too long. */
  list(goods: Demand, offer: Offer): Catalogue | undefined {
    const paid = offer.price + goods.revenue;
    if (paid > MUCH_LESS * (this.givenUp[goods.index] ?? Infinity)) return undefined;
    for (let at = this.attempts[goods.index] ?? 0; at <= LAST; at++) {
      const way = this.ways[at]!;
      const made = this.attempt(goods, offer, way);
      if (!made) continue;
      this.attempts[goods.index] = at;
      return made;
    }
    this.attempts[goods.index] = LAST;
    this.givenUp[goods.index] = paid;
    return undefined;
  }

  /** One that may be too short, made quickly. */
  sketch(goods: Demand, offer: Offer): Catalogue {
    return this.made(goods, offer, { level: 'free', ...this.tuning.sketch }).catalogue;
  }

  /** One that needs no floors, if it can be made. */
  listFree(goods: Demand, offer: Offer): Catalogue | undefined {
    const made = this.attempt(goods, offer, this.ways[LAST_FREE]!);
    if (made) this.attempts[goods.index] = LAST_FREE;
    return made;
  }

  private attempt(goods: Demand, offer: Offer, asked: Attempt): Catalogue | undefined {
    const { catalogue, cheapest } = this.made(goods, offer, asked);
    if (catalogue.reach < cheapest) return undefined;
    catalogue.trim();
    return catalogue;
  }

  private made(goods: Demand, { price, prices }: Offer, { level, ...asked }: Attempt) {
    const { costs, floor } = this.at(level);
    let cheapest = price;
    let bound = beyond(price, goods, BEYOND);
    let count = 0;
    const tighten = (found: Found) => {
      const share = ++count > SOME ? NEAR : BEYOND;
      cheapest = Math.min(
        cheapest,
        found.total - this.resources.pricesOn(found, goods, floor) + this.resources.pricesOn(found, goods, prices),
      );
      return (bound = Math.min(bound, beyond(cheapest, goods, share)));
    };
    const ways: Found[] = [];
    let reach = Infinity;
    const starts = this.search.startsNearest(goods, costs);
    for (const start of starts) {
      const part = this.search.enumerate(start, goods, costs, bound, { ...asked, tighten });
      reach = Math.min(reach, part.reach);
      ways.push(...part.ways);
      if (reach >= cheapest) continue;
      // Of what comes from other starts nothing is known.
      reach = -Infinity;
      break;
    }
    const catalogue = new Catalogue(goods, level, Math.min(reach, bound));
    catalogue.starts = starts;
    for (const way of ways)
      if (way.total < bound) catalogue.add(way, way.total - this.resources.pricesOn(way, goods, floor));
    return { catalogue, cheapest };
  }

  /**
   * Goods are ready later, and nothing else is another one: itineraries are rated again. What is not listed costs less than before by what
   * they no longer wait, at most.
   * @returns false where that does not suffice, and the list has to be made again
   */
  delay(catalogue: Catalogue, goods: Demand): boolean {
    const { costs } = this.at(catalogue.level);
    const before = new Map(catalogue.starts.map((start) => [start.supply, start]));
    const starts = this.search.startsOf(goods);
    const later = new Map<number, Rerating>();
    let by = 0;
    for (const start of starts) {
      const former = before.get(start.supply);
      if (former?.time === start.time) continue;
      if (!former || start.last || former.place !== start.place || !(former.time < start.time)) return false;
      const { bound } = this.search.termsOf(start, goods, costs, catalogue.reach);
      const delay = start.time - former.time;
      const met = new ClosuresMet(this.problem, this.problem.timetable, goods, costs, delay, bound);
      if (met.differFrom(former)) return false;
      by = Math.max(by, delay);
      later.set(start.supply, this.rerating(former.time, start, goods));
    }
    catalogue.goods = goods;
    catalogue.starts = starts;
    if (by === 0) return true;
    catalogue.reach -= mostSpared(this.problem, goods, by);
    catalogue.rate((cost, legs, begin, end, supply) => later.get(supply)?.(cost, legs, begin, end) ?? cost);
    return true;
  }

  /** What itineraries from a start cost, without prices, that the goods could begin earlier before. */
  private rerating(before: Millis, start: Start, goods: Demand): Rerating {
    const { end: latest, base } = this.search.termsOf(start, goods, this.free, Infinity);
    const travel = new Travel(this.problem, goods, this.free.of(goods), latest);
    return (cost, legs, begin, end) => {
      const first = begin < end ? this.problem.legs[legs[begin]!]! : undefined;
      if (first?.kind === 'scheduled') return travel.readyAt(start.time, { cost, before }, first);
      return base + travel.along(legs.subarray(begin, end), start);
    };
  }

  /**
   * Legs are new, or cheaper at the level of the catalogue. Itineraries over them that may matter soon are added; short of the others the
   * reach ends.
   * @param until by leg on demand: when it is of interest, at the latest; all the time for others
   * @returns whether the catalogue is another one now
   */
  extend(catalogue: Catalogue, legs: readonly Leg[], price: number, until?: ReadonlyMap<number, Millis>): boolean {
    const { goods, level } = catalogue;
    const { costs, floor } = this.at(level);
    const needed = Math.min(catalogue.least, price);
    const near = beyond(needed, goods, NEAR);
    const urgent: { start: Start; via: Leg[] }[] = [];
    let { reach } = catalogue;
    for (const start of this.search.startsOf(goods)) {
      const { base, ...terms } = this.search.termsOf(start, goods, costs, reach);
      const bid = { start, legCosts: costs.of(goods), ...terms };
      const via: Leg[] = [];
      for (const leg of legs) {
        const least = base + leastOver(leg, goods, bid, costs, until?.get(leg.index));
        if (least < near) via.push(leg);
        else if (least < reach) reach = least;
      }
      if (via.length > 0) urgent.push({ start, via });
    }
    if (urgent.length > 0) reach = Math.min(reach, beyond(needed, goods, BEYOND_LATER));
    const isShorter = reach < catalogue.reach;
    catalogue.reach = reach;
    for (const { start, via } of urgent) {
      const fresh = new Map(via.map(({ index }) => [index, until?.get(index) ?? Infinity]));
      catalogue.strike((legs, supply) => {
        const over = supply === start.supply ? legs.filter((leg) => fresh.has(leg)) : [];
        // What is taken out has to be found again, whenever it rides.
        for (const leg of over) fresh.set(leg, Infinity);
        return over.length > 0;
      });
      let part = this.search.enumerate(start, goods, costs, reach, { ...this.tuning.later, via, until: fresh });
      if (part.reach < Math.min(reach, needed))
        part = this.search.enumerate(start, goods, costs, reach, { ...this.tuning.laterClose, via, until: fresh });
      catalogue.reach = Math.min(catalogue.reach, part.reach);
      for (const way of part.ways) catalogue.add(way, way.total - this.resources.pricesOn(way, goods, floor));
    }
    return isShorter || urgent.length > 0;
  }

  private at(level: Level): { costs: LegCosts; floor: ArrayLike<number> } {
    return level === 'free' ? { costs: this.free, floor: [] } : { costs: this.floors.costs, floor: this.floors.prices };
  }
}

const beyond = (price: number, { revenue }: Demand, share: number): number =>
  price + share * Math.max(1, Math.abs(price + revenue));
