import { type Problem, type ProblemDocument } from '@portolan/domain';
import fc from 'fast-check';
import { primalInfeasibility } from '../certificate.js';
import { type Flow, Resources } from '../columns.js';
import { engineNamed } from '../engines/engines.js';
import type { Engine } from '../engines/engine.js';
import { LiveProblem } from '../live/live-problem.js';
import { Pool, type PooledFlow } from '../live/pool.js';
import { SimplexMaster } from '../live/simplex-master.js';
import { type Pricing, pricingOf } from '../pricing.js';
import { plainCost } from '../search/timed-search.js';
import { randomProblem, seeded } from '../testing/random-problem.js';
import { wholePlan } from './integer-program.js';
import { isWhole } from './units.js';
import { WholePlans } from './whole-plans.js';

const WAYS = 4;

/** A random problem whose goods move in units of 2 to 5. */
function inUnits(seed: number): ProblemDocument {
  const random = seeded(seed);
  const document = randomProblem(random);
  return { ...document, demands: document.demands.map((demand, at) => ({ ...demand, unitSize: 2 + (at % 4) })) };
}

/** The optimum over some itineraries of each demand, and the whole plans that are made of it. */
class Desk {
  readonly problem: LiveProblem;
  readonly resources: Resources;
  readonly pool: Pool;
  readonly plans: WholePlans;
  private readonly master: SimplexMaster;

  constructor(
    document: ProblemDocument,
    private readonly engine: Engine,
  ) {
    this.problem = new LiveProblem(document);
    this.resources = new Resources(this.problem);
    this.pool = new Pool(this.problem, this.resources);
    this.master = new SimplexMaster(this.problem, this.resources, this.pool, engine);
    this.master.fit();
    const free = pricingOf(this.problem, this.resources, []);
    for (const demand of this.problem.demandById.values()) {
      for (const found of free.several(demand, WAYS, demand.unservedPenalty))
        this.pool.add(plainCost(found, demand, this.resources, []));
      this.master.enter(demand.index);
    }
    // The bound is that of these itineraries: no others are looked for.
    const pricing: Pricing = Object.assign(Object.create(free) as Pricing, { several: () => [] });
    this.plans = new WholePlans(this.problem, this.resources, this.pool, pricing, engine, this.master, 0);
  }

  /** What the linear program carries, and what it costs. */
  relaxed(): { flows: PooledFlow[]; cost: number } {
    this.master.solve(new Map());
    const flows = [...this.problem.demandById.values()].flatMap(({ index }) => this.pool.flowsOf(index));
    return { flows, cost: this.plans.costOf(flows) };
  }

  best(): number {
    return this.plans.costOf(wholePlan(this.engine, this.problem, this.resources, this.pool, { seconds: 10 })!);
  }

  /** Leaves so much less room on everything. */
  shrink(share: number): void {
    for (const leg of this.problem.legByKey.values()) {
      Object.assign(leg, { capacity: Math.floor(leg.capacity * share) });
      this.master.disturb(this.resources.capacity(leg.index));
    }
  }
}

const infeasible = (problem: Problem, resources: Resources, flows: readonly Flow[]) =>
  primalInfeasibility(problem, resources, flows);

describe('plans in whole units', () => {
  it('fit, are whole, cost no less than the linear program, and little more than the best there is', async () => {
    const engine = await engineNamed('highs');
    let [costs, best, cases] = [0, 0, 0];
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const desk = new Desk(inUnits(seed), engine);
        const { flows, cost } = desk.relaxed();
        const whole = desk.plans.of(flows, cost);
        expect(isWhole(desk.problem, whole)).toBe(true);
        expect(infeasible(desk.problem, desk.resources, whole)).toBeLessThan(1e-6);
        const scale = Math.max(1, Math.abs(cost));
        expect((cost - desk.plans.costOf(whole)) / scale).toBeLessThan(1e-9);
        costs += (desk.plans.costOf(whole) - cost) / scale;
        best += (desk.best() - cost) / scale;
        cases++;
      }),
      { numRuns: 150 },
    );
    // On average; single ones of a handful of demands may be far from it.
    expect((costs - best) / cases).toBeLessThan(0.02);
  }, 120_000);

  it('are the same again where nothing has changed, and still fit where there is less room', async () => {
    const engine = await engineNamed('highs');
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const desk = new Desk(inUnits(seed), engine);
        const before = desk.relaxed();
        const first = desk.plans.costOf(desk.plans.of(before.flows, before.cost));
        expect(desk.plans.costOf(desk.plans.of(before.flows, before.cost))).toBeLessThanOrEqual(first + 1e-6);
        desk.shrink(0.6);
        const { flows, cost } = desk.relaxed();
        const whole = desk.plans.of(flows, cost);
        expect(isWhole(desk.problem, whole)).toBe(true);
        expect(infeasible(desk.problem, desk.resources, whole)).toBeLessThan(1e-6);
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
