import {
  type Demand,
  type Fault,
  type PlanChange,
  type PlanDocument,
  type ProblemDocument,
  parseProblem,
} from '@portolan/domain';
import { TUNING, type Tuning } from '../catalogue/tuning.js';
import { primalInfeasibility } from '../certificate.js';
import { type Column, Resources, termsOf } from '../columns.js';
import type { Engine, LinearProgram } from '../engines/engine.js';
import { Packer, UnpackFailure, Unpacker } from '../packing.js';
import { type RatedColumn, planDocumentOf } from '../plan-document.js';
import { type Pricing, TimedPricing, pricingOf } from '../pricing.js';
import { unservedReason } from '../unserved.js';
import type { SharedTables } from '../search/shared-tables.js';
import { WholePlans } from '../whole/whole-plans.js';
import { beginning } from './first-prices.js';
import { type Effects, LiveProblem, changedLegs } from './live-problem.js';
import { type Explained, LiveExplanations } from './live-explanations.js';
import { ListedProofs } from './listed-proofs.js';
import { LocalMaster } from './local-master.js';
import type { Master } from './master.js';
import { SimplexMaster } from './simplex-master.js';
import { poolProgram } from './pool-program.js';
import { Pool, type PooledColumn, type PooledFlow } from './pool.js';
import type { Proofs } from './proofs.js';
import { type Numbering, Renumbered, numberingOf } from './renumbered.js';
import { SearchedProofs } from './searched-proofs.js';
import { Stopwatch } from './stopwatch.js';

export interface OptimizeOptions {
  /** Milliseconds on `clock`; then the best plan so far stands, with its gap. To make it of what was found may take half as long again. */
  readonly deadline?: number;
  /** Milliseconds of some steady clock; the library reads none by itself. */
  readonly clock?: () => number;
  /** Asked between searches and between pivots; where it says yes, the best plan so far stands, with its gap. */
  readonly cancelled?: () => boolean;
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
  /** Of these, in the master program; the others are searches for itineraries and what proves that there are no better ones. */
  readonly masterMilliseconds: number;
}

/** Of snapshots; another one where what they hold, or what it means, changes. */
const FORMAT = 'portolan.live/1';

interface Frame extends Numbering {
  readonly format: typeof FORMAT;
  readonly problem: ProblemDocument;
}

interface Saved {
  readonly from: Unpacker;
  readonly numbering: Numbering;
  /** Of bounds, which other plans of the same snapshot make, too. */
  readonly tables?: SharedTables | undefined;
}

/**
 * A problem and its optimal plan, kept through changes: itineraries, prices, vertex, network and proofs stay, and a change costs what it
 * disturbs. After `apply` and `optimize` the plan is as good as one computed from scratch.
 */
export class LivePlan {
  readonly problem: LiveProblem;
  private readonly resources: Resources;
  private readonly pool: Pool;
  private readonly master: Master;
  private readonly pricing: Pricing;
  private readonly proofs: Proofs;
  /** Prices all resources at nothing; for reasons. */
  private free: Pricing | undefined;
  private hasBegun = false;
  private outcome: Outcome | undefined;
  private document: PlanDocument | undefined;
  private readonly ratings = new WeakMap<Column, RatedColumn>();
  private readonly explanations: LiveExplanations;
  private readonly whole: WholePlans;

  /**
   * @param document one that `parseProblem` has found valid; it is not changed
   * @param tuning of its own only in tests
   * @param saved what `restored` goes on from
   */
  constructor(
    document: ProblemDocument,
    private readonly engine: Engine,
    private readonly tuning: Tuning = TUNING,
    saved?: Saved,
  ) {
    this.problem = new LiveProblem(document);
    this.resources = new Resources(this.problem);
    this.pool = new Pool(this.problem, this.resources);
    this.master =
      engine.name === 'simplex'
        ? new SimplexMaster(this.problem, this.resources, this.pool, engine, tuning.stamina)
        : new LocalMaster(engine, this.problem, this.resources, this.pool);
    this.master.fit();
    const { timetable } = this.problem;
    this.pricing = pricingOf(this.problem, this.resources, this.master.prices, timetable, saved?.tables);
    const { problem, resources, pool, master, pricing } = this;
    this.proofs =
      pricing instanceof TimedPricing
        ? new ListedProofs(problem, resources, pool, master, pricing, tuning)
        : new SearchedProofs(problem, resources, pool, master, pricing);
    const plan = () => this.document ?? this.plan();
    this.explanations = new LiveExplanations(this.problem, this.pool, this.pricing, engine, plan);
    this.whole = new WholePlans(this.problem, this.resources, this.pool, this.pricing, engine, this.master);
    if (saved) this.resume(saved);
    else for (const { index } of this.problem.demandById.values()) this.enter(index);
  }

  /**
   * The plan as it is, with its problem, vertex and proofs, as bytes of which `restored` makes it again. `undefined` where there is nothing
   * to go on from: before the first optimum, after one that was stopped, or with an engine that keeps no vertex.
   */
  snapshot(): Uint8Array | undefined {
    const { problem, pool, master, proofs, outcome } = this;
    if (!(master instanceof SimplexMaster) || !outcome || outcome.stopped) return undefined;
    const to = new Packer();
    master.save(to, pool.save(to));
    proofs.save(to);
    return to.bytes({ format: FORMAT, problem: problem.document, ...numberingOf(problem) } satisfies Frame);
  }

  /**
   * The plan of a snapshot, which `optimize` brings to the same optimum at once. Later optima are the same, too; of several equal plans it
   * may find another one than the plan that was never written down.
   * @param tables of bounds, where several plans go on from the snapshot; none finds anything else with them
   * @throws UnpackFailure for bytes that are no snapshot of this version
   */
  static restored(
    snapshot: Uint8Array,
    engine: Engine,
    {
      tuning = TUNING,
      tables,
    }: { readonly tuning?: Tuning | undefined; readonly tables?: SharedTables | undefined } = {},
  ): LivePlan {
    const from = new Unpacker(snapshot);
    const frame = from.frame as Partial<Frame> | null;
    if (frame?.format !== FORMAT) throw new UnpackFailure(`is of format ${String(frame?.format)}, not ${FORMAT}`);
    if (engine.name !== 'simplex') throw new UnpackFailure(`needs the engine simplex, not ${engine.name}`);
    const { problem, ...numbering } = frame as Frame;
    return new LivePlan(problem, engine, tuning, { from, numbering, tables });
  }

  /** A plan for a document, or everything that is wrong with it. */
  static of(document: unknown, engine: Engine, tuning?: Tuning): { plan: LivePlan } | { faults: readonly Fault[] } {
    const parsed = parseProblem(document);
    return parsed.ok ? { plan: new LivePlan(parsed.problem.document, engine, tuning) } : { faults: parsed.errors };
  }

  /** Changes the problem, all or nothing. `optimize` brings the plan up to it. */
  apply(changes: readonly PlanChange[]): readonly Fault[] {
    const applied = this.problem.apply(changes);
    if ('faults' in applied) return applied.faults;
    this.outcome = undefined;
    this.free = undefined;
    this.changed();
    this.master.fit();
    this.take(applied.effects);
    return [];
  }

  /** Brings the plan to the proven optimum of the problem as it is, or as near as the deadline allows. */
  optimize({ deadline = Infinity, clock = () => 0, cancelled = () => false }: OptimizeOptions = {}): Outcome {
    const isOver = () => clock() >= deadline || cancelled();
    const began = clock();
    const master = new Stopwatch(clock);
    this.changed();
    const counted = this.master.counted;
    counted.solves = counted.rows = 0;
    let [rounds, searches, stopped] = [0, 0, false];
    // A plan of what has been found is worth half as much time again.
    const isLate = () => clock() - began >= 1.5 * (deadline - began) || cancelled();
    if (!this.hasBegun) this.begin(isOver, isLate, master);
    for (;;) {
      if (this.master.pending) this.optimizePool(isLate, master);
      if (this.proofs.missing === 0 && !this.master.unfinished) break;
      if (this.master.unfinished || isOver()) {
        stopped = true;
        break;
      }
      rounds++;
      searches += this.proofs.priceOut(isOver);
    }
    if (!stopped) this.proofs.prune();
    const objective = this.objective();
    const { dualBound, dualInfeasibility } = this.proofs.bound(this.penalties());
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
      milliseconds: rounded(clock() - began),
      masterMilliseconds: rounded(master.total),
    });
  }

  /** The plan as a document; `optimize` comes first. Whole units are made whole here. */
  plan(warm = true): PlanDocument {
    const { problem, resources, master, engine } = this;
    const outcome = this.outcome ?? this.optimize();
    const flows = this.whole.of(this.flows(), outcome.objective - this.penalties());
    const demands = new Float64Array(problem.demands.length);
    for (const { index } of problem.demandById.values()) demands[index] = master.marginal(index).price;
    const { dualBound, dualInfeasibility } = outcome;
    return (this.document = planDocumentOf({
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
      ratings: this.ratings,
      statistics: {
        columns: outcome.columns,
        rows: outcome.rows,
        rounds: outcome.rounds,
        milliseconds: outcome.milliseconds,
        engine: engine.name,
        warm,
      },
    }));
  }

  /**
   * Why a demand travels as it does: its costs, what is full on it and for how far its price holds, what it could do instead, and why
   * something stays. Without another solve; a fault where there is no such demand.
   */
  explain(demandId: string): Explained {
    return this.explanations.of(demandId);
  }

  /** Money per unit: what one more unit of each demand costs, and one more of each resource saves. */
  prices(): PlanDocument['prices'] {
    return this.plan().prices;
  }

  /** The linear program over the itineraries found so far, whose optimum is the plan's less what changes would cost: to compare engines by. */
  program(): LinearProgram {
    return poolProgram(this.problem, this.resources, this.pool);
  }

  private resume({ from, numbering }: Saved): void {
    const { problem, resources, pool, pricing, proofs } = this;
    const master = this.master as SimplexMaster;
    const now = new Renumbered(numbering, problem, resources);
    master.resume(from, pool.resume(from, now), now);
    pricing.priced(master.prices, new Set(Array.from(termsOf(problem).keys())));
    proofs.resume(from, now);
    this.hasBegun = true;
  }

  private changed(): void {
    this.document = undefined;
    this.explanations.drop();
  }

  private pricingAt(prices: ArrayLike<number>): Pricing {
    return pricingOf(this.problem, this.resources, prices, this.problem.timetable);
  }

  private reason(demand: Demand): string {
    this.free ??= this.pricingAt([]);
    return unservedReason(this.problem, this.resources, this.free, this.master.prices, demand);
  }

  private flows(): PooledFlow[] {
    return [...this.problem.demandById.values()].flatMap(({ index }) => this.pool.flowsOf(index));
  }

  private take(effects: Effects): void {
    for (const leg of effects.legsGone) this.legGone(leg);
    for (const supply of effects.suppliesGone) this.resourceGone(this.resources.supply(supply));
    for (const demand of effects.demandsGone) this.leave(demand);
    this.retime(effects);
    for (const leg of effects.resized) this.resized(leg);
    for (const supply of [...effects.supplies, ...effects.restocked, ...effects.postponed])
      this.master.disturb(this.resources.supply(supply));
    if (effects.everything) {
      for (const { index } of this.problem.demandById.values()) this.enter(index);
      return;
    }
    for (const column of this.toRate(effects)) this.rate(column);
    for (const demand of effects.demands) this.enter(demand);
    for (const demand of effects.rebooked) this.rebook(demand);
    this.keepAgain(effects);
    this.proofs.doubt(effects);
  }

  private legGone(leg: number): void {
    this.resourceGone(this.resources.capacity(leg));
    this.resourceGone(this.resources.plugs(leg));
  }

  private resourceGone(resource: number): void {
    for (const column of [...this.pool.on(resource)]) this.drop(column);
    this.master.forget(resource);
  }

  /** The network takes over what is new or other. */
  private retime(effects: Effects): void {
    const { legs, legsGone, places, everything } = effects;
    this.pricing.priced(this.master.prices, []);
    this.pricing.legsChanged(changedLegs(effects));
    if (places.size > 0 || everything) this.pricing.refresh();
    if (legs.size + legsGone.size > 0) this.pool.voyagesChanged();
    this.proofs.networkChanged(effects);
  }

  private resized(leg: number): void {
    this.master.disturb(this.resources.capacity(leg));
    this.master.disturb(this.resources.plugs(leg));
  }

  /** Columns whose cost may be another one. */
  private toRate({ legs, legsGone, supplies, postponed, places, closures }: Effects): Set<PooledColumn> {
    // Where a call came or went, what stayed on board may have become a transfer.
    const recalled = this.problem.kind === 'static' && legs.size + legsGone.size > 0;
    if (recalled) return new Set(this.pool.all());
    const columns = new Set<PooledColumn>();
    const add = (resource: number) => {
      for (const column of this.pool.on(resource)) columns.add(column);
    };
    for (const leg of legs) add(this.resources.capacity(leg));
    for (const supply of [...supplies, ...postponed]) add(this.resources.supply(supply));
    if (places.size > 0) for (const column of this.pool.all()) if (this.passes(column, places)) columns.add(column);
    if (closures.size > 0) for (const column of this.touching(closures)) columns.add(column);
    return columns;
  }

  /** Columns that load, transfer or unload at these places; goods on board may be unloaded without a further leg. */
  private *touching(places: ReadonlySet<unknown>): Iterable<PooledColumn> {
    for (const term of termsOf(this.problem))
      if (term && (places.has(term.from) || places.has(term.to)))
        yield* this.pool.on(this.resources.capacity(term.index));
    for (const { onBoard, index } of this.problem.demandById.values())
      if (onBoard && places.has(onBoard.to)) yield* this.pool.of(index);
  }

  private passes({ demand, supply, legs }: PooledColumn, places: ReadonlySet<unknown>): boolean {
    const terms = termsOf(this.problem);
    return (
      places.has(this.problem.demands[demand]?.to) ||
      places.has(this.problem.supplies[supply]?.place) ||
      legs.some((leg) => places.has(terms[leg]?.from) || places.has(terms[leg]?.to))
    );
  }

  private rate(column: PooledColumn): void {
    this.ratings.delete(column);
    if (!this.problem.demands[column.demand]) return;
    const cost = this.pool.rate(column);
    if (cost === undefined) this.drop(column);
    else if (cost - column.reward !== column.cost) {
      column.cost = cost - column.reward;
      this.master.activate(column.demand);
    }
  }

  /** A column goes, with what it carried. */
  private drop(column: PooledColumn): void {
    this.pool.drop(column);
    this.master.drop(column);
  }

  private leave(demand: number): void {
    for (const column of [...this.pool.of(demand)]) this.drop(column);
    this.master.leave(demand);
    this.proofs.forget(demand);
  }

  /** A demand is new, or has other terms: its itineraries are rated again, what is in force is entered, and the search begins anew. */
  private enter(index: number): void {
    const demand = this.problem.demands[index];
    if (!demand) return;
    for (const column of [...this.pool.of(index)])
      if (column.reward > 0) this.drop(column);
      else this.rate(column);
    this.master.enter(index);
    this.keep(demand);
    this.proofs.enter(index);
  }

  /** Other itineraries of a demand are in force. */
  private rebook(index: number): void {
    for (const column of [...this.pool.of(index)]) if (column.reward > 0) this.drop(column);
    this.keep(this.problem.demands[index]!);
    this.master.activate(index);
  }

  /** Enters what is in force. */
  private keep({ id }: Demand): void {
    const { changePenalty, entries } = this.problem;
    for (const entry of entries.current.get(id) ?? []) this.pool.keep(id, entry, changePenalty);
  }

  /** Entries of `current` that were impossible may be possible again. */
  private keepAgain({ legs, supplies, postponed, places, reopened }: Effects): void {
    if (legs.size + supplies.size + postponed.size + places.size + reopened.size === 0) return;
    const services = new Set([...legs].map((leg) => this.problem.legs[leg]?.service));
    const lots = new Set([...supplies, ...postponed].map((supply) => this.problem.supplies[supply]?.id));
    for (const [id, entries] of this.problem.entries.current) {
      const demand = this.problem.demandById.get(id);
      const concerned = ({ supply, itinerary }: (typeof entries)[number]) =>
        places.size + reopened.size > 0 ||
        (supply !== undefined && lots.has(supply)) ||
        itinerary.some(({ service }) => services.has(service));
      if (!demand || !entries.some(concerned)) continue;
      for (const entry of entries) this.pool.keep(id, entry, this.problem.changePenalty);
      this.master.activate(demand.index);
    }
  }

  /** Optimizes over the pool, and notes whose proof the new prices have broken. */
  private optimizePool(isLate: () => boolean, master: Stopwatch): void {
    const changed = new Map<number, number>();
    const touched = master.run(() => this.master.solve(changed, isLate));
    const legs = [...changed.keys()].filter((resource) => !this.resources.isSupply(resource));
    this.pricing.priced(this.master.prices, new Set(legs.map((resource) => this.resources.thing(resource))));
    this.proofs.repriced(changed, touched);
  }

  private penalties(): number {
    const { changePenalty } = this.problem;
    if (changePenalty === 0) return 0;
    let quantity = 0;
    for (const entries of this.problem.entries.current.values())
      for (const entry of entries) quantity += entry.quantity;
    return changePenalty * quantity;
  }

  /** Large problems start from prices near the optimum. */
  private begin(isOver: () => boolean, isLate: () => boolean, master: Stopwatch): void {
    this.hasBegun = true;
    if (this.problem.demandById.size < this.tuning.seekFrom || !(this.master instanceof SimplexMaster)) return;
    const simplex = this.master;
    const { prices, columns } = beginning(this.problem, this.resources, this.proofs.seeking(), isOver);
    for (const column of columns) this.pool.add(column);
    master.run(() => simplex.startAt(prices, isLate));
  }

  private objective(): number {
    let total = this.penalties() + this.pool.cost;
    for (const { index, unservedPenalty } of this.problem.demandById.values())
      total += unservedPenalty * this.master.unserved[index]!;
    return total;
  }
}

/** Microseconds are enough. */
const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
