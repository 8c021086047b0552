import { engineNamed } from '@portolan/planning';
import { faultOf, problemKinds } from './law.js';

describe('the laws', () => {
  it.each(Object.keys(problemKinds))('are tried on %s problems', async (kind) => {
    const engine = await engineNamed('simplex');
    for (let seed = 1; seed <= 20; seed++) expect([seed, faultOf(kind, seed, engine)]).toEqual([seed, undefined]);
  });

  it('find an engine that does not reach the optimum', async () => {
    const highs = await engineNamed('highs');
    const stale = {
      ...highs,
      solve: (program: Parameters<typeof highs.solve>[0]) => {
        const solution = highs.solve(program);
        return { ...solution, values: Array.from(solution.values, (value) => value * 0.5) };
      },
    };
    const faults = [1, 2, 3, 4, 5].map((seed) => faultOf('timed', seed, stale));
    expect(faults.some((fault) => fault !== undefined)).toBe(true);
  });
});
