import type { PooledColumn } from './pool.js';

/** The cheapest way to move one more unit of a demand at the present prices, never above the penalty. */
export interface Marginal {
  readonly price: number;
}

/** The program over the itineraries of the pool: told of what changes, it brings quantities and prices to the optimum. */
export interface Master {
  /** By resource, in money per unit, never negative. */
  readonly prices: Float64Array;
  /** By demand. */
  readonly unserved: number[];
  /** What was done since the counters were reset. */
  readonly counted: { solves: number; rows: number };
  /** Has anything changed since the last `solve`? */
  readonly pending: boolean;
  /** Was the last `solve` stopped before the optimum? */
  readonly unfinished: boolean;
  /** Room for as many resources as there are; before anything else after changes. */
  fit(): void;
  /** A demand that is new, or has other terms. */
  enter(demand: number): void;
  /** A demand is gone, and so are its columns. */
  leave(demand: number): void;
  /** Columns of a demand are new or cost something else. */
  activate(demand: number): void;
  /** A column is no longer in the pool. */
  drop(column: PooledColumn): void;
  /** A resource has another limit. */
  disturb(resource: number): void;
  /** A resource is no more, nor is any column that used it. */
  forget(resource: number): void;
  marginal(demand: number): Marginal;
  /** What one unit costs on a column at the present prices. */
  pricedCost(column: PooledColumn): number;
  /**
   * Brings the plan to the optimum over the pool.
   * @param changed collects the resources whose price is another one afterwards, each with what it was
   * @param isOver asked now and then: where it says yes, a plan that keeps to all limits is enough
   * @returns demands whose price may be another one
   */
  solve(changed: Map<number, number>, isOver?: () => boolean): Set<number>;
}
