import type { Demand, Problem } from '@portolan/domain';
import type { Resources } from './columns.js';
import { StaticSearch } from './search/static-search.js';
import { type Found, TimedSearch } from './search/timed-search.js';

/** Finds the cheapest itinerary of a demand below a bound, at given prices of resources. */
export interface Pricing {
  cheapest(demand: Demand, prices: Float64Array, bound?: number): Found | undefined;
}

export const pricingOf = (problem: Problem, resources: Resources): Pricing =>
  problem.kind === 'static' ? new StaticSearch(problem, resources) : new TimedSearch(problem, resources);
