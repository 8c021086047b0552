import type { Demand, Leg, Millis, Place } from '@portolan/domain';
import type { Bounds } from './timed-bounds.js';

/** Sums made in another order than the search makes them may differ in their last digits. */
const DOWN = 1e-9;

interface Table {
  readonly table: number;
  /** Of what an hour costs in the table, what the goods pay for every hour under way. */
  readonly early: number;
  /** What the table counts too much: the hours before it would be late. */
  readonly due: number;
}

/**
 * What is left to pay on the way to the destination, delays included: for a rate that is no more than what an hour costs the goods, hours
 * at that rate, less those before they are due, are no more than their delays cost.
 */
export class Delays {
  private readonly tables: Table[] = [];

  /** @param spoilage money per unit and hour, at the smallest factor there is */
  constructor(
    private readonly bounds: Bounds,
    { to, due, latePerHour }: Pick<Demand, 'to' | 'due' | 'latePerHour'>,
    spoilage: number,
  ) {
    bounds.rates.forEach((rate, table) => {
      if (rate === 0 || rate > latePerHour + spoilage) return;
      const late = Math.max(0, rate - spoilage);
      if (late > 0 && due === Infinity) return;
      const free = late > 0 ? late * bounds.hours(due - to.unloadTime) : 0;
      this.tables.push({ table, early: Math.min(rate, spoilage), due: free + DOWN });
    });
  }

  after(leg: Leg, arrives: Millis): number {
    let most = -Infinity;
    for (const { table, early, due } of this.tables)
      most = Math.max(most, this.bounds.costAfter(leg, arrives, table) - early * this.bounds.hours(arrives) - due);
    return most;
  }

  /** From goods handled and ready to leave. */
  from(place: Place, ready: Millis): number {
    let most = -Infinity;
    for (const { table, early, due } of this.tables)
      most = Math.max(most, this.bounds.costFrom(place, ready, table) - early * this.bounds.hours(ready) - due);
    return most;
  }
}
