import type { Demand, Problem } from '@portolan/domain';
import type { Resources } from './columns.js';
import { LegCosts } from './search/leg-costs.js';
import type { SharedTables } from './search/shared-tables.js';
import { StaticSearch } from './search/static-search.js';
import { type Found, TimedSearch } from './search/timed-search.js';
import { Timetable } from './search/timetable.js';

/** Finds the cheapest itinerary of a demand below a bound, at the prices it was last told, in the network as it was last told. */
export interface Pricing {
  cheapest(demand: Demand, bound?: number): Found | undefined;
  /** No more than `count` itineraries below a bound, cheapest first. Detours of others may be among them. */
  several(demand: Demand, count: number, bound: number): Found[];
  /** No itinerary of the demand costs less; found without a search through time. */
  least(demand: Demand): number;
  /** Other prices from now on; `legs` are those whose price differs. */
  priced(prices: ArrayLike<number>, legs: Iterable<number>): void;
  /** Takes over legs (or voyages) that are new, changed or gone. */
  legsChanged(legs: readonly number[]): void;
  /** Places or parameters have changed. */
  refresh(): void;
}

export class TimedPricing implements Pricing {
  readonly costs: LegCosts;
  private readonly search: TimedSearch;

  constructor(
    problem: Problem,
    resources: Resources,
    prices: ArrayLike<number>,
    private readonly timetable = new Timetable(problem),
    sharedTables?: SharedTables,
  ) {
    this.costs = new LegCosts(problem, resources, prices, 'free', sharedTables);
    this.search = new TimedSearch(problem, resources, timetable);
  }

  cheapest(demand: Demand, bound?: number): Found | undefined {
    return this.search.cheapest(demand, this.costs, bound);
  }

  several(demand: Demand, count: number, bound: number): Found[] {
    return this.search.several(demand, this.costs, count, bound);
  }

  /** The distance of the places. */
  least({ onBoard, from, to, revenue }: Demand): number {
    const start = onBoard?.to ?? from;
    return (start ? this.costs.distances.to(to).cost[start.index]! : 0) - revenue;
  }

  priced(prices: ArrayLike<number>, legs: Iterable<number>): void {
    this.costs.priced(prices, legs);
  }

  legsChanged(legs: readonly number[]): void {
    this.costs.legsChanged(legs);
  }

  refresh(): void {
    this.costs.refresh();
    this.timetable.refresh();
  }
}

/**
 * @param timetable kept by the caller where legs come and go
 * @param sharedTables of bounds, which others make, too
 */
export const pricingOf = (
  problem: Problem,
  resources: Resources,
  prices: ArrayLike<number>,
  timetable?: Timetable,
  sharedTables?: SharedTables,
): Pricing =>
  problem.kind === 'static'
    ? new StaticSearch(problem, resources, prices)
    : new TimedPricing(problem, resources, prices, timetable, sharedTables);
