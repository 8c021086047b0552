import {
  type Demand,
  type Fault,
  type Leg,
  type PlanChange,
  type PlanDocument,
  type ProblemDocument,
  parseProblem,
} from '@portolan/domain';
import { primalInfeasibility } from '../certificate.js';
import { type Flow, Resources } from '../columns.js';
import type { Engine } from '../engines/engine.js';
import { planDocumentOf } from '../plan-document.js';
import { type Pricing, TimedPricing } from '../pricing.js';
import { StaticSearch } from '../search/static-search.js';
import { plainCost } from '../search/timed-search.js';
import { unservedReason } from '../unserved.js';
import { isWhole, wholePlan } from '../whole-units.js';
import { type Effects, LiveProblem } from './live-problem.js';
import { LocalMaster } from './local-master.js';
import { Pool, type PooledColumn } from './pool.js';
import { mayCostLess } from './proofs.js';

export interface OptimizeOptions {
  /** Milliseconds on `clock`; then the best plan so far stands, with its gap. */
  readonly deadline?: number;
  /** Milliseconds of some steady clock; the library reads none by itself. */
  readonly clock?: () => number;
}

/** How an optimization ended. Money as in the problem. */
export interface Outcome {
  /** Of the linear program; whole units may cost more. */
  readonly objective: number;
  /** No plan costs less. */
  readonly dualBound: number;
  /** (objective − dualBound) / max(1, |objective|), never below 0. */
  readonly gap: number;
  /** How much an itinerary that was not found could undercut its demand's price, at most, relative to that. */
  readonly dualInfeasibility: number;
  /** Was it stopped before the optimum was proven? */
  readonly stopped: boolean;
  /** Rounds of master and pricing, searches for itineraries, programs solved and their rows: what it took. */
  readonly rounds: number;
  readonly searches: number;
  readonly solves: number;
  readonly rows: number;
  readonly columns: number;
  readonly milliseconds: number;
}

/** Whole units are sought for at most this long. */
const WHOLE_SECONDS = 2;
/** Relative to its price: an itinerary that undercuts a demand's price by less is not worth entering. */
const WORTH = 1e-11;

/**
 * A problem and its optimal plan, kept through changes: itineraries, prices, vertex, network and proofs stay, and a change costs what it
 * disturbs. After `apply` and `optimize` the plan is as good as one computed from scratch.
 */
export class LivePlan {
  readonly problem: LiveProblem;
  private readonly resources: Resources;
  private readonly pool: Pool;
  private readonly master: LocalMaster;
  private pricing: Pricing;
  /** Prices all resources at nothing; for reasons. */
  private free: Pricing | undefined;
  /** By demand: no itinerary that is not in the pool costs less at the present prices. */
  private readonly proven: number[] = [];
  private readonly unproven = new Set<number>();
  private outcome: Outcome | undefined;

  /** @param document one that `parseProblem` has found valid; it is not changed */
  constructor(
    document: ProblemDocument,
    private readonly engine: Engine,
  ) {
    this.problem = new LiveProblem(document);
    this.resources = new Resources(this.problem);
    this.pool = new Pool(this.problem, this.resources);
    this.master = new LocalMaster(engine, this.problem, this.resources, this.pool);
    this.master.fit();
    this.pricing = this.newPricing(this.master.prices);
    for (const { index } of this.problem.demandById.values()) this.enter(index);
  }

  /** A plan for a document, or everything that is wrong with it. */
  static of(document: unknown, engine: Engine): { plan: LivePlan } | { faults: readonly Fault[] } {
    const parsed = parseProblem(document);
    return parsed.ok ? { plan: new LivePlan(parsed.problem.document, engine) } : { faults: parsed.errors };
  }

  /** Changes the problem, all or nothing. `optimize` brings the plan up to it. */
  apply(changes: readonly PlanChange[]): readonly Fault[] {
    const applied = this.problem.apply(changes);
    if ('faults' in applied) return applied.faults;
    this.outcome = undefined;
    this.free = undefined;
    this.master.fit();
    this.take(applied.effects);
    return [];
  }

  /** Brings the plan to the proven optimum of the problem as it is, or as near as the deadline allows. */
  optimize({ deadline = Infinity, clock = () => 0 }: OptimizeOptions = {}): Outcome {
    const began = clock();
    const counted = this.master.counted;
    counted.solves = counted.rows = 0;
    let [rounds, searches, stopped] = [0, 0, false];
    for (;;) {
      if (this.master.pending) this.optimizePool();
      if (this.unproven.size === 0) break;
      if (clock() >= deadline) {
        stopped = true;
        break;
      }
      rounds++;
      searches += this.unproven.size;
      this.priceOut();
    }
    const objective = this.objective();
    const { dualBound, dualInfeasibility } = this.bound();
    return (this.outcome = {
      objective,
      dualBound,
      gap: Math.max(0, (objective - dualBound) / Math.max(1, Math.abs(objective))),
      dualInfeasibility,
      stopped,
      rounds,
      searches,
      ...counted,
      columns: this.pool.size,
      milliseconds: Math.round((clock() - began) * 1000) / 1000,
    });
  }

  /** The plan as a document; `optimize` comes first. Whole units are made whole here. */
  plan(warm = true): PlanDocument {
    const { problem, resources, master, engine } = this;
    const outcome = this.outcome ?? this.optimize();
    const relaxed = this.flows();
    const flows = isWhole(problem, relaxed)
      ? relaxed
      : (wholePlan(engine, problem, resources, this.pool, WHOLE_SECONDS) ?? []);
    const demands = new Float64Array(problem.demands.length);
    for (const { index } of problem.demandById.values()) demands[index] = master.marginal(index).price;
    const { dualBound, dualInfeasibility } = outcome;
    return planDocumentOf({
      problem,
      resources,
      flows,
      prices: { demands, resources: master.prices },
      certificate: {
        dualBound,
        dualInfeasibility,
        primalInfeasibility: primalInfeasibility(problem, resources, flows),
      },
      reason: (demand) => this.reason(demand),
      statistics: {
        columns: outcome.columns,
        rows: outcome.rows,
        rounds: outcome.rounds,
        milliseconds: outcome.milliseconds,
        engine: engine.name,
        warm,
      },
    });
  }

  /** Money per unit: what one more unit of each demand costs, and one more of each resource saves. */
  prices(): PlanDocument['prices'] {
    return this.plan().prices;
  }

  private newPricing(prices: ArrayLike<number>): Pricing {
    const { problem, resources } = this;
    return problem.kind === 'static'
      ? new StaticSearch(problem, resources, prices)
      : new TimedPricing(problem, resources, prices, problem.timetable);
  }

  private reason(demand: Demand): string {
    this.free ??= this.newPricing([]);
    return unservedReason(this.problem, this.resources, this.free, this.master.prices, demand);
  }

  private flows(): Flow[] {
    const flows = new Map<string, { column: PooledColumn; quantity: number }>();
    for (const column of this.pool.all()) {
      if (column.quantity <= 0) continue;
      const key = `${column.demand}|${column.supply}|${column.legs.join()}`;
      const plain = column.reward > 0 ? { ...column, cost: column.cost + column.reward } : column;
      flows.set(key, { column: plain, quantity: column.quantity + (flows.get(key)?.quantity ?? 0) });
    }
    return [...flows.values()];
  }

  // Changes of the problem ---------------------------------------------------------------------------------------------

  private take(effects: Effects): void {
    for (const leg of effects.legsGone) this.legGone(leg);
    for (const supply of effects.suppliesGone) this.resourceGone(this.resources.supply(supply));
    for (const demand of effects.demandsGone) this.leave(demand);
    this.retime(effects);
    for (const leg of effects.resized) this.resized(leg);
    for (const supply of effects.supplies) this.master.disturb(this.resources.supply(supply));
    const rated = this.toRate(effects);
    for (const column of rated) this.rate(column);
    for (const demand of effects.demands) this.enter(demand);
    this.keepAgain(effects);
    if (effects.everything) for (const { index } of this.problem.demandById.values()) this.enter(index);
    this.doubt(effects);
  }

  private legGone(leg: number): void {
    this.resourceGone(this.resources.capacity(leg));
    this.resourceGone(this.resources.plugs(leg));
    if (this.pricing instanceof TimedPricing) this.pricing.costs.drop(leg);
  }

  private resourceGone(resource: number): void {
    for (const column of [...this.pool.on(resource)]) this.drop(column);
    this.master.forget(resource);
  }

  /** The network takes over legs that are new or other. */
  private retime({ legs, legsGone, places, everything }: Effects): void {
    if (!(this.pricing instanceof TimedPricing)) {
      if (legs.size + legsGone.size + places.size > 0) {
        this.pricing = this.newPricing(this.master.prices);
        this.pool.voyagesChanged();
      } else this.pricing.priced(this.master.prices, []);
      return;
    }
    const { costs } = this.pricing;
    costs.priced(this.master.prices, []);
    for (const index of legs) {
      const leg = this.problem.legs[index];
      if (!leg) continue;
      costs.drop(index);
      costs.put(leg);
    }
    if (places.size > 0 || everything) costs.refresh();
  }

  private resized(leg: number): void {
    this.master.disturb(this.resources.capacity(leg));
    this.master.disturb(this.resources.plugs(leg));
  }

  /** Columns whose cost may be another one. */
  private toRate({ legs, legsGone, supplies, places, everything }: Effects): Set<PooledColumn> {
    // Where a call came or went, what stayed on board may have become a transfer.
    const recalled = this.problem.kind === 'static' && legs.size + legsGone.size > 0;
    if (everything || recalled) return new Set(this.pool.all());
    const columns = new Set<PooledColumn>();
    const add = (resource: number) => {
      for (const column of this.pool.on(resource)) columns.add(column);
    };
    for (const leg of legs) add(this.resources.capacity(leg));
    for (const supply of supplies) add(this.resources.supply(supply));
    if (places.size > 0) for (const column of this.pool.all()) if (this.passes(column, places)) columns.add(column);
    return columns;
  }

  private passes({ demand, supply, legs }: PooledColumn, places: ReadonlySet<unknown>): boolean {
    const terms = this.problem.kind === 'static' ? this.problem.voyages : this.problem.legs;
    return (
      places.has(this.problem.demands[demand]?.to) ||
      places.has(this.problem.supplies[supply]?.place) ||
      legs.some((leg) => places.has(terms[leg]?.from) || places.has(terms[leg]?.to))
    );
  }

  private rate(column: PooledColumn): void {
    if (!this.problem.demands[column.demand]) return;
    const cost = this.pool.rate(column);
    if (cost === undefined) this.drop(column);
    else if (cost - column.reward !== column.cost) {
      column.cost = cost - column.reward;
      this.master.activate(column.demand);
    }
  }

  /** A column goes, and what it carried is unserved until the next optimization. */
  private drop(column: PooledColumn): void {
    this.pool.drop(column);
    this.master.activate(column.demand);
    if (column.quantity === 0) return;
    this.master.unserved[column.demand]! += column.quantity;
    for (const { resource } of column.uses) this.master.disturb(resource);
  }

  private leave(demand: number): void {
    for (const column of [...this.pool.of(demand)]) this.drop(column);
    this.master.leave(demand);
    this.unproven.delete(demand);
    this.proven[demand] = -Infinity;
  }

  /** A demand is new, or has other terms: its itineraries are rated again, what is in force is entered, and the search begins anew. */
  private enter(index: number): void {
    const demand = this.problem.demands[index];
    if (!demand) return;
    let moved = 0;
    for (const column of [...this.pool.of(index)]) {
      if (column.reward > 0) this.drop(column);
      else {
        this.rate(column);
        if (this.pool.has(column)) moved += column.quantity;
      }
    }
    this.master.enter(index, Math.max(0, demand.quantity - moved));
    const { changePenalty, entries } = this.problem;
    const current = entries.current.get(demand.id);
    for (const entry of current ?? []) this.pool.keep(demand.id, entry, changePenalty);
    this.proven[index] = -Infinity;
    if (demand.quantity > 0) this.unproven.add(index);
    else this.unproven.delete(index);
  }

  /** Entries of `current` that were impossible may be possible again. */
  private keepAgain({ legs, supplies, places }: Effects): void {
    if (legs.size + supplies.size + places.size === 0) return;
    const services = new Set([...legs].map((leg) => this.problem.legs[leg]?.service));
    const lots = new Set([...supplies].map((supply) => this.problem.supplies[supply]?.id));
    for (const [id, entries] of this.problem.entries.current) {
      const demand = this.problem.demandById.get(id);
      const concerned = ({ supply, itinerary }: (typeof entries)[number]) =>
        places.size > 0 ||
        (supply !== undefined && lots.has(supply)) ||
        itinerary.some(({ service }) => services.has(service));
      if (!demand || !entries.some(concerned)) continue;
      for (const entry of entries) this.pool.keep(id, entry, this.problem.changePenalty);
      this.master.activate(demand.index);
    }
  }

  /** Whose proof no longer holds, since something may have become cheaper. */
  private doubt({ legs, legsGone, supplies, places, everything }: Effects): void {
    if (everything) return;
    const suspects = new Set<Leg>();
    for (const leg of legs) if (this.problem.legs[leg]) suspects.add(this.problem.legs[leg]);
    if (places.size > 0)
      for (const leg of this.problem.legByKey.values())
        if (places.has(leg.from) || places.has(leg.to)) suspects.add(leg);
    const products = new Set([...supplies].map((supply) => this.problem.supplies[supply]?.product));
    for (const demand of this.problem.demandById.values()) {
      const { from, to, onBoard, product } = demand;
      const near = [from, to, onBoard?.to].some((place) => place !== undefined && places.has(place));
      if (near || (product !== undefined && (products.has(product) || places.size > 0))) this.question(demand.index);
    }
    if (this.problem.kind === 'static') {
      if (legs.size + legsGone.size + places.size > 0)
        for (const { index } of this.problem.demandById.values()) this.question(index);
    } else this.questionBeside([...suspects]);
  }

  private question(demand: number): void {
    this.proven[demand] = -Infinity;
    if (this.problem.demands[demand]!.quantity > 0) this.unproven.add(demand);
  }

  private questionBeside(legs: readonly Leg[]): void {
    if (legs.length === 0 || !(this.pricing instanceof TimedPricing)) return;
    const { costs } = this.pricing;
    for (const demand of this.problem.demandById.values()) {
      if (this.proven[demand.index] === -Infinity || demand.quantity === 0) continue;
      const { price } = this.master.marginal(demand.index);
      if (legs.some((leg) => mayCostLess(this.problem, costs, demand, leg, price))) this.question(demand.index);
      else this.proven[demand.index] = Math.min(this.proven[demand.index]!, price);
    }
  }

  // Optimization -------------------------------------------------------------------------------------------------------

  /** Optimizes over the pool, and notes whose proof the new prices have broken. */
  private optimizePool(): void {
    const before = this.master.prices.slice();
    const changed = new Set<number>();
    const touched = this.master.solve(changed);
    const { prices } = this.master;
    const legs = new Set<number>();
    const cheaper = new Set<Leg>();
    const products = new Set<string>();
    for (const resource of changed) {
      const at = Math.floor(resource / 3);
      const falls = prices[resource]! < before[resource]!;
      if (resource % 3 === 2) {
        if (falls) products.add(this.problem.supplies[at]!.product);
      } else {
        legs.add(at);
        if (falls && this.problem.kind === 'timed') cheaper.add(this.problem.legs[at]!);
      }
    }
    this.pricing.priced(prices, legs);
    for (const index of touched) this.check(index);
    if (this.problem.kind === 'static') {
      if ([...changed].some((resource) => prices[resource]! < before[resource]!))
        for (const { index } of this.problem.demandById.values()) this.question(index);
    } else this.questionBeside([...cheaper]);
    if (products.size > 0)
      for (const { index, product } of this.problem.demandById.values())
        if (product !== undefined && products.has(product)) this.question(index);
  }

  /** Does what is proven of a demand still reach up to its price? */
  private check(index: number): void {
    if (this.problem.demands[index]!.quantity === 0) return;
    if (this.proven[index]! < this.bar(index)) this.unproven.add(index);
    else this.unproven.delete(index);
  }

  /** An itinerary below this is worth entering. */
  private bar(index: number): number {
    const { price } = this.master.marginal(index);
    return price - WORTH * Math.max(1, Math.abs(price));
  }

  /** One pricing round: the cheapest itinerary of every demand whose proof is missing. */
  private priceOut(): void {
    const demands = [...this.unproven].sort((a, b) => a - b);
    this.unproven.clear();
    for (const index of demands) {
      const demand = this.problem.demands[index]!;
      const bar = this.bar(index);
      const found = this.pricing.cheapest(demand, bar);
      const column = found && plainCost(found, demand, this.resources, this.master.prices);
      if (column && this.pool.add(column)) {
        this.proven[index] = found.total;
        this.master.activate(index);
      } else this.proven[index] = Math.min(bar, found?.total ?? Infinity);
    }
  }

  // Proof --------------------------------------------------------------------------------------------------------------

  private penalties(): number {
    const { changePenalty } = this.problem;
    if (changePenalty === 0) return 0;
    let quantity = 0;
    for (const entries of this.problem.entries.current.values())
      for (const entry of entries) quantity += entry.quantity;
    return changePenalty * quantity;
  }

  private objective(): number {
    let total = this.penalties();
    for (const { cost, quantity } of this.pool.all()) total += cost * quantity;
    for (const { index, unservedPenalty } of this.problem.demandById.values())
      total += unservedPenalty * this.master.unserved[index]!;
    return total;
  }

  /** No itinerary of a demand costs less at the present prices: as proven, else its places' distance. */
  private least(index: number): number {
    const proven = this.proven[index]!;
    if (proven > -Infinity && !this.unproven.has(index)) return proven;
    const demand = this.problem.demands[index]!;
    if (!(this.pricing instanceof TimedPricing)) return this.pricing.cheapest(demand)?.total ?? Infinity;
    const { costs } = this.pricing;
    const start = demand.onBoard?.to ?? demand.from;
    return (start ? costs.to(demand.to).cost[start.index]! : 0) - demand.revenue;
  }

  /**
   * The Lagrangian bound: whatever the prices of resources, a plan costs at least what every demand costs by its cheapest itinerary (or
   * unserved) at these prices, less what the prices would earn on all there is.
   */
  private bound(): { dualBound: number; dualInfeasibility: number } {
    let dualBound = this.penalties();
    let dualInfeasibility = 0;
    for (const { index, quantity } of this.problem.demandById.values()) {
      if (quantity === 0) continue;
      const { price } = this.master.marginal(index);
      const least = Math.min(this.least(index), price);
      if (least < price)
        dualInfeasibility = Math.max(dualInfeasibility, (price - least) / Math.max(1, Math.abs(price)));
      dualBound += quantity * least;
      for (const column of this.pool.of(index))
        if (column.reward > 0) dualBound += column.upper * Math.min(0, this.master.pricedCost(column) - least);
    }
    this.master.prices.forEach((price, resource) => {
      if (price > 0) dualBound -= price * this.resources.limit(resource);
    });
    return { dualBound, dualInfeasibility };
  }
}
