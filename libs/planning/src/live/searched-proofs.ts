import type { Demand } from '@portolan/domain';
import type { Resources } from '../columns.js';
import type { Pricing } from '../pricing.js';
import { type Found, plainCost } from '../search/timed-search.js';
import type { Seeking } from './first-prices.js';
import type { Effects, LiveProblem } from './live-problem.js';
import type { Master } from './master.js';
import type { Pool } from './pool.js';
import { LOOK_UP_EVERY, Proofs } from './proofs.js';

/** Rounds in which first prices are sought, each some milliseconds for thousands of demands. */
const ROUNDS = 60;
/** The first step of a price, as a share of what leaving a unit costs on average. */
const FIRST_STEP = 0.15;

/**
 * Proofs for static problems: where something becomes cheaper all demands are searched again, since one search, of a fraction of a
 * millisecond, serves all of an origin.
 */
export class SearchedProofs extends Proofs {
  private readonly proven: number[] = [];
  private readonly open = new Set<number>();

  constructor(
    problem: LiveProblem,
    resources: Resources,
    pool: Pool,
    master: Master,
    private readonly pricing: Pricing,
  ) {
    super(problem, resources, pool, master);
  }

  get missing(): number {
    return this.open.size;
  }

  enter(demand: number): void {
    this.proven[demand] = -Infinity;
    if (this.problem.demands[demand]!.quantity > 0) this.open.add(demand);
    else this.open.delete(demand);
  }

  forget(demand: number): void {
    this.open.delete(demand);
    this.forgetColumns(demand);
    this.proven[demand] = -Infinity;
  }

  networkChanged(): void {}

  doubt({ legs, places }: Effects): void {
    if (legs.size + places.size > 0) this.questionAll();
  }

  repriced(changed: ReadonlyMap<number, number>, touched: Iterable<number>): void {
    for (const [resource, before] of changed) {
      if (this.master.prices[resource]! >= before) continue;
      return this.questionAll();
    }
    for (const index of touched) this.check(index);
  }

  priceOut(isOver: () => boolean): number {
    let searches = 0;
    for (const index of [...this.open].sort((a, b) => a - b)) {
      if (searches % LOOK_UP_EVERY === LOOK_UP_EVERY - 1 && isOver()) break;
      searches++;
      const { price } = this.master.marginal(index);
      this.open.delete(index);
      this.take(index, this.pricing.cheapest(this.problem.demands[index]!, price), price);
    }
    return searches;
  }

  seeking(): Seeking {
    const { problem, resources, pricing } = this;
    const penalties = [...problem.demandById.values()].reduce((sum, { unservedPenalty }) => sum + unservedPenalty, 0);
    return {
      rounds: ROUNDS,
      firstStep: () => (FIRST_STEP * penalties) / Math.max(1, problem.demandById.size),
      newRound: (prices) => pricing.priced(prices, []),
      cheapest: (demand, prices) => {
        const found = pricing.cheapest(demand, demand.unservedPenalty);
        return found && plainCost(found, demand, resources, prices);
      },
    };
  }

  protected least(demand: Demand): number {
    const proven = this.proven[demand.index]!;
    return proven > -Infinity && !this.open.has(demand.index) ? proven : this.pricing.least(demand);
  }

  protected dropped(demand: number, cost: number): void {
    this.proven[demand] = Math.min(this.proven[demand]!, cost);
  }

  /** A cheaper itinerary enters; where there is none, that is what is proven. */
  private take(index: number, found: Found | undefined, price: number): void {
    const column = found && plainCost(found, this.problem.demands[index]!, this.resources, this.master.prices);
    const isNew = column && this.pool.add(column);
    this.proven[index] = Math.min(isNew ? Infinity : price, found?.total ?? Infinity);
    if (isNew) this.entered(index);
  }

  private questionAll(): void {
    for (const { index } of this.problem.demandById.values()) this.enter(index);
  }

  /** Does what is proven of a demand still reach up to its price? */
  private check(index: number): void {
    if (this.problem.demands[index]!.quantity === 0) return;
    if (this.proven[index]! < this.needed(index)) this.open.add(index);
    else this.open.delete(index);
  }
}
