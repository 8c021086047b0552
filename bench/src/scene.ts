import type { PlanChange, ProblemDocument } from '@portolan/domain';
import { seeded } from '../../libs/planning/src/testing/random-problem.js';
import { pick } from './random.js';

export type Demand = ProblemDocument['demands'][number];
export type Service = ProblemDocument['services'][number];
export type Location = ProblemDocument['locations'][number];
export type Supply = NonNullable<ProblemDocument['supplies']>[number];

/** Shares by which a stream may depart from the problem it began with: beyond, it only goes back. Else a long stream would measure another problem. */
const OTHER_DEMANDS = 0.02;
const OTHER_THINGS = 0.1;

/** The problem as the changes made so far have left it, and as it was at first. */
export class Scene {
  readonly random: () => number;
  readonly services: Things<Service>;
  readonly locations: Things<Location>;
  readonly supplies: Things<Supply>;
  /** The earliest moment at which goods are ready; `undefined` in static problems. */
  readonly since: string | undefined;
  /** Services that carry goods now: they cannot be withdrawn. */
  readonly carrying: ReadonlySet<string>;
  /** Terms at first, by id: of demands that came later, those they came with. */
  private readonly terms: Map<string, Demand>;
  private readonly demands: Map<string, Demand>;
  private readonly ids: string[];
  private readonly atFirst: number;
  private count = 0;

  constructor({ demands, services, locations, supplies = [] }: ProblemDocument, seed: number) {
    this.random = seeded(seed);
    this.services = new Things(services, this.random);
    this.locations = new Things(locations, this.random);
    this.supplies = new Things(supplies, this.random);
    this.terms = new Map(demands.map((demand) => [demand.id, demand]));
    this.demands = new Map(this.terms);
    this.ids = demands.map(({ id }) => id);
    this.atFirst = demands.length;
    this.since = demands.flatMap(({ available }) => available ?? []).sort()[0];
    this.carrying = new Set(demands.flatMap(({ onBoard }) => onBoard?.service ?? []));
  }

  /** One of the demands there are now, with its terms at first. */
  demand(): { now: Demand; first: Demand } | undefined {
    const id = pick(this.random, this.ids);
    return id === undefined ? undefined : { now: this.demands.get(id)!, first: this.terms.get(id)! };
  }

  get size(): number {
    return this.ids.length;
  }

  get mayGrow(): boolean {
    return this.ids.length <= this.atFirst * (1 + OTHER_DEMANDS);
  }

  get mayShrink(): boolean {
    return this.ids.length > 1 && this.ids.length >= this.atFirst * (1 - OTHER_DEMANDS);
  }

  putDemand(demand: Demand): PlanChange[] {
    this.demands.set(demand.id, demand);
    return [{ change: 'demand', demand }];
  }

  /** Another demand of the same kind. */
  addDemand(like: Demand): PlanChange[] {
    const demand = { ...like, id: `NEW-${this.count++}` };
    this.ids.push(demand.id);
    this.terms.set(demand.id, demand);
    return this.putDemand(demand);
  }

  removeDemand({ id }: Demand): PlanChange[] {
    const at = this.ids.indexOf(id);
    this.ids[at] = this.ids.at(-1)!;
    this.ids.pop();
    this.terms.delete(id);
    this.demands.delete(id);
    return [{ change: 'demand-removed', id }];
  }
}

/** Services, locations or supplies: which of them are other than they were at first. */
export class Things<T extends { readonly id: string }> {
  private readonly changed = new Map<string, T>();

  constructor(
    private readonly first: readonly T[],
    private readonly random: () => number,
  ) {}

  /** One that is as it was at first, if it is wanted and not too many are other already. */
  unchanged(wanted: (thing: T) => boolean): T | undefined {
    if (this.first.length === 0 || this.changed.size >= Math.max(1, OTHER_THINGS * this.first.length)) return undefined;
    const thing = pick(this.random, this.first);
    return !this.changed.has(thing.id) && wanted(thing) ? thing : undefined;
  }

  /** Notes that one is other now. */
  change(first: T): void {
    this.changed.set(first.id, first);
  }

  /** One that is other, as it was at first, which it is from now on. */
  restored(): T | undefined {
    const first = pick(this.random, [...this.changed.values()]);
    if (first) this.changed.delete(first.id);
    return first;
  }
}
