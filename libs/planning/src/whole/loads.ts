import type { Resources } from '../columns.js';
import type { PooledColumn, PooledFlow } from '../live/pool.js';

const TRACE = 1e-6;

/** What is used up, and how much more would be needed. */
export interface Shortage {
  readonly resource: number;
  readonly lacks: number;
}

/** What itineraries carry, and what is used of every resource by it. */
export class Loads {
  private readonly used: Float64Array;
  private readonly carried = new Map<PooledColumn, number>();

  constructor(private readonly resources: Resources) {
    this.used = new Float64Array(resources.count);
  }

  on(column: PooledColumn): number {
    return this.carried.get(column) ?? 0;
  }

  flows(): PooledFlow[] {
    return [...this.carried].map(([column, quantity]) => ({ column, quantity }));
  }

  /** @param quantity less than 0 to take away */
  carry(column: PooledColumn, quantity: number): void {
    const now = this.on(column) + quantity;
    if (now > TRACE) this.carried.set(column, now);
    else this.carried.delete(column);
    for (const { resource, units } of column.uses) this.used[resource]! += units * quantity;
  }

  fits(column: PooledColumn, quantity: number): boolean {
    return column.uses.every(({ resource, units }) => this.lacking(resource, units * quantity) === 0);
  }

  /** The first resource of an itinerary that has not enough left, and how much it lacks. */
  firstFull(column: PooledColumn, quantity: number): Shortage | undefined {
    for (const { resource, units } of column.uses) {
      const lacks = this.lacking(resource, units * quantity);
      if (lacks > 0) return { resource, lacks };
    }
    return undefined;
  }

  /** What is left of a resource. */
  left(resource: number): number {
    return Math.max(0, this.resources.limit(resource) - this.used[resource]!);
  }

  /** Is more on an itinerary than there is room for? */
  isOver(column: PooledColumn): boolean {
    return !this.fits(column, 0);
  }

  private lacking(resource: number, quantity: number): number {
    const lacks = this.used[resource]! + quantity - this.resources.limit(resource);
    return lacks > TRACE ? lacks : 0;
  }
}
