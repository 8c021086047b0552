import { createHash } from 'node:crypto';
import { parseProblem } from '@portolan/domain';
import { type HinterlandSize, syntheticHinterland } from './index.js';

const digest = (size: HinterlandSize): string =>
  createHash('sha256')
    .update(JSON.stringify(syntheticHinterland(size).problem))
    .digest('hex');

describe('the problem of a synthetic hinterland', () => {
  it.each([
    [1, 1],
    [2, 7],
    [10, 1],
    [40, 2],
    [300, 1],
    [300, 4_294_967_296],
    [3000, 5],
  ])('of %d shipments from seed %d parses without errors and has as many demands', (shipments, seed) => {
    const { problem } = syntheticHinterland({ shipments, seed });
    expect(parseProblem(problem)).toMatchObject({ ok: true });
    expect(problem.demands).toHaveLength(shipments);
  });

  it('is the same to the byte for the same size and seed, and another for another seed', () => {
    expect(digest({ shipments: 300, seed: 1 })).toBe(digest({ shipments: 300, seed: 1 }));
    expect(digest({ shipments: 300, seed: 1 })).not.toBe(digest({ shipments: 300, seed: 2 }));
  });

  it('has goods in whole units where a unit size is asked for, and only there', () => {
    const unitSizes = (size: HinterlandSize) =>
      new Set(syntheticHinterland(size).problem.demands.map((d) => d.unitSize));
    expect(unitSizes({ shipments: 50, seed: 1, unitSize: 1 })).toEqual(new Set([1]));
    expect(unitSizes({ shipments: 50, seed: 1 })).toEqual(new Set([undefined]));
  });

  it('grows in legs and in room per leg', () => {
    const [small, large] = [300, 10_000].map((shipments) => legs({ shipments, seed: 1 }));
    expect(large!.length).toBeGreaterThan(5 * small!.length);
    expect(large!.length).toBeLessThan(20 * small!.length);
    expect(mean(large!)).toBeGreaterThan(2 * mean(small!));
  });

  it('has everything that makes planning hard: goods on board, lots, reefers, closures, stays on board', () => {
    const { problem } = syntheticHinterland({ shipments: 1000, seed: 3 });
    const share = (count: number) => count / problem.demands.length;
    expect(share(problem.demands.filter(({ product }) => product !== undefined).length)).toBeCloseTo(0.05);
    expect(share(problem.demands.filter(({ onBoard }) => onBoard).length)).toBeGreaterThan(0.005);
    expect(share(problem.demands.filter(({ reefer }) => reefer).length)).toBeGreaterThan(0.1);
    expect(problem.locations.filter(({ closures }) => closures).length).toBeGreaterThan(2);
    expect(problem.services.filter((service) => (service.legs?.length ?? 0) > 3).length).toBeGreaterThan(50);
  });
});

const legs = (size: HinterlandSize): number[] =>
  syntheticHinterland(size).problem.services.flatMap(({ legs = [] }) => legs.map(({ capacity }) => capacity));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
