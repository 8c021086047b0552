import type { Problem } from '@portolan/domain';
import { type Column, type Resources } from './columns.js';
import type { Prices } from './master.js';
import type { Pricing } from './pricing.js';

export interface Bound {
  /** No plan costs less. */
  readonly dualBound: number;
  /** How much the cheapest itinerary undercuts its demand's price, at most; 0 at an optimum. Relative to that price. */
  readonly dualInfeasibility: number;
}

/**
 * The Lagrangian bound: whatever the prices of resources, a plan costs at least what every demand costs by its cheapest itinerary
 * (or unserved) at these prices, less what the prices would earn on all there is. Computed from problem and prices alone.
 */
export function lagrangianBound(
  problem: Problem,
  resources: Resources,
  prices: Prices,
  pricing: Pricing,
  inForce: readonly { readonly column: Column; readonly limit: number; readonly quantity: number }[],
): Bound {
  let dualBound = 0;
  let dualInfeasibility = 0;
  const cheapest = problem.demands.map((demand) => {
    const price = Math.min(prices.demands[demand.index]!, demand.unservedPenalty);
    const found = pricing.cheapest(demand, prices.resources, price);
    if (found && demand.quantity > 0)
      dualInfeasibility = Math.max(dualInfeasibility, (price - found.total) / Math.max(1, Math.abs(price)));
    return found?.total ?? price;
  });
  problem.demands.forEach(({ quantity }, index) => (dualBound += quantity * cheapest[index]!));
  resources.limits.forEach((limit, resource) => {
    if (prices.resources[resource]! > 0) dualBound -= limit * prices.resources[resource]!;
  });
  for (const { column, limit, quantity } of inForce) {
    let cost = column.cost - problem.changePenalty;
    for (const [resource, use] of resources.usedBy(column)) cost += use * prices.resources[resource]!;
    dualBound += problem.changePenalty * quantity + limit * Math.min(0, cost - cheapest[column.demand]!);
  }
  return { dualBound, dualInfeasibility };
}

/** The largest violation of a demand or a limit by these quantities, relative to its right-hand side. */
export function primalInfeasibility(
  problem: Problem,
  resources: Resources,
  flows: readonly { readonly column: Column; readonly quantity: number }[],
): number {
  const served = new Float64Array(problem.demands.length);
  const used = new Float64Array(resources.count);
  let worst = 0;
  for (const { column, quantity } of flows) {
    worst = Math.max(worst, -quantity);
    served[column.demand]! += quantity;
    for (const [resource, use] of resources.usedBy(column)) used[resource]! += use * quantity;
  }
  problem.demands.forEach(({ quantity }, index) => {
    worst = Math.max(worst, (served[index]! - quantity) / Math.max(1, quantity));
  });
  resources.limits.forEach((limit, resource) => {
    if (Number.isFinite(limit)) worst = Math.max(worst, (used[resource]! - limit) / Math.max(1, limit));
  });
  return worst;
}
