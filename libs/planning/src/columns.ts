import { type Demand, type Leg, type Problem, type Step, type Voyage, stepOfLeg } from '@portolan/domain';

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

/** What makes a column one and the same. */
export const columnKey = ({ demand, supply, legs }: Omit<Column, 'cost'>): string =>
  `${demand}|${supply}|${legs.join()}`;

/** What the numbers of legs in columns stand for: legs, or voyages. Where things came and went there are gaps. */
export const termsOf = ({ kind, voyages, legs }: Problem): readonly (Leg | Voyage)[] =>
  kind === 'static' ? voyages : legs;

export const stepsOf = (problem: Problem, legs: readonly number[]): Step[] =>
  legs.map((leg) => stepOfLeg(termsOf(problem)[leg]!));

/** A quantity, in the problem's unit, on an itinerary. */
export interface Flow {
  readonly column: Column;
  readonly quantity: number;
}

/** What one unit on a column uses: a resource, and how often. */
export interface Use {
  readonly resource: number;
  readonly units: number;
}

/**
 * Everything that can be full has a number, which stays when others come and go: of leg (or voyage) k the capacity is 3k and the plugs
 * are 3k + 1, supply k is 3k + 2. Prices of resources are arrays over these numbers, in money per unit, never negative.
 */
export class Resources {
  constructor(private readonly problem: Problem) {}

  /** One more than the highest number in use. */
  get count(): number {
    return 3 * Math.max(termsOf(this.problem).length, this.problem.supplies.length);
  }

  capacity(leg: number): number {
    return 3 * leg;
  }

  plugs(leg: number): number {
    return 3 * leg + 1;
  }

  supply(index: number): number {
    return 3 * index + 2;
  }

  isPlugs(resource: number): boolean {
    return resource % 3 === 1;
  }

  isSupply(resource: number): boolean {
    return resource % 3 === 2;
  }

  /** The number of the leg, voyage or supply that a resource is of. */
  thing(resource: number): number {
    return Math.floor(resource / 3);
  }

  /** Units there are of a resource; Infinity where there is no limit, or no such resource any more. */
  limit(resource: number): number {
    const at = this.thing(resource);
    const { kind, voyages, legs, supplies } = this.problem;
    if (this.isSupply(resource)) return supplies[at]?.quantity ?? Infinity;
    if (kind === 'static') return resource % 3 === 0 ? (voyages[at]?.capacity ?? Infinity) : Infinity;
    return (resource % 3 === 0 ? legs[at]?.capacity : legs[at]?.plugs) ?? Infinity;
  }

  /** What one unit on a column uses; a leg used twice counts twice. */
  usesOf({ demand, supply, legs }: Omit<Column, 'cost'>): Use[] {
    const use = new Map<number, number>();
    const add = (resource: number) => use.set(resource, (use.get(resource) ?? 0) + 1);
    const { reefer } = this.problem.demands[demand]!;
    for (const leg of legs) {
      add(this.capacity(leg));
      if (reefer) add(this.plugs(leg));
    }
    if (supply >= 0) add(this.supply(supply));
    return [...use].map(([resource, units]) => ({ resource, units }));
  }

  /** By resource: what flows use of it together. */
  usedBy(flows: readonly Flow[]): Float64Array {
    const used = new Float64Array(this.count);
    for (const { column, quantity } of flows) {
      const { reefer } = this.problem.demands[column.demand]!;
      for (const leg of column.legs) {
        used[this.capacity(leg)]! += quantity;
        if (reefer) used[this.plugs(leg)]! += quantity;
      }
      if (column.supply >= 0) used[this.supply(column.supply)]! += quantity;
    }
    return used;
  }

  /** What prices add to one unit on a column. */
  pricesOn({ supply, legs }: Pick<Column, 'supply' | 'legs'>, goods: Demand, prices: ArrayLike<number>): number {
    let sum = supply >= 0 ? (prices[this.supply(supply)] ?? 0) : 0;
    for (const leg of legs) sum += this.legPrice(leg, goods, prices);
    return sum;
  }

  /** What using a leg costs a demand at these prices. */
  legPrice(leg: number, { reefer }: Demand, prices: ArrayLike<number>): number {
    return (prices[this.capacity(leg)] ?? 0) + (reefer ? (prices[this.plugs(leg)] ?? 0) : 0);
  }
}
