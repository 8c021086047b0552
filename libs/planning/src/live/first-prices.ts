import type { Demand, Problem } from '@portolan/domain';
import { type Column, type Resources, termsOf } from '../columns.js';
import type { Pricing } from '../pricing.js';
import { type Found, plainCost } from '../search/timed-search.js';

/** Rounds of pricing, each some milliseconds for thousands of demands. */
const ROUNDS = 60;
/** Itineraries of the last so many rounds begin the pool. */
const KEPT_ROUNDS = 12;
/** The first step of a price, as a share of what leaving a unit costs on average. */
const FIRST_STEP = 0.15;

export interface Beginning {
  /** By resource. */
  readonly prices: Float64Array;
  readonly columns: readonly Column[];
}

/**
 * Prices near those of the optimum, and itineraries that are cheapest near them, without a master program: ascent on the Lagrangian dual,
 * where every price moves by how much its resource is overfull, against the root of all such moves before (AdaGrad: Duchi, Hazan and
 * Singer 2011), for capacities differ by orders of magnitude.
 */
export function beginning(problem: Problem, resources: Resources, pricing: Pricing): Beginning {
  const ascent = new Ascent(problem, resources);
  const columns: Column[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    pricing.priced(ascent.prices, []);
    const isLate = round >= ROUNDS - KEPT_ROUNDS;
    for (const demand of problem.demandById.values()) {
      const found = demand.quantity > 0 ? pricing.cheapest(demand, demand.unservedPenalty) : undefined;
      if (!found) continue;
      ascent.load(found, demand);
      if (isLate) columns.push(plainCost(found, demand, resources, ascent.prices));
    }
    if (round < ROUNDS - 1) ascent.step();
  }
  return { prices: ascent.prices, columns };
}

class Ascent {
  readonly prices: Float64Array;
  private readonly loads: Float64Array;
  private readonly moved: Float64Array;
  private readonly first: number;
  private readonly limited: readonly number[];

  constructor(
    problem: Problem,
    private readonly resources: Resources,
  ) {
    const { count } = resources;
    this.prices = new Float64Array(count);
    this.loads = new Float64Array(count);
    this.moved = new Float64Array(count);
    const demands = [...problem.demandById.values()];
    const penalties = demands.reduce((sum, { unservedPenalty }) => sum + unservedPenalty, 0);
    this.first = (FIRST_STEP * penalties) / Math.max(1, demands.length);
    this.limited = termsOf(problem).flatMap((term) => {
      const capacity = resources.capacity(term?.index ?? -1);
      return term && resources.limit(capacity) < Infinity ? [capacity] : [];
    });
  }

  load({ legs }: Found, { quantity }: Demand): void {
    for (const leg of legs) this.loads[this.resources.capacity(leg)]! += quantity;
  }

  step(): void {
    for (const resource of this.limited) {
      const excess = this.loads[resource]! - this.resources.limit(resource);
      this.loads[resource] = 0;
      const price = this.prices[resource]!;
      if (excess === 0 || (excess < 0 && price === 0)) continue;
      this.moved[resource]! += excess * excess;
      this.prices[resource] = Math.max(0, price + (this.first * excess) / Math.sqrt(this.moved[resource]!));
    }
  }
}
