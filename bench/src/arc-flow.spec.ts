import { parseProblem } from '@portolan/domain';
import { engineNamed } from '@portolan/planning';
import { randomStaticProblem } from '../../libs/planning/src/testing/random-problem.js';
import { arcFlow } from './arc-flow.js';
import { isSame } from './comparison.js';
import { linerNetwork } from './liner-network.js';
import { opened } from './measurement.js';
import { seeded } from '../../libs/planning/src/testing/random-problem.js';
import { type SolverName, solverNames, solvers } from './solvers.js';

const programOf = (document: unknown) => {
  const parsed = parseProblem(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return arcFlow(parsed.problem);
};

const optimumBy = async (solver: SolverName, document: unknown) => (await solvers[solver](programOf(document)))();

describe('the arc-flow program', () => {
  it.each(solverNames)('has the optimum of the planner on small liner networks, by %s', async (solver) => {
    const engine = await engineNamed('simplex');
    for (let seed = 1; seed <= 4; seed++) {
      const network = linerNetwork({ ports: 6, services: 4, demands: 12 }, seed);
      const { objective } = opened(network, engine).optimize();
      expect([seed, isSame(await optimumBy(solver, network), objective)]).toEqual([seed, true]);
    }
  });

  it('has the optimum of the planner on random static problems, where ports are called twice', async () => {
    const engine = await engineNamed('simplex');
    let compared = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const document = randomStaticProblem(seeded(seed));
      // HiGHS refuses a program without columns: there are no goods.
      if (programOf(document).columns.length === 0) continue;
      const { objective } = opened(document, engine).optimize();
      expect([seed, isSame(await optimumBy('HiGHS', document), objective)]).toEqual([seed, true]);
      compared++;
    }
    expect(compared).toBeGreaterThan(140);
  });
});

describe('a plan that begins near the optimal prices', () => {
  it.each([1, 2, 3])('ends at the optimum, network %i', async (seed) => {
    const network = linerNetwork({ ports: 9, services: 6, demands: 350 }, seed);
    const { objective, gap } = opened(network, await engineNamed('simplex')).optimize();
    expect(gap).toBeLessThan(1e-6);
    expect(isSame(await optimumBy('HiGHS', network), objective)).toBe(true);
  });
});
