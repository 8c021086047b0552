import { type Demand, type Leg, type Problem } from '@portolan/domain';
import type { Resources } from './columns.js';
import { LegCosts } from './search/leg-costs.js';
import { StaticSearch } from './search/static-search.js';
import type { Demands } from './live/demands.js';
import { type Falls, mostAlong } from './search/falls.js';
import { isProspect } from './search/prospects.js';
import { type Found, TimedSearch } from './search/timed-search.js';
import { Timetable } from './search/timetable.js';

/** Finds the cheapest itinerary of a demand below a bound, at the prices it was last told, in the network as it was last told. */
export interface Pricing {
  cheapest(demand: Demand, bound?: number): Found | undefined;
  /** No more than `count` itineraries below a bound, cheapest first. Detours of others may be among them. */
  several(demand: Demand, count: number, bound: number): Found[];
  /** The same by a quick look; `hard` where that does not tell. */
  quickly(demand: Demand, bound: number): Found | undefined | 'hard';
  /** These demands will be searched at the present prices. */
  prepare(demands: Iterable<Demand>): void;
  /** No itinerary of the demand costs less; found without a search through time. */
  least(demand: Demand): number;
  /**
   * Who may profit from falls, and by how much at most: whose itineraries over such legs, all parts counted at their least, may cost less
   * than `priceOf` the demand. For the others they cost no less.
   */
  profits(demands: Demands, falls: Falls, priceOf: (demand: number) => number): Iterable<readonly [number, number]>;
  /** Other prices from now on; `legs` are those whose price differs. */
  priced(prices: ArrayLike<number>, legs: Iterable<number>): void;
  /**
   * Takes over legs (or voyages) that are new, changed or gone.
   * @returns those by which something may have become cheaper
   */
  legsChanged(legs: readonly number[]): readonly number[];
  /** Places or parameters have changed. */
  refresh(): void;
}

export class TimedPricing implements Pricing {
  private readonly costs: LegCosts;
  private readonly search: TimedSearch;

  constructor(
    private readonly problem: Problem,
    resources: Resources,
    prices: ArrayLike<number>,
    private readonly timetable = new Timetable(problem),
  ) {
    this.costs = new LegCosts(problem, resources, prices);
    this.search = new TimedSearch(problem, resources, timetable);
  }

  cheapest(demand: Demand, bound?: number): Found | undefined {
    return this.search.cheapest(demand, this.costs, bound);
  }

  several(demand: Demand, count: number, bound: number): Found[] {
    return this.search.several(demand, this.costs, count, bound);
  }

  prepare(demands: Iterable<Demand>): void {
    const alike = new Map<string, Demand[]>();
    for (const demand of demands) {
      const key = `${demand.to.index} ${demand.reefer}`;
      alike.set(key, [...(alike.get(key) ?? []), demand]);
    }
    for (const group of alike.values())
      if (group.length >= MANY_SEARCHES) this.costs.preparePriced(group[0]!.to, group[0]!, this.timetable);
  }

  /** The distance of the places. */
  least({ onBoard, from, to, revenue }: Demand): number {
    const start = onBoard?.to ?? from;
    return (start ? this.costs.distances.to(to).cost[start.index]! : 0) - revenue;
  }

  quickly(demand: Demand, bound: number): Found | undefined | 'hard' {
    return this.search.quickly(demand, this.costs, bound);
  }

  *profits(demands: Demands, falls: Falls, priceOf: (demand: number) => number): Iterable<readonly [number, number]> {
    const legs = falls.legs.flatMap((index) => this.problem.legs[index] ?? []);
    for (const group of demands.alike()) {
      const near = group.length > MANY_ALIKE ? this.near(group, legs, priceOf) : legs;
      if (near.length === 0) continue;
      for (const demand of group) {
        const prospects = this.prospects(demand, near, priceOf(demand.index));
        if (prospects.length === 0) continue;
        yield [demand.index, mostAlong(prospects, (leg) => falls.of(leg, demand), this.problem.maxLegs)];
      }
    }
  }

  /** The legs that could be of use to the most favourable demand that several of one way could be. */
  private near(group: readonly Demand[], legs: readonly Leg[], priceOf: (demand: number) => number): readonly Leg[] {
    const start = this.search.startsOf(group[0]!)[0]!;
    const most = (of: (demand: Demand) => number) =>
      group.reduce((most, demand) => Math.max(most, of(demand)), -Infinity);
    const wish = {
      to: group[0]!.to,
      due: most(({ due }) => due),
      latePerHour: -most(({ latePerHour }) => -latePerHour),
      spoilagePerHour: -most(({ spoilagePerHour }) => -spoilagePerHour),
    };
    const time = -most(({ onBoard, available }) => -(onBoard?.arrives ?? available ?? -Infinity));
    const bound = most(({ index, revenue }) => priceOf(index) + revenue);
    const bid = { start: { ...start, time }, end: most(({ latest }) => latest), bound, legCosts: this.costs.dryOnes };
    return legs.filter((leg) => isProspect(leg, wish, bid, this.costs));
  }

  private prospects(demand: Demand, legs: readonly Leg[], price: number): readonly Leg[] {
    const bids = this.search.startsOf(demand).map((start) => ({
      start,
      legCosts: this.costs.of(demand),
      ...this.search.termsOf(start, demand, this.costs, price),
    }));
    return legs.filter((leg) => bids.some((bid) => isProspect(leg, demand, bid, this.costs)));
  }

  priced(prices: ArrayLike<number>, legs: Iterable<number>): void {
    this.costs.priced(prices, legs);
  }

  legsChanged(legs: readonly number[]): readonly number[] {
    const there = legs.filter((index) => {
      this.costs.drop(index);
      const leg = this.problem.legs[index];
      if (leg) this.costs.put(leg);
      return leg !== undefined;
    });
    this.costs.retimed(legs);
    return there;
  }

  refresh(): void {
    this.costs.refresh();
    this.timetable.refresh();
  }
}

/** For fewer searches to one destination a table with prices is not worth while. */
const MANY_SEARCHES = 10;
/** Of fewer that travel alike each is looked at by itself. */
const MANY_ALIKE = 2;

/** @param timetable kept by the caller where legs come and go */
export const pricingOf = (
  problem: Problem,
  resources: Resources,
  prices: ArrayLike<number>,
  timetable?: Timetable,
): Pricing =>
  problem.kind === 'static'
    ? new StaticSearch(problem, resources, prices)
    : new TimedPricing(problem, resources, prices, timetable);
