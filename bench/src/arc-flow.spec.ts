import { parseProblem } from '@portolan/domain';
import { LivePlan, engineNamed } from '@portolan/planning';
import { arcFlow } from './arc-flow.js';
import { changesOf } from './changes.js';
import { linerNetwork } from './liner-network.js';
import { solvers } from './solvers.js';

const network = (seed: number) => linerNetwork({ ports: 9, services: 6, demands: 20 }, seed);

const planOf = async (seed: number): Promise<LivePlan> => {
  const opened = LivePlan.of(network(seed), await engineNamed('simplex'));
  if ('faults' in opened) throw new Error(JSON.stringify(opened.faults));
  return opened.plan;
};

describe('the arc-flow program', () => {
  it.each([1, 2, 3, 4, 5, 6])('has the optimum of the planner, network %i, by every solver', async (seed) => {
    const parsed = parseProblem(network(seed));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const { objective } = (await planOf(seed)).optimize();
    const program = arcFlow(parsed.problem);
    expect(await solvers.HiGHS(program)).toBeCloseTo(objective, 2);
    expect(await solvers.GLPK(program)).toBeCloseTo(objective, 2);
  });
});

describe('the stream of changes', () => {
  it('is the same for the same seed, and what it says can be applied', async () => {
    const plan = await planOf(1);
    const some = (): unknown[] => {
      const stream = changesOf(network(1), 7);
      return Array.from({ length: 60 }, () => stream.next().value);
    };
    expect(some()).toEqual(some());
    for (const change of some()) expect(plan.apply((change as { changes: never[] }).changes)).toEqual([]);
    const program = plan.program();
    expect(await solvers.HiGHS(program)).toBeLessThanOrEqual(Number.MAX_VALUE);
  });
});
