import type { Demand } from '@portolan/domain';
import type { Resources } from '../columns.js';
import { standing } from '../engines/engine.js';
import type { Seeking } from './first-prices.js';
import type { Effects, LiveProblem } from './live-problem.js';
import type { Master } from './master.js';
import type { Packer, Unpacker } from '../packing.js';
import type { Pool } from './pool.js';
import type { Renumbered } from './renumbered.js';

/** Relative to its price: a demand of which less is proven by no more than this is not looked at again. */
const DOUBT = 1e-11;
/** Searches between two looks at the clock. */
export const LOOK_UP_EVERY = 16;
/** The most columns of a demand that are kept from one optimization to the next. */
const MOST_COLUMNS = 16;

/**
 * What is proven of each demand: below which cost it has no itinerary that is not in the pool, at the present prices. And itineraries that
 * belong into the pool, since they cost less than the demand's price.
 */
export abstract class Proofs {
  /** Demands with more columns than are kept. */
  private readonly crowded = new Set<number>();

  constructor(
    protected readonly problem: LiveProblem,
    protected readonly resources: Resources,
    protected readonly pool: Pool,
    protected readonly master: Master,
  ) {}

  /** Demands of which less is proven than their price. */
  abstract get missing(): number;
  /** A demand is new, or has other terms. */
  abstract enter(demand: number): void;
  /** The demand is gone. */
  abstract forget(demand: number): void;
  /** The network has changed: legs (or voyages) that are new, other ones, or gone; before `doubt`. */
  abstract networkChanged(effects: Effects): void;
  /** The problem has changed. */
  abstract doubt(effects: Effects): void;
  /**
   * The master program has found other prices.
   * @param changed what they were before, by resource
   * @param touched demands whose price may be another one
   */
  abstract repriced(changed: ReadonlyMap<number, number>, touched: Iterable<number>): void;
  /**
   * One pricing round: what is missing is proven, or itineraries enter the pool.
   * @param isOver asked now and then: where it says yes, the others have to wait
   * @returns how many searches it took
   */
  abstract priceOut(isOver: () => boolean): number;
  /** How to seek prices near the optimum, before there are any. */
  abstract seeking(): Seeking;
  /** No itinerary outside the pool costs less. */
  protected abstract least(demand: Demand): number;
  /** A column has left the pool that costs so much at the present prices. */
  protected abstract dropped(demand: number, cost: number): void;

  /** At an optimum: what it would take long to prove again. */
  save(_to: Packer): void {}

  /** After the master program has come back. @param _now translates the numbers of `save` */
  resume(_from: Unpacker, _now: Renumbered): void {
    for (const { index } of this.problem.demandById.values()) {
      this.enter(index);
      if (this.pool.countOf(index) > MOST_COLUMNS) this.crowded.add(index);
    }
  }

  /** The optimum is proven: what is not needed for it goes. A plan that lives long would gather every itinerary that was ever worth a look. */
  prune(): void {
    for (const demand of this.crowded) {
      const columns = [...this.pool.of(demand)];
      const idle = columns
        .filter((column) => column.quantity === 0 && column.stands !== standing.basic && !this.pool.keptOf(column))
        .map((column) => ({ column, cost: this.master.pricedCost(column) }))
        .sort((a, b) => b.cost - a.cost);
      for (const { column, cost } of idle.slice(0, Math.max(0, columns.length - MOST_COLUMNS))) {
        this.pool.drop(column);
        this.master.drop(column);
        this.dropped(demand, cost);
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
    const leastOf = (demand: Demand, price: number) => Math.min(this.least(demand), price);
    for (const demand of this.problem.demandById.values()) {
      const { index, quantity } = demand;
      if (quantity === 0) continue;
      const { price } = this.master.marginal(index);
      const least = leastOf(demand, price);
      if (least < price)
        dualInfeasibility = Math.max(dualInfeasibility, (price - least) / Math.max(1, Math.abs(price)));
      dualBound += quantity * least;
    }
    for (const column of this.pool.kept) {
      const { demand, upper } = column;
      const least = leastOf(this.problem.demands[demand]!, this.master.marginal(demand).price);
      dualBound += upper * Math.min(0, this.master.pricedCost(column) - least);
    }
    this.master.prices.forEach((price, resource) => {
      if (price > 0) dualBound -= price * this.resources.limit(resource);
    });
    return { dualBound, dualInfeasibility };
  }

  /** An itinerary has entered the pool. */
  protected entered(demand: number): void {
    this.master.activate(demand);
    if (this.pool.countOf(demand) > MOST_COLUMNS) this.crowded.add(demand);
  }

  protected forgetColumns(demand: number): void {
    this.crowded.delete(demand);
  }

  /** So much has to be proven. */
  protected needed(demand: number): number {
    const { price } = this.master.marginal(demand);
    return price - DOUBT * Math.max(1, Math.abs(price));
  }
}
