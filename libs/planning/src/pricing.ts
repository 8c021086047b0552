import type { Demand, Problem } from '@portolan/domain';
import type { Resources } from './columns.js';
import { LegCosts } from './search/leg-costs.js';
import { StaticSearch } from './search/static-search.js';
import { type Found, TimedSearch } from './search/timed-search.js';
import type { Timetable } from './search/timetable.js';

/** Finds the cheapest itinerary of a demand below a bound, at the prices it was last told. */
export interface Pricing {
  cheapest(demand: Demand, bound?: number): Found | undefined;
  /** Other prices from now on; `legs` are those whose price differs. */
  priced(prices: ArrayLike<number>, legs: Iterable<number>): void;
}

export class TimedPricing implements Pricing {
  readonly costs: LegCosts;
  readonly search: TimedSearch;

  constructor(problem: Problem, resources: Resources, prices: ArrayLike<number>, timetable?: Timetable) {
    this.costs = new LegCosts(problem, resources, prices);
    this.search = new TimedSearch(problem, resources, timetable);
  }

  cheapest(demand: Demand, bound?: number): Found | undefined {
    return this.search.cheapest(demand, this.costs, bound);
  }

  priced(prices: ArrayLike<number>, legs: Iterable<number>): void {
    this.costs.priced(prices, legs);
  }
}

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
