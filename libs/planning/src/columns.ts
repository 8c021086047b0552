import type { Demand, Problem } from '@portolan/domain';

/** One unit of a demand on one itinerary (from one supply): a column of the master program. */
export interface Column {
  readonly demand: number;
  /** Index of the supply, -1 where the demand has none. */
  readonly supply: number;
  /** Indices of legs, or of voyages in static problems. */
  readonly legs: readonly number[];
  /** Money per unit, revenue subtracted; without the change penalty. */
  readonly cost: number;
}

export const columnKey = ({ demand, supply, legs }: Omit<Column, 'cost'>): string =>
  `${demand}|${supply}|${legs.join()}`;

/**
 * Everything that can be full, numbered: the capacity of each leg (or voyage), its plugs, and each supply. Prices of
 * resources are arrays over these numbers, in money per unit, never negative.
 */
export class Resources {
  readonly count: number;
  /** Infinity where there is no limit. */
  readonly limits: Float64Array;
  private readonly legs: number;

  constructor(private readonly problem: Problem) {
    const terms = problem.kind === 'static' ? problem.voyages : problem.legs;
    this.legs = terms.length;
    const plugs = problem.kind === 'static' ? [] : problem.legs.map((leg) => leg.plugs);
    const supplies = problem.supplies.map(({ quantity }) => quantity);
    this.limits = Float64Array.from([...terms.map(({ capacity }) => capacity), ...plugs, ...supplies]);
    this.count = this.limits.length;
  }

  capacity(leg: number): number {
    return leg;
  }

  plugs(leg: number): number {
    return this.legs + leg;
  }

  supply(index: number): number {
    return this.limits.length - this.problem.supplies.length + index;
  }

  /** What one unit on a column uses; a leg used twice counts twice. */
  usedBy({ demand, supply, legs }: Omit<Column, 'cost'>): Map<number, number> {
    const use = new Map<number, number>();
    const add = (resource: number) => use.set(resource, (use.get(resource) ?? 0) + 1);
    const { reefer } = this.problem.demands[demand]!;
    for (const leg of legs) {
      add(this.capacity(leg));
      if (reefer) add(this.plugs(leg));
    }
    if (supply >= 0) add(this.supply(supply));
    return use;
  }

  /** What using a leg costs a demand at these prices. */
  legPrice(leg: number, demand: Demand, prices: Float64Array): number {
    return prices[leg]! + (demand.reefer ? prices[this.plugs(leg)]! : 0);
  }
}
