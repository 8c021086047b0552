import { type Demand, type Problem, stepOf } from '@portolan/domain';
import { type Resources } from './columns.js';
import type { Pricing } from './pricing.js';
import { plainCost } from './search/timed-search.js';

/**
 * Why a quantity of a demand stays unserved: no supply, no itinerary in time, cheaper so, or what is full.
 * @param free finds itineraries as if nothing were full
 */
export function unservedReason(
  problem: Problem,
  resources: Resources,
  free: Pricing,
  prices: ArrayLike<number>,
  demand: Demand,
): string {
  if (
    demand.product !== undefined &&
    ![...problem.supplyById.values()].some(({ product, quantity }) => product === demand.product && quantity > 0)
  )
    return `no supply: there is no lot of ${demand.product}`;
  const cheapest = free.cheapest(demand);
  if (!cheapest) return 'no itinerary in time: none leads there by the deadline, the shelf life and the opening hours';
  const { cost } = plainCost(cheapest, demand, resources, []);
  if (cost >= demand.unservedPenalty)
    return `cheaper left unserved than served: the cheapest itinerary costs ${money(cost)} a unit, leaving it ${money(demand.unservedPenalty)}`;
  const full = fullOn(problem, resources, prices, {
    demand: demand.index,
    supply: cheapest.supply,
    legs: cheapest.legs,
  });
  return full.length > 0 ? `resources full: ${full.join(', ')}` : 'resources full on every itinerary that is worth it';
}

const money = (amount: number): string => amount.toFixed(2);

/** Names of what has a price on an itinerary. */
export function fullOn(
  problem: Problem,
  resources: Resources,
  prices: ArrayLike<number>,
  column: { demand: number; supply: number; legs: readonly number[] },
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
