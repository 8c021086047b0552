import {
  type PlanDocument,
  type Problem,
  type Step,
  keyOfLeg,
  legKey,
  stepOf,
  type BindingResource,
  type Resource,
} from '@portolan/domain';
import { type Resources, type Use, termsOf } from '../columns.js';
import type { Ranges } from './explanation.js';

type LegPrice = PlanDocument['prices']['legs'][number];
type LotPrice = PlanDocument['prices']['supplies'][number];

/** Prices come rounded to 1e-6: what is smaller is none. */
const TRACE = 1e-6;

/** What a plan says of its resources, by their number: load, limit and shadow price. */
export class ResourceLoads {
  private readonly byNumber = new Map<number, BindingResource>();
  private readonly modes: ReadonlyMap<string, string>;
  private readonly indices: ReadonlyMap<string, number>;

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    plan: PlanDocument,
    private readonly ranges: Ranges = () => undefined,
  ) {
    this.modes = new Map(problem.document.services.map(({ id, mode = 'other' }) => [id, mode]));
    this.indices = legIndices(problem);
    for (const price of plan.prices.legs) this.addLeg(price);
    for (const price of plan.prices.supplies) this.addLot(price);
  }

  /** Of a leg, or a voyage; `undefined` where there is none. */
  indexOf({ service, leg }: Step): number | undefined {
    return this.indices.get(legKey(service, leg));
  }

  modeOf(service: string): string {
    return this.modes.get(service) ?? 'other';
  }

  /** `undefined` where nothing is used of it, or it has no limit. */
  of(resource: number): BindingResource | undefined {
    return this.byNumber.get(resource);
  }

  /** The same with the range of its price, where that is known and asked for: it takes a look at everything connected. */
  ranged(load: BindingResource): BindingResource {
    const range = load.shadowPrice < -TRACE ? this.ranges(load) : undefined;
    return range ? { ...load, range } : load;
  }

  /** Money per unit, never below 0. */
  priceOf(resource: number): number {
    const price = -(this.byNumber.get(resource)?.shadowPrice ?? 0);
    return price > TRACE ? price : 0;
  }

  /** Of all uses those that have a price. */
  binding(uses: readonly Use[]): BindingResource[] {
    return uses.flatMap(({ resource }) => (this.priceOf(resource) > 0 ? [this.of(resource)!] : []));
  }

  /** By number of the resource, as searches take them. */
  prices(): Float64Array {
    return Float64Array.from({ length: this.resources.count }, (_, resource) => this.priceOf(resource));
  }

  /** The number of a resource; `undefined` where there is none of that name. */
  numberOf(resource: Resource): number | undefined {
    const { resources, problem } = this;
    if (resource.resource === 'lot') {
      const lot = problem.supplyById.get(resource.supply);
      return lot && resources.supply(lot.index);
    }
    const index = this.indexOf(resource);
    if (index === undefined) return undefined;
    return resource.resource === 'capacity' ? resources.capacity(index) : resources.plugs(index);
  }

  private addLeg({ service, leg, resource, ...figures }: LegPrice): void {
    this.add({ resource, ...stepOf({ service, leg }), mode: this.modeOf(service) }, figures);
  }

  private addLot({ supply, used, quantity, shadowPrice }: LotPrice): void {
    this.add({ resource: 'lot', supply }, { used, capacity: quantity, shadowPrice });
  }

  private add(name: Resource, figures: Pick<BindingResource, 'used' | 'capacity' | 'shadowPrice'>): void {
    const number = this.numberOf(name);
    if (number === undefined)
      throw new Error(`the plan is not one of this problem, which has no ${JSON.stringify(name)}`);
    this.byNumber.set(number, { ...name, ...figures });
  }
}

const legIndices = (problem: Problem): Map<string, number> =>
  new Map(termsOf(problem).flatMap((term) => (term === undefined ? [] : [[keyOfLeg(term), term.index]])));
