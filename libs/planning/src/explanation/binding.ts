import { type PlanDocument, type Problem, type Step, legKey, stepOf } from '@portolan/domain';
import type { Resources, Use } from '../columns.js';
import type { BindingResource, LegResource, Ranges } from './explanation.js';

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
    problem: Problem,
    private readonly resources: Resources,
    plan: PlanDocument,
    private readonly ranges: Ranges = () => undefined,
  ) {
    this.modes = new Map(problem.document.services.map(({ id, mode = 'other' }) => [id, mode]));
    this.indices = legIndices(problem);
    for (const price of plan.prices.legs) this.addLeg(price);
    for (const price of plan.prices.supplies) this.addLot(price, problem.supplyById.get(price.supply)!.index);
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

  /** Money per unit, never below 0. */
  priceOf(resource: number): number {
    const price = -(this.byNumber.get(resource)?.shadowPrice ?? 0);
    return price > TRACE ? price : 0;
  }

  /** Of all uses those that have a price. */
  binding(uses: readonly Use[]): BindingResource[] {
    return uses.flatMap(({ resource }) => (this.priceOf(resource) > 0 ? [this.byNumber.get(resource)!] : []));
  }

  /** By number of the resource, as searches take them. */
  prices(): Float64Array {
    return Float64Array.from({ length: this.resources.count }, (_, resource) => this.priceOf(resource));
  }

  private addLeg({ service, leg, resource, used, capacity, shadowPrice }: LegPrice): void {
    const name: LegResource = { resource, ...stepOf({ service, leg }), mode: this.modeOf(service) };
    const index = this.indexOf({ service, leg });
    if (index === undefined) throw new Error(`the plan is not one of this problem, which has no ${service} ${leg}`);
    const at = resource === 'capacity' ? this.resources.capacity(index) : this.resources.plugs(index);
    const range = this.ranges(name);
    this.byNumber.set(at, { ...name, used, capacity, shadowPrice, ...(range && { range }) });
  }

  private addLot({ supply, used, quantity, shadowPrice }: LotPrice, index: number): void {
    const name = { resource: 'lot' as const, supply };
    const range = this.ranges(name);
    this.byNumber.set(this.resources.supply(index), {
      ...name,
      used,
      capacity: quantity,
      shadowPrice,
      ...(range && { range }),
    });
  }
}

function legIndices({ kind, voyages, legByKey }: Problem): Map<string, number> {
  if (kind === 'timed') return new Map([...legByKey].map(([key, { index }]) => [key, index]));
  // Where services came and went there are gaps.
  const sailing = voyages.filter((voyage) => voyage !== undefined);
  return new Map(sailing.map(({ service, call, index }) => [legKey(service, String(call)), index]));
}
