import { planDocument } from '@portolan/domain';
import fc from 'fast-check';
import type { Tuning } from '../catalogue/tuning.js';
import { type Engine, EngineFailure } from '../engines/engine.js';
import { type EngineName, engineNamed } from '../engines/engines.js';
import { randomChanges, timePasses } from '../testing/random-change.js';
import { randomLineProblem } from '../testing/random-line-problem.js';
import { randomTuning } from '../testing/random-tuning.js';
import { randomProblem, randomStaticProblem, seeded } from '../testing/random-problem.js';
import { LivePlan, type Outcome } from './live-plan.js';

const CASES = Number(process.env['PORTOLAN_CASES'] ?? 2000);
const STEPS = 3;

const opened = (document: unknown, engine: Engine, tuning?: Tuning): LivePlan => {
  const outcome = LivePlan.of(document, engine, tuning);
  if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults));
  return outcome.plan;
};

/** How far a live plan is from one made from scratch, and from its own proof: the worst of both, relative. */
function distance(live: LivePlan, warm: Outcome, engine: Engine): number {
  const cold = opened(structuredClone(live.problem.document), engine).optimize();
  const document = planDocument.parse(live.plan());
  const scale = Math.max(1, Math.abs(cold.objective));
  return Math.max(
    Math.abs(warm.objective - cold.objective) / scale,
    Math.abs(document.objective.total - warm.objective) / scale,
    warm.gap,
    warm.dualInfeasibility,
    document.certificate.primalInfeasibility,
    cold.gap,
  );
}

describe('a live plan', () => {
  it.each([
    ['timed', 'simplex', randomProblem, 0.5],
    ['timed (impatient)', 'simplex', randomProblem, 0.3],
    ['static', 'simplex', randomStaticProblem, 0.2],
    ['timed (long lines)', 'simplex', randomLineProblem, 0.1],
    ['timed (goods wait)', 'simplex', randomProblem, 0.2],
    ['timed (goods wait; impatient)', 'simplex', randomProblem, 0.2],
    ['timed', 'highs', randomProblem, 0.05],
    ['static', 'highs', randomStaticProblem, 0.05],
  ] as const)(
    'of a random %s problem stays the optimum through random changes, with its proof (%s)',
    async (kind, name: EngineName, problem, share) => {
      const engine = await engineNamed(name);
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const random = seeded(seed);
          const tuning = kind.includes('impatient') ? randomTuning(random) : undefined;
          const live = opened(problem(random), engine, tuning);
          for (let step = 0; step <= STEPS; step++) {
            const passes = step > 0 && kind.includes('wait') ? timePasses(random, live.problem.document) : [];
            if (step > 0) live.apply([...passes, ...randomChanges(random, live.problem.document)]);
            expect(distance(live, live.optimize(), engine)).toBeLessThan(1e-6);
          }
        }),
        { numRuns: Math.ceil(CASES * share) },
      );
    },
    600_000,
  );

  it('keeps ways that ride into a place long after it was closed, when it is open at that time, too', async () => {
    const engine = await engineNamed('simplex');
    const random = seeded(1_318_058);
    const live = opened(randomLineProblem(random), engine);
    live.optimize();
    const changes = randomChanges(random, live.problem.document);
    expect(changes).toMatchObject([{ change: 'location', location: { id: 'C', closures: [] } }]);
    live.apply(changes);
    expect(distance(live, live.optimize(), engine)).toBeLessThan(1e-6);
  });

  it('has all digits where a leg is gone that was full, when its goods are gone as well', async () => {
    const engine = await engineNamed('simplex');
    const random = seeded(1_328_668);
    const live = opened(randomProblem(random), engine);
    for (let step = 0; step <= STEPS; step++) {
      if (step > 0) live.apply(randomChanges(random, live.problem.document));
      expect(distance(live, live.optimize(), engine)).toBeLessThan(1e-6);
    }
  });

  it('is the optimum of a problem without demands, without services, and with nothing that has room', async () => {
    const engine = await engineNamed('simplex');
    const base = randomProblem(seeded(3));
    const full = base.services.map((service) => ({
      ...service,
      ...(service.legs && { legs: service.legs.map((leg) => ({ ...leg, capacity: 0 })) }),
      ...(service.onDemand && { onDemand: { ...service.onDemand, capacity: 0 } }),
    }));
    for (const document of [
      { ...base, demands: [], current: [] },
      { ...base, services: [], demands: base.demands.filter(({ onBoard }) => !onBoard) },
      { ...base, services: full },
    ]) {
      const live = opened(document, engine);
      expect(distance(live, live.optimize(), engine)).toBeLessThan(1e-6);
    }
  });

  it.each([1e-6, 1e9])('is the optimum where money and quantities are scaled by %f', async (scale) => {
    const engine = await engineNamed('simplex');
    const scaled = (value: unknown, name = ''): unknown =>
      typeof value === 'number'
        ? ['quantity', 'capacity', 'cost', 'unservedPenalty', 'reeferPlugs'].includes(name)
          ? value * scale
          : value
        : Array.isArray(value)
          ? value.map((each) => scaled(each))
          : typeof value === 'object' && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, scaled(each, key)]))
            : value;
    for (let seed = 0; seed < 20; seed++) {
      const live = opened(scaled(randomProblem(seeded(seed))), engine);
      expect(distance(live, live.optimize(), engine)).toBeLessThan(1e-6);
    }
  });

  it('changes nothing when one of several changes is wrong, and says which', async () => {
    const live = opened(randomProblem(seeded(1)), await engineNamed('simplex'));
    const before = [live.optimize().objective, JSON.stringify(live.problem.document)];
    const demand = live.problem.document.demands[0]!;
    const faults = live.apply([
      { change: 'demand', demand: { ...demand, quantity: 99 } },
      {
        change: 'demand',
        demand: { id: 'X', from: 'A', to: 'NOWHERE', quantity: 1, available: '2026-03-02T00:00:00Z' },
      },
    ]);
    expect(faults).toMatchObject([{ pointer: '/to', value: 'NOWHERE', message: expect.stringContaining('demand X') }]);
    expect([live.optimize().objective, JSON.stringify(live.problem.document)]).toEqual(before);
  });

  it('stops when it is told to, with an honest gap, and goes on from there', async () => {
    const engine = await engineNamed('simplex');
    const live = opened(randomProblem(seeded(4)), engine);
    const early = live.optimize({ cancelled: () => true });
    const { certificate, objective } = planDocument.parse(live.plan());
    const late = live.optimize();
    expect([early.stopped, late.stopped]).toEqual([true, false]);
    expect(certificate.primalInfeasibility).toBeLessThan(1e-6);
    expect(certificate.dualBound).toBeLessThanOrEqual(late.objective + 1e-6 * Math.abs(late.objective));
    expect(objective.total).toBeGreaterThanOrEqual(late.objective - 1e-6 * Math.abs(late.objective));
  });

  it('stops at the deadline with a plan that keeps to the limits and an honest gap', async () => {
    const engine = await engineNamed('simplex');
    let stopped = 0;
    for (let seed = 0; seed < 40; seed++) {
      const live = opened(randomProblem(seeded(seed)), engine);
      const early = live.optimize({ deadline: 0, clock: () => 1 });
      const plan = live.plan();
      const best = live.optimize();
      if (early.stopped) stopped++;
      expect(plan.certificate.primalInfeasibility).toBeLessThan(1e-6);
      expect(early.dualBound).toBeLessThanOrEqual(best.objective + 1e-6 * Math.max(1, Math.abs(best.objective)));
      expect(early.objective).toBeGreaterThanOrEqual(best.objective - 1e-6 * Math.max(1, Math.abs(best.objective)));
    }
    expect(stopped).toBeGreaterThan(10);
  });

  it('tells how much of its time the master program took, by the clock that it is given', async () => {
    let now = 0;
    const live = opened(randomProblem(seeded(1)), await engineNamed('simplex'));
    const { milliseconds, masterMilliseconds } = live.optimize({ clock: () => now++ });
    expect(masterMilliseconds).toBeGreaterThan(0);
    expect(masterMilliseconds).toBeLessThan(milliseconds);
  });

  it('does not gather every itinerary that was ever the cheapest', async () => {
    const trucks = Array.from({ length: 40 }, (_, index) => `TRUCK-${index}`);
    const live = opened(
      {
        format: 'portolan.problem/1',
        locations: [{ id: 'A' }, { id: 'B' }],
        services: trucks.map((id) => ({ id, onDemand: { from: 'A', to: 'B', duration: 'PT3H', cost: 100 } })),
        demands: [{ id: 'D', from: 'A', to: 'B', quantity: 2, available: '2026-03-02T00:00:00Z' }],
      },
      await engineNamed('simplex'),
    );
    trucks.forEach((service, index) => {
      live.apply([{ change: 'leg', service, cost: 90 - index }]);
      const { objective, columns, gap } = live.optimize();
      expect([objective, gap]).toEqual([2 * (90 - index), 0]);
      expect(columns).toBeLessThanOrEqual(16);
    });
  });

  it('lets a failure of its engine be seen', async () => {
    const failing: Engine = {
      name: 'highs',
      solve: () => {
        throw new EngineFailure('out of order');
      },
      solveInteger: () => undefined,
    };
    const live = opened(randomProblem(seeded(1)), failing);
    expect(() => live.optimize()).toThrow('out of order');
  });
});
