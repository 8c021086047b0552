import { engineNamed } from '@portolan/planning';
import { syntheticHinterland } from '@portolan/synthetic';
import { changesOf } from './changes.js';
import { isSame } from './comparison.js';
import { linerNetwork } from './liner-network.js';
import { applied, opened } from './measurement.js';
import { solvers } from './solvers.js';

const documents = {
  hinterland: syntheticHinterland({ shipments: 60, seed: 1 }).problem,
  'liner network': linerNetwork({ ports: 12, services: 6, demands: 22 }, 1),
};

const streamOf = (document: (typeof documents)['hinterland'], count: number) => {
  const stream = changesOf(document, 7);
  return Array.from({ length: count }, () => stream.next().value);
};

describe.each(Object.entries(documents))('the stream of changes of a %s', (_, document) => {
  it('is the same for the same seed', () => {
    expect(streamOf(document, 60)).toEqual(streamOf(document, 60));
  });

  it('is valid, changes something each time, and stays near the problem it began with', async () => {
    const plan = opened(structuredClone(document), await engineNamed('simplex'));
    let before = JSON.stringify(plan.problem.document);
    for (const { kind, changes } of streamOf(document, 500)) {
      applied(plan, changes);
      const after = JSON.stringify(plan.problem.document);
      expect([kind, after === before]).toEqual([kind, false]);
      before = after;
      expect(Math.abs(plan.problem.demandById.size - document.demands.length)).toBeLessThanOrEqual(
        1 + Math.ceil(0.02 * document.demands.length),
      );
    }
    const { services } = plan.problem.document;
    expect(document.services.length - services.length).toBeLessThanOrEqual(Math.ceil(0.1 * document.services.length));
  });

  it('leaves a plan that is the optimum from scratch, and that of its final itineraries', async () => {
    const engine = await engineNamed('simplex');
    const plan = opened(structuredClone(document), engine);
    plan.optimize();
    for (const { changes } of streamOf(document, 80)) {
      applied(plan, changes);
      plan.optimize();
    }
    const { objective } = plan.optimize();
    expect(isSame(objective, opened(structuredClone(plan.problem.document), engine).optimize().objective)).toBe(true);
    const { parameters, current = [] } = plan.problem.document;
    const penalty = current.reduce((sum, { quantity }) => sum + quantity, 0) * (parameters?.changePenaltyPerUnit ?? 0);
    expect(isSame((await solvers.HiGHS(plan.program()))() + penalty, objective)).toBe(true);
  });
});
