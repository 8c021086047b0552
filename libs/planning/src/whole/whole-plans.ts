import type { Demand, Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';
import type { Engine } from '../engines/engine.js';
import type { Master } from '../live/master.js';
import type { Pool, PooledFlow } from '../live/pool.js';
import type { Pricing } from '../pricing.js';
import { plainCost } from '../search/timed-search.js';
import { wholePlan } from './integer-program.js';
import { Loads } from './loads.js';
import { Rounding, type WholePlan } from './rounding.js';
import { isWhole } from './units.js';

/** Pools up to this size are given to an integer program, which proves what is best of them. */
const SMALL_POOL = 250;
const SECONDS = 2;
/** So many ways round are looked for where a unit finds no room. */
const WAYS_ROUND = 6;
const EXACT = 1e-9;
/** Relative: beyond, integer programs look for better around the demands that lose most; so many of them, with so many demands each. */
const CLOSE = 0.004;
const NEIGHBOURHOODS = 8;
const MOST_NEAR = 120;
const SECONDS_AROUND = 0.5;
const MOST_VAIN = 1000;

/** Plans in whole units, from the optimum of the linear program. */
export class WholePlans {
  private readonly rounding: Rounding;
  /** Demands, with their quantities in the linear program, around which an integer program found nothing better. */
  private readonly vain = new Set<string>();

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly pool: Pool,
    private readonly pricing: Pricing,
    private readonly engine: Engine,
    private readonly master: Master,
    private readonly small = SMALL_POOL,
  ) {
    this.rounding = new Rounding(problem, resources, pool);
  }

  /**
   * @param relaxed the optimum of the linear program
   * @param bound what that costs, as `costOf` counts: no whole plan costs less
   */
  of(relaxed: readonly PooledFlow[], bound: number): readonly PooledFlow[] {
    if (isWhole(this.problem, relaxed)) return relaxed;
    let plan = this.rounding.plan();
    if (plan.unserved.length > 0 && this.lookForWaysRound(plan)) plan = this.rounding.plan();
    if (this.vain.size > MOST_VAIN) this.vain.clear();
    const gap = ({ flows }: WholePlan) => (this.costOf(flows) - bound) / Math.max(1, Math.abs(bound));
    if (this.pool.size <= this.small) return gap(plan) <= EXACT ? plan.flows : this.exactly(plan);
    for (const around of this.worst(plan)) {
      if (gap(plan) <= CLOSE) break;
      const state = `${around} ${this.rounding.relaxed(around)}`;
      if (this.vain.has(state)) continue;
      const better = this.solvedAround(plan, around);
      if (better) plan = better;
      else this.vain.add(state);
    }
    return plan.flows;
  }

  private exactly(plan: WholePlan): readonly PooledFlow[] {
    const exact = wholePlan(this.engine, this.problem, this.resources, this.pool, { seconds: SECONDS });
    return exact && this.costOf(exact) < this.costOf(plan.flows) ? exact : plan.flows;
  }

  /** Demands that pay most beyond their price in the linear program. */
  private worst({ flows }: WholePlan): number[] {
    const beyond = new Map<number, number>();
    for (const { index, quantity, unservedPenalty } of this.problem.demandById.values())
      beyond.set(index, quantity * (unservedPenalty - this.master.marginal(index).price));
    for (const { column, quantity } of flows) {
      const { unservedPenalty } = this.problem.demands[column.demand]!;
      const priced = this.master.pricedCost(column);
      beyond.set(column.demand, beyond.get(column.demand)! - quantity * (unservedPenalty - priced));
    }
    return [...beyond]
      .filter(([, loss]) => loss > 1)
      .sort(([a, x], [b, y]) => y - x || a - b)
      .slice(0, NEIGHBOURHOODS)
      .map(([demand]) => demand);
  }

  /** Everybody on the resources that a demand could use is placed anew, by an integer program; the others stay. */
  private solvedAround(plan: WholePlan, demand: number): WholePlan | undefined {
    const near = new Set([demand]);
    const contested = new Set([...this.pool.of(demand)].flatMap(({ uses }) => uses.map(({ resource }) => resource)));
    for (const { column } of plan.flows)
      if (near.size < MOST_NEAR && column.uses.some(({ resource }) => contested.has(resource))) near.add(column.demand);
    const others = plan.flows.filter(({ column }) => !near.has(column.demand));
    const loads = new Loads(this.resources);
    for (const { column, quantity } of others) loads.carry(column, quantity);
    const terms = { seconds: SECONDS_AROUND, demands: near, limit: (resource: number) => loads.left(resource) };
    const better = wholePlan(this.engine, this.problem, this.resources, this.pool, terms);
    if (!better || this.costOf([...others, ...better]) >= this.costOf(plan.flows)) return undefined;
    this.rounding.adopt(near, better);
    return { flows: [...others, ...better], unserved: plan.unserved };
  }

  /** Itineraries that the linear program had no use for. */
  private lookForWaysRound({ unserved }: WholePlan): boolean {
    let isNew = false;
    for (const demand of unserved) if (this.lookFor(demand)) isNew = true;
    return isNew;
  }

  private lookFor(demand: Demand): boolean {
    const { prices } = this.master;
    let isNew = false;
    for (const found of this.pricing.several(demand, WAYS_ROUND, demand.unservedPenalty)) {
      if (!this.pool.add(plainCost(found, demand, this.resources, prices))) continue;
      isNew = true;
      this.master.activate(demand.index);
    }
    return isNew;
  }

  /** What a plan costs, without what changing everything in force would cost, in which plans do not differ. */
  costOf(flows: readonly PooledFlow[]): number {
    const left = new Map<number, number>();
    let total = 0;
    for (const { index, quantity } of this.problem.demandById.values()) left.set(index, quantity);
    for (const { column, quantity } of flows) {
      total += quantity * column.cost - this.pool.rewardOf(column, quantity);
      left.set(column.demand, left.get(column.demand)! - quantity);
    }
    for (const [demand, quantity] of left)
      if (quantity > 0) total += quantity * this.problem.demands[demand]!.unservedPenalty;
    return total;
  }
}
