import { type Demand, type Problem, legKey, priceItinerary } from '@portolan/domain';
import { type Column, type Flow, type Resources, type Use, columnKey, stepsOf } from '../columns.js';
import { standing } from '../engines/engine.js';
import type { Packer, Unpacker } from '../packing.js';
import { followingCalls, staticHandling } from '../search/static-search.js';
import type { Renumbered } from './renumbered.js';

/** A column of the pool, with its place in the plan. */
export interface PooledColumn extends Column {
  /** Of it among the columns of its demand, and of what is kept of its itinerary. */
  readonly key: string;
  readonly keptKey: string;
  cost: number;
  /** For what is kept of an entry of `current`: the most that can be, and the change penalty its cost is less by. Else Infinity and 0. */
  readonly upper: number;
  readonly reward: number;
  readonly uses: readonly Use[];
  /** Set by `Pool.place`. */
  readonly quantity: number;
  /** Where it stood at the last vertex, for a warm start. */
  readonly stands: number;
}

/** A quantity on an itinerary of the pool, what is kept of it and what is not together. */
export interface PooledFlow extends Flow {
  readonly column: PooledColumn;
}

const none: ReadonlySet<PooledColumn> = new Set();

/** The itineraries found so far, by demand and by resource. */
export class Pool {
  private readonly byDemand: (Map<string, PooledColumn> | undefined)[] = [];
  private readonly byResource: (Set<PooledColumn> | undefined)[] = [];
  private following: Int32Array | undefined;
  /** What is kept of entries of `current`: the columns with a reward. */
  readonly kept = new Set<PooledColumn>();
  /** The columns that carry something. */
  private readonly carrying = new Set<PooledColumn>();
  size = 0;

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
  ) {}

  *of(demand: number): Iterable<PooledColumn> {
    const columns = this.byDemand[demand];
    if (columns) yield* columns.values();
  }

  /** Those of a leg are found by its capacity, also where that has no limit. */
  on(resource: number): ReadonlySet<PooledColumn> {
    return this.byResource[resource] ?? none;
  }

  *all(): Iterable<PooledColumn> {
    for (const columns of this.byDemand) if (columns) yield* columns.values();
  }

  /** Adds an itinerary unless it is there; says whether it was new. */
  add(column: Column, upper = Infinity, reward = 0): PooledColumn | undefined {
    const keptKey = keyOf(column, true);
    const key = reward > 0 ? keptKey : keyOf(column, false);
    const columns = this.byDemand[column.demand] ?? new Map<string, PooledColumn>();
    this.byDemand[column.demand] = columns;
    if (columns.has(key)) return undefined;
    const uses = this.resources.usesOf(column);
    const pooled = { ...column, key, keptKey, upper, reward, uses, quantity: 0, stands: standing.lower };
    columns.set(key, pooled);
    for (const { resource } of uses) (this.byResource[resource] ??= new Set()).add(pooled);
    if (reward > 0) this.kept.add(pooled);
    this.size++;
    return pooled;
  }

  /** Gives each column its number, in the order in which they are read again. */
  save(to: Packer): ReadonlyMap<PooledColumn, number> {
    const numbers = new Map<PooledColumn, number>();
    to.int(this.size);
    for (const column of this.all()) {
      numbers.set(column, numbers.size);
      to.int(column.demand);
      to.int(column.supply);
      to.list(column.legs);
      for (const value of [column.cost, column.upper, column.reward]) to.double(value);
    }
    return numbers;
  }

  /** The columns by their numbers. @param now translates the numbers of things in `save` */
  resume(from: Unpacker, now: Renumbered): PooledColumn[] {
    const columns: PooledColumn[] = [];
    for (let left = from.int(); left > 0; left--) {
      const [demand, supply, legs] = [now.demand(from.int()), from.int(), from.list()];
      const [cost, upper, reward] = [from.double(), from.double(), from.double()];
      const column = {
        demand,
        supply: supply < 0 ? supply : now.supply(supply),
        legs: [...legs].map((leg) => now.leg(leg)),
      };
      columns.push(this.add({ ...column, cost }, upper, reward)!);
    }
    return columns;
  }

  /** What all columns cost with what they carry. */
  get cost(): number {
    let total = 0;
    for (const { cost, quantity } of this.carrying) total += cost * quantity;
    return total;
  }

  /** What a column carries, and where it stands at the vertex. */
  place(column: PooledColumn, quantity: number, stands: number): void {
    Object.assign(column, { quantity, stands });
    if (quantity > 0) this.carrying.add(column);
    else this.carrying.delete(column);
  }

  countOf(demand: number): number {
    return this.byDemand[demand]?.size ?? 0;
  }

  /** What is kept of an itinerary that is in force. */
  keptOf({ demand, keptKey }: PooledColumn): PooledColumn | undefined {
    return this.byDemand[demand]?.get(keptKey);
  }

  /** The change penalty that so much on an itinerary is spared. */
  rewardOf(column: PooledColumn, quantity: number): number {
    const kept = this.keptOf(column);
    return kept ? kept.reward * Math.min(kept.upper, quantity) : 0;
  }

  /** The itineraries of a demand, each once: one that is kept is in the pool by itself, too. */
  itinerariesOf(demand: number): PooledColumn[] {
    return [...this.of(demand)].filter(({ reward }) => reward === 0);
  }

  /** What the itineraries of a demand carry. */
  flowsOf(demand: number): PooledFlow[] {
    const flows: PooledFlow[] = [];
    for (const column of this.byDemand[demand]?.values() ?? []) {
      if (column.reward > 0) continue;
      const quantity = column.quantity + (this.keptOf(column)?.quantity ?? 0);
      if (quantity > 0) flows.push({ column, quantity });
    }
    return flows;
  }

  has(column: Column): boolean {
    return this.byDemand[column.demand]?.has(keyOf(column, false)) ?? false;
  }

  drop(column: PooledColumn): void {
    if (!this.byDemand[column.demand]?.delete(column.key)) return;
    for (const { resource } of column.uses) this.byResource[resource]!.delete(column);
    this.kept.delete(column);
    this.carrying.delete(column);
    this.size--;
  }

  /** What one unit on a column costs by the rules, now; `undefined` where it is no longer possible. */
  rate({ demand, supply, legs }: Column): number | undefined {
    const { problem } = this;
    const goods = problem.demands[demand]!;
    if (problem.kind === 'static') {
      if (!this.connects(goods, legs)) return undefined;
      this.following ??= followingCalls(problem);
      return staticHandling(problem, this.following, goods, legs) - goods.revenue;
    }
    if (legs.some((leg) => !problem.legs[leg])) return undefined;
    const lot = supply < 0 ? undefined : problem.supplies[supply]?.id;
    const priced = priceItinerary(problem, goods.id, lot, stepsOf(problem, legs));
    return priced.possible ? priced.unitCost : undefined;
  }

  /** Do these voyages lead from the origin to the destination? */
  private connects({ from, to }: Demand, legs: readonly number[]): boolean {
    let at = from;
    for (const leg of legs) {
      const voyage = this.problem.voyages[leg];
      if (!voyage || voyage.from !== at) return false;
      at = voyage.to;
    }
    return at === to;
  }

  voyagesChanged(): void {
    this.following = undefined;
  }

  /** Enters what is kept of an entry of `current`, and its itinerary; nothing of one that is impossible. */
  keep(
    demandId: string,
    entry: {
      supply?: string | undefined;
      itinerary: readonly { service: string; leg?: string | undefined }[];
      quantity: number;
    },
    penalty: number,
  ): void {
    const { problem } = this;
    const priced = priceItinerary(problem, demandId, entry.supply, entry.itinerary);
    const demand = problem.demandById.get(demandId);
    if (!priced.possible || !demand) return;
    const legs = entry.itinerary.map(({ service, leg }) => problem.legByKey.get(legKey(service, leg))!.index);
    const supply = entry.supply === undefined ? -1 : problem.supplyById.get(entry.supply)!.index;
    const column = { demand: demand.index, supply, legs, cost: priced.unitCost };
    this.add(column);
    const upper = Math.min(entry.quantity, demand.quantity);
    if (penalty > 0) this.add({ ...column, cost: priced.unitCost - penalty }, upper, penalty);
  }
}

const keyOf = (column: Column, kept: boolean): string => `${kept ? 'kept ' : ''}${columnKey(column)}`;
