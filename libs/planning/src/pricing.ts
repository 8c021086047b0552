import { type Demand, type Leg, type Problem } from '@portolan/domain';
import type { Resources } from './columns.js';
import { LegCosts } from './search/leg-costs.js';
import { StaticSearch } from './search/static-search.js';
import { latenessAt } from './search/outlook.js';
import { type Found, TimedSearch } from './search/timed-search.js';
import type { Timetable } from './search/timetable.js';

/** Finds the cheapest itinerary of a demand below a bound, at the prices it was last told, in the network as it was last told. */
export interface Pricing {
  cheapest(demand: Demand, bound?: number): Found | undefined;
  /** No itinerary of the demand costs less; found without a search through time. */
  least(demand: Demand): number;
  /** Can the demand have an itinerary over one of these legs for less than `bound`? No means no. */
  mayCostLess(demand: Demand, legs: readonly number[], bound: number): boolean;
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
    timetable?: Timetable,
  ) {
    this.costs = new LegCosts(problem, resources, prices);
    this.search = new TimedSearch(problem, resources, timetable);
  }

  cheapest(demand: Demand, bound?: number): Found | undefined {
    return this.search.cheapest(demand, this.costs, bound);
  }

  /** The distance of the places. */
  least({ onBoard, from, to, revenue }: Demand): number {
    const start = onBoard?.to ?? from;
    return (start ? this.costs.distances.to(to).cost[start.index]! : 0) - revenue;
  }

  mayCostLess(demand: Demand, legs: readonly number[], bound: number): boolean {
    return legs.some((index) => {
      const leg = this.problem.legs[index];
      return leg !== undefined && this.mayCostLessOver(leg, demand, bound);
    });
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
  }

  /** Every part is counted at its least, whatever the times, but for the times of the leg itself. */
  private mayCostLessOver(leg: Leg, demand: Demand, bound: number): boolean {
    const { costs } = this;
    const { onBoard, from, to } = demand;
    const start = onBoard?.to ?? from;
    const reached = start ? costs.distances.atLeastFrom(start)[leg.from.index]! + (onBoard ? 0 : start.load) : 0;
    const least = reached + costs.of(demand)[leg.index]! + costs.atLeastAfter(leg, to) - demand.revenue;
    if (least >= bound) return false;
    if (leg.kind === 'on-demand') return true;
    const ready = onBoard?.arrives ?? demand.available ?? -Infinity;
    if (leg.departs < ready || leg.arrives > demand.latest) return false;
    return least + latenessAt(demand, leg.arrives) < bound;
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
