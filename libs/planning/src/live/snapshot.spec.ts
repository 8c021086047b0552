import fc from 'fast-check';
import type { Tuning } from '../catalogue/tuning.js';
import type { Engine } from '../engines/engine.js';
import { engineNamed } from '../engines/engines.js';
import { Packer, UnpackFailure } from '../packing.js';
import { SharedTables } from '../search/shared-tables.js';
import { randomChanges } from '../testing/random-change.js';
import { randomLineProblem } from '../testing/random-line-problem.js';
import { randomProblem, randomStaticProblem, seeded } from '../testing/random-problem.js';
import { randomTuning } from '../testing/random-tuning.js';
import { LivePlan } from './live-plan.js';

const CASES = Number(process.env['PORTOLAN_CASES'] ?? 1000);

let engine: Engine;
beforeAll(async () => (engine = await engineNamed('simplex')));

/** A plan that has seen some changes. */
function lived(document: Parameters<typeof LivePlan.of>[0], random: () => number, tuning?: Tuning): LivePlan {
  const opened = LivePlan.of(document, engine, tuning);
  if ('faults' in opened) throw new Error(JSON.stringify(opened.faults));
  const { plan } = opened;
  for (let left = Math.floor(random() * 4); left > 0; left--) {
    plan.optimize();
    plan.apply(randomChanges(random, plan.problem.document));
  }
  plan.optimize();
  return plan;
}

describe('the snapshot of a live plan', () => {
  it.each([
    ['timed', randomProblem, 0.4],
    ['timed (impatient)', randomProblem, 0.3],
    ['static', randomStaticProblem, 0.15],
    ['timed (long lines)', randomLineProblem, 0.15],
  ] as const)('of a random %s problem goes on as the plan does', (kind, problem, share) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seeded(seed);
        const tuning = kind.includes('impatient') ? randomTuning(random) : undefined;
        const live = lived(problem(random), random, tuning);
        const restored = LivePlan.restored(live.snapshot()!, engine, { tuning });
        expect(restored.problem.document).toEqual(live.problem.document);
        for (let step = 0; step < 3; step++) {
          const [wanted, found] = [live.optimize(), restored.optimize()];
          const scale = Math.max(1, Math.abs(wanted.objective));
          expect(Math.abs(wanted.objective - found.objective) / scale).toBeLessThan(1e-6);
          expect(Math.max(found.gap, found.dualInfeasibility)).toBeLessThan(1e-6);
          expect(restored.plan().certificate.primalInfeasibility).toBeLessThan(1e-6);
          const changes = randomChanges(random, live.problem.document);
          expect(restored.apply(changes)).toEqual(live.apply(changes));
        }
      }),
      { numRuns: Math.ceil(CASES * share) },
    );
  });

  it('takes no pivot and no search to be at the optimum again', () => {
    let [rows, searches] = [0, 0];
    for (let seed = 0; seed < 200; seed++) {
      const restored = LivePlan.restored(lived(randomProblem(seeded(seed)), seeded(seed)).snapshot()!, engine);
      const outcome = restored.optimize();
      rows += outcome.rows;
      searches += outcome.searches;
    }
    expect({ rows, searches }).toEqual({ rows: 0, searches: 0 });
  });

  it('is the same whenever it is taken, and of a plan restored from it', () => {
    const live = lived(randomProblem(seeded(5)), seeded(6));
    const snapshot = live.snapshot()!;
    expect(live.snapshot()).toEqual(snapshot);
    const [one, two] = [1, 2].map(() => LivePlan.restored(snapshot, engine));
    const changes = randomChanges(seeded(7), live.problem.document);
    for (const each of [one!, two!]) {
      each.optimize();
      each.apply(changes);
      each.optimize();
    }
    const { statistics: _one, ...first } = one!.plan();
    const { statistics: _two, ...second } = two!.plan();
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  });

  it.each([false, true])(
    'makes plans that share tables of bounds the same, bytes and all (impatient: %s)',
    (isImpatient) => {
      let hits = 0;
      for (let seed = 0; seed < CASES / 10; seed++) {
        const random = seeded(seed);
        const tuning = isImpatient ? randomTuning(random) : undefined;
        const live = lived(randomProblem(random), random, tuning);
        const snapshot = live.snapshot()!;
        const tables = new SharedTables();
        const shared = LivePlan.restored(snapshot, engine, { tuning, tables });
        // One that goes another way first, so that not all tables are of the same network.
        const other = LivePlan.restored(snapshot, engine, { tuning, tables });
        const alone = LivePlan.restored(snapshot, engine, { tuning });
        other.apply(randomChanges(random, other.problem.document));
        other.optimize();
        for (let step = 0; step < 3; step++) {
          const changes = randomChanges(random, alone.problem.document);
          for (const each of [shared, alone]) {
            each.apply(changes);
            each.optimize();
          }
          expect(JSON.stringify(shared.plan())).toBe(JSON.stringify(alone.plan()));
        }
        hits += tables.hits;
      }
      expect(hits).toBeGreaterThan(0);
    },
  );

  it('is not to be had before the first optimum, after changes, and with engines that keep no vertex', async () => {
    const document = randomProblem(seeded(1));
    const fresh = new LivePlan(document, engine);
    expect(fresh.snapshot()).toBeUndefined();
    fresh.optimize();
    expect(fresh.snapshot()).toBeDefined();
    fresh.apply([{ change: 'parameters', parameters: { changePenaltyPerUnit: 3 } }]);
    expect(fresh.snapshot()).toBeUndefined();
    const other = new LivePlan(document, await engineNamed('highs'));
    other.optimize();
    expect(other.snapshot()).toBeUndefined();
  });

  it('that is none, or cut short, or of another version is refused', () => {
    const snapshot = lived(randomProblem(seeded(3)), seeded(4)).snapshot()!;
    for (const bytes of [new Uint8Array(), new Uint8Array(100), snapshot.slice(0, -1), snapshot.slice(0, 40)])
      expect(() => LivePlan.restored(bytes, engine)).toThrow(UnpackFailure);
    expect(() => LivePlan.restored(new Packer().bytes({ format: 'portolan.live/0' }), engine)).toThrow(
      /portolan.live\/0/,
    );
  });
});
