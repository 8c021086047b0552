import type { BindingResource, Explanation, PlanChange, ProblemDocument } from '@portolan/domain';
import type { Engine } from '../engines/engine.js';
import { engineNamed } from '../engines/engines.js';
import { explain } from '../explanation/explain.js';
import { crowded, direct } from '../testing/examples.js';
import { randomChanges } from '../testing/random-change.js';
import { randomLineProblem } from '../testing/random-line-problem.js';
import { randomProblem, randomStaticProblem, seeded } from '../testing/random-problem.js';
import { LivePlan } from './live-plan.js';

const engine = await engineNamed('simplex');

function opened(document: ProblemDocument, by: Engine = engine): LivePlan {
  const live = new LivePlan(document, by);
  live.optimize();
  return live;
}

function explained(live: LivePlan, demand: string): Explanation {
  const outcome = live.explain(demand);
  if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults));
  return outcome.explanation;
}

const crowdedExample = (): ProblemDocument => {
  const document = direct();
  crowded(document);
  return document;
};

/** Without ranges, which only a live plan knows. */
const plainFacts = (explanation: Explanation): unknown =>
  JSON.parse(JSON.stringify(explanation, (key, value: unknown) => (key === 'range' ? undefined : value)));

describe('a live plan', () => {
  it('explains a demand: costs, what is full and for how far its price holds, the next best', () => {
    const { flows, nextBest } = explained(opened(crowdedExample()), 'E');
    expect(flows[0]).toMatchObject({
      quantity: 10,
      parts: { transport: 40 },
      binding: [{ service: 'BARGE', shadowPrice: -60, range: { from: 0, to: 12 } }],
    });
    expect(nextBest).toEqual([]);
    const [next] = explained(opened(crowdedExample()), 'D').nextBest;
    expect(next).toMatchObject({ costsMore: 30, because: [{ kind: 'full', by: 60 }], saves: 30 });
  });

  it('explains what has changed, without being asked to optimize', () => {
    const live = opened(crowdedExample());
    expect(explained(live, 'E').marginalCost).toBe(100);
    live.apply([{ change: 'leg', service: 'BARGE', leg: '1', capacity: 20 }]);
    expect(explained(live, 'E')).toMatchObject({ marginalCost: 40, flows: [{ quantity: 12, binding: [] }] });
  });

  it('names the demands there are where it is asked about another one', () => {
    expect(opened(crowdedExample()).explain('F')).toEqual({
      faults: [{ pointer: '', value: 'F', message: 'is not the id of a demand; there are D, E' }],
    });
    const [first] = direct().demands;
    const many = { ...direct(), demands: Array.from({ length: 12 }, (_, at) => ({ ...first!, id: `D${at}` })) };
    expect(opened(many).explain('F')).toMatchObject({
      faults: [{ message: expect.stringMatching(/D9, and 2 more$/) }],
    });
    expect(opened({ ...direct(), demands: [] }).explain('F')).toMatchObject({
      faults: [{ message: 'is not the id of a demand; there are none' }],
    });
  });

  it('says that prices and ranges are those of divided goods where whole units make the plan dearer', () => {
    const document = crowdedExample();
    expect(explained(opened(document), 'E').relaxed).toBeUndefined();
    Object.assign(document.demands[1]!, { unitSize: 4 });
    const { relaxed, flows } = explained(opened(document), 'E');
    expect(relaxed).toBe(true);
    expect(flows.flatMap(({ binding }) => binding.map(({ range }) => range))).toEqual([{ from: 0, to: 12 }]);
  });

  it('tells no range, nor that goods were divided, where it was stopped before its prices were proven', () => {
    const live = new LivePlan(crowdedExample(), engine);
    live.optimize({ deadline: 0 });
    expect(live.plan().certificate.dualInfeasibility).toBeGreaterThan(0);
    const { relaxed, flows } = explained(live, 'E');
    expect([relaxed, flows]).toEqual([undefined, []]);
  });

  it.each([
    ['timed', randomProblem],
    ['timed, with many legs', randomLineProblem],
    ['static', randomStaticProblem],
  ] as const)('explains after random changes as one made anew, but for ranges (%s)', (_, random) => {
    for (let seed = 1; seed <= 20; seed++) {
      const next = seeded(seed);
      const live = opened(random(next));
      live.apply(randomChanges(next, live.problem.document));
      const plan = live.plan();
      for (const id of live.problem.demandById.keys())
        expect(plainFacts(explained(live, id))).toEqual(plainFacts(explain(live.problem, plan, id)));
    }
  });

  it.each([
    ['timed', randomProblem, 60],
    ['timed, with many legs', randomLineProblem, 30],
  ] as const)('gives ranges at whose ends the price has held, and no wider ones (%s)', (_, random, cases) => {
    let [held, ended] = [0, 0];
    for (let seed = 1; seed <= cases; seed++) {
      const live = opened(random(seeded(seed)));
      const { total } = live.plan().objective;
      for (const resource of bindingIn(live)) {
        const { shadowPrice, capacity, range } = resource;
        for (const limit of [range!.from, range!.to]) {
          const moved = totalWith(live, resource, limit);
          expect(moved).toBeCloseTo(total + shadowPrice * (limit - capacity), 3);
          held++;
        }
        // Beyond, another unit saves less.
        const beyond = totalWith(live, resource, range!.to + 1);
        if (beyond > total + shadowPrice * (range!.to + 1 - capacity) + 1e-3) ended++;
      }
    }
    expect(held).toBeGreaterThan(20);
    expect(ended).toBeGreaterThan(0);
  });

  it('knows ranges with whatever engine', async () => {
    const other = await engineNamed('javascript-lp-solver');
    expect(explained(opened(crowdedExample(), other), 'E').flows[0]!.binding[0]!.range).toEqual({ from: 0, to: 12 });
  });
});

function bindingIn(live: LivePlan): BindingResource[] {
  const all = [...live.problem.demandById.keys()]
    .flatMap((id) => explained(live, id).flows)
    .flatMap((flow) => flow.binding);
  const distinct = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...distinct.values()].filter(({ range }) => range !== undefined);
}

/** The total with another limit of a resource, solved from scratch. */
function totalWith(live: LivePlan, resource: BindingResource, limit: number): number {
  const other = new LivePlan(live.problem.document, engine);
  const faults = other.apply([changeOf(live.problem.document, resource, limit)]);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return other.optimize().objective;
}

function changeOf({ supplies = [], services }: ProblemDocument, resource: BindingResource, limit: number): PlanChange {
  if (resource.resource === 'lot') {
    const supply = supplies.find(({ id }) => id === resource.supply)!;
    return { change: 'supply', supply: { ...supply, quantity: limit } };
  }
  const { service: id, leg } = resource;
  const service = services.find((each) => each.id === id)!;
  const terms = service.onDemand ?? service.legs!.find((each) => each.id === leg)!;
  const of = { change: 'leg', service: id, ...(leg !== undefined && { leg }) } as const;
  if (resource.resource === 'reeferPlugs') return { ...of, reeferPlugs: limit };
  // Plugs are as many as there are places, unless it is said.
  const plugs = terms.reeferPlugs ?? terms.capacity;
  return { ...of, capacity: limit, ...(plugs !== undefined && { reeferPlugs: plugs }) };
}
