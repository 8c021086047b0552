import { type Demand, type Problem, round } from '@portolan/domain';
import type { Resources, Use } from '../columns.js';
import { type Pricing, pricingOf } from '../pricing.js';
import { plainCost } from '../search/timed-search.js';
import type { ResourceLoads } from './binding.js';
import type { BindingResource, UnservedReason } from './explanation.js';

/** Says why goods stay where they are: the first that holds of no supply, no itinerary, cheaper so, and full. */
export class UnservedReasons {
  private free: Pricing | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly loads: ResourceLoads,
  ) {}

  of(demand: Demand, quantity: number): UnservedReason {
    const { product, unservedPenalty: unserved } = demand;
    if (product !== undefined && !this.hasLot(product)) return { kind: 'no-supply', product };
    this.free ??= pricingOf(this.problem, this.resources, []);
    const cheapest = this.free.cheapest(demand);
    if (!cheapest) return { kind: 'no-itinerary' };
    const { cost, ...column } = plainCost(cheapest, demand, this.resources, []);
    if (cost >= unserved) return { kind: 'cheaper-unserved', cost: round(cost), unserved };
    return { kind: 'full', resources: this.full(this.resources.usesOf(column), demand.unitSize ?? quantity) };
  }

  private hasLot(wanted: string): boolean {
    return [...this.problem.supplyById.values()].some(({ product, quantity }) => product === wanted && quantity > 0);
  }

  /** What has a price; where nothing has, as when goods move in whole units, what has too little room left for a piece. */
  private full(uses: readonly Use[], piece: number): BindingResource[] {
    const priced = this.loads.binding(uses);
    if (priced.length > 0) return priced;
    return uses.flatMap(({ resource, units }) => {
      const load = this.loads.of(resource);
      return load && load.capacity - load.used < units * piece - 1e-6 ? [load] : [];
    });
  }
}
