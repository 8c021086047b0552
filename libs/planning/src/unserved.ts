import { type Demand, type Problem, stepOf } from '@portolan/domain';
import type { Column, Resources } from './columns.js';
import type { Pricing } from './pricing.js';
import { plainCost } from './search/timed-search.js';

/** Why a quantity of a demand stays unserved: the first that holds. */
export type UnservedCause =
  | { readonly kind: 'no-supply'; readonly product: string }
  | { readonly kind: 'no-itinerary' }
  /** The cheapest itinerary costs as much per unit, or more, than leaving the goods. */
  | { readonly kind: 'cheaper-unserved'; readonly cost: number }
  /** The cheapest itinerary, on which something is full. */
  | { readonly kind: 'full'; readonly column: Column };

/** @param free finds itineraries as if nothing were full */
export function unservedCause(problem: Problem, resources: Resources, free: Pricing, demand: Demand): UnservedCause {
  const { product, unservedPenalty } = demand;
  if (product !== undefined && !hasLot(problem, product)) return { kind: 'no-supply', product };
  const cheapest = free.cheapest(demand);
  if (!cheapest) return { kind: 'no-itinerary' };
  const column = plainCost(cheapest, demand, resources, []);
  const { cost } = column;
  return cost >= unservedPenalty ? { kind: 'cheaper-unserved', cost } : { kind: 'full', column };
}

const hasLot = ({ supplyById }: Problem, wanted: string): boolean =>
  [...supplyById.values()].some(({ product, quantity }) => product === wanted && quantity > 0);

/**
 * The cause in words, for the plan.
 * @param free finds itineraries as if nothing were full
 */
export function unservedReason(
  problem: Problem,
  resources: Resources,
  free: Pricing,
  prices: ArrayLike<number>,
  demand: Demand,
): string {
  const cause = unservedCause(problem, resources, free, demand);
  switch (cause.kind) {
    case 'no-supply':
      return `no supply: there is no lot of ${cause.product}`;
    case 'no-itinerary':
      return 'no itinerary in time: none leads there by the deadline, the shelf life and the opening hours';
    case 'cheaper-unserved':
      return `cheaper left unserved than served: the cheapest itinerary costs ${money(cause.cost)} a unit, leaving it ${money(demand.unservedPenalty)}`;
    case 'full': {
      const full = fullOn(problem, resources, prices, cause.column);
      return full.length > 0
        ? `resources full: ${full.join(', ')}`
        : 'resources full on every itinerary that is worth it';
    }
  }
}

const money = (amount: number): string => amount.toFixed(2);

/** Names of what has a price on an itinerary. */
export function fullOn(
  problem: Problem,
  resources: Resources,
  prices: ArrayLike<number>,
  column: Omit<Column, 'cost'>,
): string[] {
  const legs = [...new Set(column.legs)].flatMap((leg) => {
    const name = nameOf(problem, leg);
    const plugs =
      problem.kind === 'timed' && problem.demands[column.demand]!.reefer && (prices[resources.plugs(leg)] ?? 0) > 1e-6;
    return [...((prices[resources.capacity(leg)] ?? 0) > 1e-6 ? [name] : []), ...(plugs ? [`plugs of ${name}`] : [])];
  });
  const lot = column.supply >= 0 && (prices[resources.supply(column.supply)] ?? 0) > 1e-6;
  return lot ? [...legs, `lot ${problem.supplies[column.supply]!.id}`] : legs;
}

function nameOf(problem: Problem, leg: number): string {
  if (problem.kind === 'static') return `${problem.voyages[leg]!.service} voyage ${problem.voyages[leg]!.call}`;
  const { service, leg: id } = stepOf(problem.legs[leg]!);
  return id === undefined ? service : `${service} leg ${id}`;
}
