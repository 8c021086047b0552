import type { Demand, Problem } from '@portolan/domain';
import { type Column, type Resources, termsOf } from '../columns.js';
import { LOOK_UP_EVERY } from './proofs.js';

/** Itineraries of the last so many rounds begin the pool. */
const KEPT_ROUNDS = 12;

/** How prices are sought. */
export interface Seeking {
  readonly rounds: number;
  /** By how much the price of what is overfull rises in the first round, where goods pay so much on average at no prices; money per unit. */
  firstStep(paid: number): number;
  /** Before each round: other prices (by resource). */
  newRound(prices: Float64Array): void;
  /** The cheapest itinerary of a demand at these prices (by resource), none where it costs more than leaving the goods. */
  cheapest(demand: Demand, prices: Float64Array): Column | undefined;
}

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
export function beginning(
  problem: Problem,
  resources: Resources,
  seeking: Seeking,
  isOver: () => boolean = () => false,
): Beginning {
  const ascent = new Ascent(problem, resources);
  const rounds: Column[][] = [];
  for (let round = 0; round < seeking.rounds; round++) {
    seeking.newRound(ascent.prices);
    const columns: Column[] = [];
    let looked = 0;
    for (const demand of problem.demandById.values()) {
      if (++looked % LOOK_UP_EVERY === 0 && isOver()) break;
      const column = demand.quantity > 0 ? seeking.cheapest(demand, ascent.prices) : undefined;
      if (!column) continue;
      ascent.load(column, demand);
      columns.push(column);
    }
    rounds.push(columns);
    if (isOver()) break;
    if (round === 0) ascent.firstStep = seeking.firstStep(paidOn(columns, problem));
    if (round < seeking.rounds - 1) ascent.step();
  }
  return { prices: ascent.prices, columns: rounds.slice(-KEPT_ROUNDS).flat() };
}

/** By one unit, on average, revenue left out. */
function paidOn(columns: readonly Column[], { demands }: Problem): number {
  const paid = columns.reduce((sum, { demand, cost }) => sum + cost + demands[demand]!.revenue, 0);
  return paid / Math.max(1, columns.length);
}

class Ascent {
  firstStep = 0;
  readonly prices: Float64Array;
  private readonly loads: Float64Array;
  private readonly moved: Float64Array;
  private readonly limited: readonly number[];

  constructor(
    problem: Problem,
    private readonly resources: Resources,
  ) {
    const { count } = resources;
    this.prices = new Float64Array(count);
    this.loads = new Float64Array(count);
    this.moved = new Float64Array(count);
    const legs = termsOf(problem).flatMap((term) =>
      term ? [resources.capacity(term.index), resources.plugs(term.index)] : [],
    );
    const lots = [...problem.supplyById.values()].map(({ index }) => resources.supply(index));
    this.limited = [...legs, ...lots].filter((resource) => resources.limit(resource) < Infinity);
  }

  load({ legs, supply }: Column, { quantity, reefer }: Demand): void {
    for (const leg of legs) {
      this.loads[this.resources.capacity(leg)]! += quantity;
      if (reefer) this.loads[this.resources.plugs(leg)]! += quantity;
    }
    if (supply >= 0) this.loads[this.resources.supply(supply)]! += quantity;
  }

  step(): void {
    for (const resource of this.limited) {
      const excess = this.loads[resource]! - this.resources.limit(resource);
      this.loads[resource] = 0;
      const price = this.prices[resource]!;
      if (excess === 0 || (excess < 0 && price === 0)) continue;
      this.moved[resource]! += excess * excess;
      this.prices[resource] = Math.max(0, price + (this.firstStep * excess) / Math.sqrt(this.moved[resource]!));
    }
  }
}
