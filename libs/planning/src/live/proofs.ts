import type { Demand, Leg, Voyage } from '@portolan/domain';
import { type Resources, columnKey, termsOf } from '../columns.js';
import { standing } from '../engines/engine.js';
import type { Pricing } from '../pricing.js';
import { plainCost } from '../search/timed-search.js';
import type { Effects, LiveProblem } from './live-problem.js';
import type { Master } from './master.js';
import type { Pool } from './pool.js';

/** Relative to its price: an itinerary that undercuts a demand's price by less is not worth entering. */
const WORTH = 1e-12;
/** The most columns of a demand that are kept from one optimization to the next. */
const MOST_COLUMNS = 16;

/**
 * What is proven of each demand: below which cost it has no itinerary that is not in the pool, at the present prices. What becomes dearer
 * leaves a proof standing; what becomes cheaper breaks it where the demand could profit.
 */
export class Proofs {
  private readonly proven: number[] = [];
  private readonly open = new Set<number>();
  /** Demands with more columns than are kept. */
  private readonly crowded = new Set<number>();

  constructor(
    private readonly problem: LiveProblem,
    private readonly resources: Resources,
    private readonly pool: Pool,
    private readonly master: Master,
    private readonly pricing: Pricing,
  ) {}

  /** Demands of which less is proven than their price. */
  get missing(): number {
    return this.open.size;
  }

  /** Nothing is proven of a demand any more. */
  question(demand: number): void {
    this.proven[demand] = -Infinity;
    if (this.problem.demands[demand]!.quantity > 0) this.open.add(demand);
    else this.open.delete(demand);
  }

  /** The demand is gone. */
  forget(demand: number): void {
    this.open.delete(demand);
    this.crowded.delete(demand);
    this.proven[demand] = -Infinity;
  }

  /**
   * The problem has changed.
   * @param legs those by which something may have become cheaper
   */
  doubt({ supplies, places }: Effects, legs: readonly number[]): void {
    for (const { index, from, to, onBoard, product } of this.problem.demandById.values()) {
      const near = [from, to, onBoard?.to].some((place) => place !== undefined && places.has(place));
      if (near || (product !== undefined && places.size > 0)) this.question(index);
    }
    this.questionProducts(supplies);
    const beside = places.size === 0 ? [] : this.numbersOf(({ from, to }) => places.has(from) || places.has(to));
    this.questionBeside([...legs, ...beside]);
  }

  /**
   * The master program has found other prices.
   * @param changed what they were before, by resource
   * @param touched demands whose price may be another one
   */
  repriced(changed: ReadonlyMap<number, number>, touched: Iterable<number>): void {
    for (const index of touched) this.check(index);
    const cheaper = [...changed].filter(([resource, before]) => this.master.prices[resource]! < before);
    const fallen = (of: (resource: number) => boolean) =>
      cheaper.flatMap(([resource]) => (of(resource) ? [this.resources.thing(resource)] : []));
    this.questionBeside(fallen((resource) => !this.resources.isSupply(resource)));
    this.questionProducts(fallen((resource) => this.resources.isSupply(resource)));
  }

  /** One pricing round: the cheapest itinerary of every demand whose proof is missing. */
  priceOut(): void {
    const demands = [...this.open].sort((a, b) => a - b);
    this.open.clear();
    for (const index of demands) {
      const demand = this.problem.demands[index]!;
      const bar = this.bar(index);
      const found = this.pricing.cheapest(demand, bar);
      const column = found && plainCost(found, demand, this.resources, this.master.prices);
      if (column && this.pool.add(column)) {
        this.proven[index] = found.total;
        this.master.activate(index);
        if (this.pool.countOf(index) > MOST_COLUMNS) this.crowded.add(index);
      } else this.proven[index] = Math.min(bar, found?.total ?? Infinity);
    }
  }

  /** Drops the dearest of too many columns: a plan that lives long would gather every itinerary that was ever worth a look. */
  prune(): void {
    for (const demand of this.crowded) {
      const columns = [...this.pool.of(demand)];
      const kept = new Set(columns.filter(({ reward }) => reward > 0).map(columnKey));
      const idle = columns
        .filter((column) => column.quantity === 0 && column.stands !== standing.basic && !kept.has(columnKey(column)))
        .map((column) => ({ column, cost: this.master.pricedCost(column) }))
        .sort((a, b) => b.cost - a.cost);
      for (const { column, cost } of idle.slice(0, Math.max(0, columns.length - MOST_COLUMNS))) {
        this.pool.drop(column);
        this.master.drop(column);
        this.proven[demand] = Math.min(this.proven[demand]!, cost);
      }
    }
    this.crowded.clear();
  }

  /**
   * The Lagrangian bound: whatever the prices of resources, a plan costs at least what every demand costs by its cheapest itinerary (or
   * unserved) at these prices, less what the prices would earn on all there is.
   * @param penalties what changing everything that is in force would cost
   */
  bound(penalties: number): { dualBound: number; dualInfeasibility: number } {
    let dualBound = penalties;
    let dualInfeasibility = 0;
    for (const demand of this.problem.demandById.values()) {
      const { index, quantity } = demand;
      if (quantity === 0) continue;
      const { price } = this.master.marginal(index);
      const least = Math.min(this.least(demand), price);
      if (least < price)
        dualInfeasibility = Math.max(dualInfeasibility, (price - least) / Math.max(1, Math.abs(price)));
      dualBound += quantity * least;
      for (const column of this.pool.of(index))
        if (column.reward > 0) dualBound += column.upper * Math.min(0, this.master.pricedCost(column) - least);
    }
    this.master.prices.forEach((price, resource) => {
      if (price > 0) dualBound -= price * this.resources.limit(resource);
    });
    return { dualBound, dualInfeasibility };
  }

  private least(demand: Demand): number {
    const proven = this.proven[demand.index]!;
    return proven > -Infinity && !this.open.has(demand.index) ? proven : this.pricing.least(demand);
  }

  /** Does what is proven of a demand still reach up to its price? */
  private check(index: number): void {
    if (this.problem.demands[index]!.quantity === 0) return;
    if (this.proven[index]! < this.bar(index)) this.open.add(index);
    else this.open.delete(index);
  }

  /** An itinerary below this is worth entering. */
  private bar(index: number): number {
    const { price } = this.master.marginal(index);
    return price - WORTH * Math.max(1, Math.abs(price));
  }

  private questionBeside(legs: readonly number[]): void {
    if (legs.length === 0) return;
    for (const demand of this.problem.demandById.values()) {
      const { index, quantity } = demand;
      if (this.proven[index] === -Infinity || quantity === 0) continue;
      const { price } = this.master.marginal(index);
      if (this.pricing.mayCostLess(demand, legs, price)) this.question(index);
      else this.proven[index] = Math.min(this.proven[index]!, price);
    }
  }

  private questionProducts(supplies: Iterable<number>): void {
    const products = new Set([...supplies].map((supply) => this.problem.supplies[supply]?.product));
    if (products.size === 0) return;
    for (const { index, product } of this.problem.demandById.values())
      if (product !== undefined && products.has(product)) this.question(index);
  }

  private numbersOf(test: (term: Leg | Voyage) => boolean): number[] {
    return termsOf(this.problem).flatMap((term) => (term !== undefined && test(term) ? [term.index] : []));
  }
}
