import type { Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';
import type { Renumbered } from '../live/renumbered.js';
import type { Packer, Unpacker } from '../packing.js';
import { LegCosts } from '../search/leg-costs.js';
import type { SharedTables } from '../search/shared-tables.js';

/** The share of a price that its floor is set at. */
const SHARE = 0.85;

/**
 * Prices of resources that are not undercut at present: catalogues of goods that pay much more than their cheapest way costs would be too
 * long without. A floor is set below the price, and lowered when the price falls below it.
 */
export class Floors {
  /** By resource; nothing beyond its end. */
  readonly prices: number[] = [];
  /** With bounds of their own, which count the floors. */
  readonly costs: LegCosts;

  constructor(
    problem: Problem,
    private readonly resources: Resources,
    sharedTables?: SharedTables,
  ) {
    this.costs = new LegCosts(problem, resources, this.prices, 'priced', sharedTables);
  }

  /** Lowers the floors above these prices; gives the resources. */
  lower(prices: ArrayLike<number>, resources: Iterable<number>): number[] {
    const lowered: number[] = [];
    for (const resource of resources) {
      if (prices[resource]! >= (this.prices[resource] ?? 0)) continue;
      this.prices[resource] = prices[resource]!;
      lowered.push(resource);
    }
    this.reprice(lowered);
    return lowered;
  }

  /** Sets floors higher where prices allow it: what is complete at lower ones stays so. */
  raise(prices: ArrayLike<number>): void {
    const raised: number[] = [];
    for (let resource = 0; resource < prices.length; resource++) {
      const floor = prices[resource]! * SHARE;
      if (floor <= (this.prices[resource] ?? 0)) continue;
      this.prices[resource] = floor;
      raised.push(resource);
    }
    this.reprice(raised);
  }

  save(to: Packer): void {
    const set = Object.keys(this.prices).map(Number);
    to.int(set.length);
    for (const resource of set) {
      to.int(resource);
      to.double(this.prices[resource]!);
    }
  }

  resume(from: Unpacker, now: Renumbered): void {
    const set: number[] = [];
    for (let left = from.int(); left > 0; left--) {
      const [resource, price] = [now.resource(from.int()), from.double()];
      if (resource === undefined) continue;
      this.prices[resource] = price;
      set.push(resource);
    }
    this.reprice(set);
  }

  /** The leg is gone: another one may get its number. */
  forget(leg: number): void {
    this.prices[this.resources.capacity(leg)] = this.prices[this.resources.plugs(leg)] = 0;
  }

  forgetSupply(supply: number): void {
    this.prices[this.resources.supply(supply)] = 0;
  }

  private reprice(resources: readonly number[]): void {
    if (resources.length === 0) return;
    const legs = resources.filter((resource) => !this.resources.isSupply(resource));
    this.costs.priced(this.prices, new Set(legs.map((resource) => this.resources.thing(resource))));
  }
}
