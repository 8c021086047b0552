import { type Demand, type Problem, round, type BindingResource, type UnservedReason } from '@portolan/domain';
import type { Resources, Use } from '../columns.js';
import { type Pricing, pricingOf } from '../pricing.js';
import { unservedCause } from '../unserved.js';
import type { ResourceLoads } from './binding.js';

/** Says why goods stay where they are, and on what is full. */
export class UnservedReasons {
  private free: Pricing | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly loads: ResourceLoads,
  ) {}

  of(demand: Demand, quantity: number): UnservedReason {
    this.free ??= pricingOf(this.problem, this.resources, []);
    const cause = unservedCause(this.problem, this.resources, this.free, demand);
    if (cause.kind === 'cheaper-unserved')
      return { ...cause, cost: round(cause.cost), unserved: demand.unservedPenalty };
    if (cause.kind !== 'full') return cause;
    const uses = this.resources.usesOf(cause.column);
    const full = this.full(uses, demand.unitSize ?? quantity);
    return { kind: 'full', resources: full.map((each) => this.loads.ranged(each)) };
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
