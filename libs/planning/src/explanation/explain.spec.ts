import { type PlanDocument, type ProblemDocument, priceItinerary, type Explanation } from '@portolan/domain';
import { randomLineProblem } from '../testing/random-line-problem.js';
import { randomProblem, randomStaticProblem, seeded } from '../testing/random-problem.js';
import type { Ranges } from './explanation.js';
import { PlanExplanations, explain, explainLeg } from './explain.js';
import { type Change, at, crowded, direct, perishable, planned, rotations, scarceLot } from '../testing/examples.js';

const explained = async (document: ProblemDocument, demand = 'D', ...changes: Change[]): Promise<Explanation> => {
  const { problem, plan } = await planned(document, ...changes);
  return explain(problem, plan, demand);
};

const barge = { service: 'BARGE', leg: '1', mode: 'barge' };

describe('the explanation of what travels', () => {
  it('has the parts that the rules give, which add up to the cost of a unit', async () => {
    const { problem, plan } = await planned(perishable());
    const [flow] = explain(problem, plan, 'D').flows;
    const priced = priceItinerary(problem, 'D', 'LOT', [{ service: 'BARGE', leg: '1' }, { service: 'TRUCK' }]);
    if (!priced.possible) throw new Error(priced.reason);
    expect(flow!.parts).toEqual(priced.parts);
    expect(Object.values(flow!.parts).every((part) => part > 0)).toBe(true);
    expect(flow!.unitCost).toBeCloseTo(priced.unitCost, 6);
    const { revenue, ...costs } = flow!.parts;
    expect(Object.values(costs).reduce((sum, cost) => sum + cost) - revenue).toBeCloseTo(plan.flows[0]!.unitCost, 6);
  });

  it('tells lot, quantity, legs and times', async () => {
    const { flows, marginalCost, demand } = await explained(perishable());
    const leg = { ...barge, from: 'A', to: 'B', departs: at(10), arrives: at(20) };
    const truck = { service: 'TRUCK', mode: 'truck', from: 'B', to: 'C', departs: at(22), arrives: at(25) };
    expect(flows).toMatchObject([{ supply: 'LOT', quantity: 4, legs: [leg, truck], delivered: at(26) }]);
    expect({ demand, marginalCost }).toEqual({ demand: 'D', marginalCost: flows[0]!.unitCost });
  });

  it('names a full leg on it, with load, limit and shadow price', async () => {
    const { flows } = await explained(direct(), 'E', crowded);
    expect(flows.map(({ legs, quantity, binding }) => [legs[0]!.service, quantity, binding])).toEqual([
      ['BARGE', 10, [{ resource: 'capacity', ...barge, used: 10, capacity: 10, shadowPrice: -60 }]],
      ['TRUCK', 2, []],
    ]);
  });

  it('names plugs and lots, too', async () => {
    const cooled: Change = ({ services, demands }) => {
      Object.assign(services[0]!.legs![0]!, { capacity: 99, reeferPlugs: 10 });
      for (const demand of demands) demand.reefer = true;
    };
    const plugs = await explained(direct(), 'E', crowded, cooled);
    expect(plugs.flows[0]!.binding).toEqual([
      { resource: 'reeferPlugs', ...barge, used: 10, capacity: 10, shadowPrice: -60 },
    ]);
    const lot = await explained(direct(), 'E', scarceLot);
    expect(lot.flows[0]!.binding).toEqual([
      { resource: 'lot', supply: 'LOT1', used: 9, capacity: 9, shadowPrice: -(300 - 5 - 40) },
    ]);
  });

  it('says how far a shadow price holds where the caller knows', async () => {
    const { problem, plan } = await planned(direct(), crowded);
    const ranges: Ranges = (resource) =>
      resource.resource === 'capacity' && resource.service === 'BARGE' ? { from: 0, to: 12 } : undefined;
    const explanation = explain(problem, plan, 'E', { ranges });
    expect(explanation.flows[0]!.binding[0]!.range).toEqual({ from: 0, to: 12 });
  });

  it('is empty where nothing has to travel', async () => {
    const nothing = await explained(direct(), 'D', ({ demands }) => (demands[0]!.quantity = 0));
    expect([nothing.flows, nothing.unserved, nothing.nextBest]).toEqual([[], undefined, []]);
  });

  it('is only given of a demand there is', async () => {
    await expect(explained(direct(), 'NONE')).rejects.toThrow('there is no demand NONE in the problem');
  });
});

describe('the next best itineraries', () => {
  const because = async (demand: string, ...changes: Change[]) =>
    (await explained(direct(), demand, ...changes)).nextBest.map(({ legs, costsMore, because, saves }) => ({
      by: legs.map(({ service }) => service).join(),
      costsMore,
      because,
      saves,
    }));

  it('are dearer by a part of the cost', async () => {
    expect(await because('D')).toEqual([
      { by: 'RAIL', costsMore: 30, because: [{ kind: 'dearer', part: 'transport', by: 30 }], saves: 0 },
    ]);
  });

  it('take up what is full, though they be cheaper in other respects', async () => {
    const full = { resource: 'capacity', ...barge, used: 10, capacity: 10, shadowPrice: -60 };
    expect(await because('D', crowded)).toEqual([
      { by: 'BARGE', costsMore: 30, because: [{ kind: 'full', resources: [full], by: 60 }], saves: 30 },
    ]);
  });

  it('arrive late', async () => {
    const late: Change = ({ demands }) => Object.assign(demands[0]!, { due: at(24), latePerUnitHour: 7 });
    const causes = [
      { kind: 'late', hours: 10, by: 70 },
      { kind: 'dearer', part: 'transport', by: 30 },
    ];
    expect(await because('D', late)).toEqual([{ by: 'RAIL', costsMore: 100, because: causes, saves: 0 }]);
  });

  it('give up what is in force', async () => {
    const inForce: Change = (document) => {
      document.parameters = { changePenaltyPerUnit: 45 };
      document.current = [{ demand: 'D', itinerary: [{ service: 'RAIL', leg: '1' }], quantity: 4 }];
    };
    const { flows, nextBest } = await explained(direct(), 'D', inForce);
    expect(flows[0]!.legs[0]!.service).toBe('RAIL');
    expect(nextBest[0]).toMatchObject({ costsMore: 15, because: [{ kind: 'change', by: 45 }], saves: 30 });
  });

  it('of goods that stay are against leaving them', async () => {
    const { comparedWith, nextBest } = await explained(
      direct(),
      'D',
      ({ demands }) => (demands[0]!.unservedPenalty = 25),
    );
    expect(comparedWith).toBe('unserved');
    expect(nextBest[0]).toMatchObject({
      costsMore: 15,
      because: [{ kind: 'cheaper-unserved', cost: 40, unserved: 25, by: 15 }],
    });
  });

  it('are found along rotations, too', async () => {
    const { network, flows, nextBest } = await explained(rotations(), 'D');
    expect(network).toBe('static');
    expect(flows.map(({ legs, unitCost }) => [legs.map(({ service, leg }) => service + leg).join(), unitCost])).toEqual(
      [
        ['LONG0,LONG1', 3],
        ['SHORT0', 3],
      ],
    );
    expect(nextBest).toMatchObject([
      { costsMore: 5, because: [{ kind: 'dearer', part: 'handling', by: 5 }], saves: 0 },
    ]);
    expect(nextBest[0]!.legs.map(({ service, leg }) => service + leg)).toEqual(['LONG0', 'FEEDER0']);
  });
});

describe('the reason why goods stay', () => {
  const reason = async (demand: string, ...changes: Change[]) =>
    (await explained(direct(), demand, ...changes)).unserved?.reason;

  it('is that there is no lot', async () => {
    const product: Change = ({ demands }) =>
      (demands[0] = { id: 'D', product: 'pear', to: 'B', quantity: 4, available: at(0) });
    expect(await reason('D', product)).toEqual({ kind: 'no-supply', product: 'pear' });
    const empty: Change = (document) =>
      (document.supplies = [{ id: 'LOT', product: 'pear', location: 'A', quantity: 0, available: at(0) }]);
    expect(await reason('D', product, empty)).toEqual({ kind: 'no-supply', product: 'pear' });
  });

  it('is that no itinerary leads there in time', async () => {
    expect(await reason('D', ({ demands }) => (demands[0]!.latest = at(19)))).toEqual({ kind: 'no-itinerary' });
  });

  it('is that leaving them is cheaper, with both costs', async () => {
    expect(await reason('D', ({ demands }) => (demands[0]!.unservedPenalty = 25))).toEqual({
      kind: 'cheaper-unserved',
      cost: 40,
      unserved: 25,
    });
  });

  it('is what is full on the cheapest itinerary', async () => {
    const short: Change = ({ demands }) => Object.assign(demands[0]!, { quantity: 13, latest: at(20) });
    expect(await reason('D', short)).toEqual({
      kind: 'full',
      resources: [{ resource: 'capacity', ...barge, used: 10, capacity: 10, shadowPrice: -460 }],
    });
  });

  it('is, for whole units, what has no room for one more, though it has no price', async () => {
    const whole: Change = ({ demands }) => Object.assign(demands[0]!, { quantity: 10, unitSize: 5, latest: at(20) });
    const nine: Change = ({ services }) => (services[0]!.legs![0]!.capacity = 9);
    const { problem, plan } = await planned(direct(), whole, nine);
    const free = {
      ...plan,
      prices: { ...plan.prices, legs: plan.prices.legs.map((each) => ({ ...each, shadowPrice: 0 })) },
    };
    expect(explain(problem, free, 'D').unserved).toEqual({
      quantity: 5,
      reason: { kind: 'full', resources: [{ resource: 'capacity', ...barge, used: 5, capacity: 9, shadowPrice: 0 }] },
    });
  });
});

describe('the explanation of a leg', () => {
  it('says what one more unit is worth: what the total falls by', async () => {
    const { problem, plan } = await planned(direct(), crowded);
    const roomier = await planned(direct(), crowded, ({ services }) => (services[0]!.legs![0]!.capacity = 11));
    const { leg, resources } = explainLeg(problem, plan, 'BARGE', '1');
    expect(leg).toEqual({ ...barge, from: 'A', to: 'B', departs: at(10), arrives: at(20) });
    expect(resources).toEqual([
      { resource: 'capacity', ...barge, used: 10, capacity: 10, shadowPrice: -60, worth: 60 },
    ]);
    expect(plan.objective.total - roomier.plan.objective.total).toBeCloseTo(resources[0]!.worth, 6);
  });

  it('is worth nothing where there is room, and has no limit where there is none', async () => {
    const { problem, plan } = await planned(direct(), crowded);
    expect(explainLeg(problem, plan, 'RAIL', '1').resources).toMatchObject([{ used: 4, capacity: 99, worth: 0 }]);
    const [truck] = explainLeg(problem, plan, 'TRUCK').resources;
    expect(truck).toEqual({ resource: 'capacity', service: 'TRUCK', mode: 'truck', used: 2, shadowPrice: 0, worth: 0 });
  });

  it('tells of plugs where they have a limit of their own', async () => {
    const { problem, plan } = await planned(direct(), ({ services }) => (services[1]!.legs![0]!.reeferPlugs = 6));
    expect(explainLeg(problem, plan, 'RAIL', '1').resources).toMatchObject([
      { resource: 'capacity', used: 0, capacity: 99 },
      { resource: 'reeferPlugs', used: 0, capacity: 6, worth: 0 },
    ]);
  });

  it('is given of voyages, by their call', async () => {
    const { problem, plan } = await planned(rotations());
    expect(explainLeg(problem, plan, 'SHORT', '0')).toMatchObject({
      network: 'static',
      leg: { from: 'A', to: 'B' },
      resources: [{ used: 6, capacity: 6 }],
    });
    expect(() => explainLeg(problem, plan, 'SHORT', '9')).toThrow('there is no leg 9 of SHORT');
  });
});

describe('explanations of random problems', () => {
  const seeds = Array.from({ length: 25 }, (_, index) => index + 1);
  const kinds = [
    ['timed', randomProblem],
    ['timed, with many legs', randomLineProblem],
    ['static', randomStaticProblem],
  ] as const;

  it.each(kinds)('add up, and find nothing cheaper than the plan (%s)', async (_, random) => {
    let compared = 0;
    for (const seed of seeds) {
      const { problem, plan } = await planned(random(seeded(seed)));
      const explanations = new PlanExplanations(problem, plan);
      for (const id of problem.demandById.keys()) compared += addsUp(explanations.of(id), plan);
    }
    expect(compared).toBeGreaterThan(10);
  });

  it.each(kinds)('give the reason that the plan gives for what stays (%s)', async (_, random) => {
    let stay = 0;
    for (const seed of seeds) {
      const { problem, plan } = await planned(random(seeded(seed)));
      const explanations = new PlanExplanations(problem, plan);
      for (const { demand, quantity, reason } of plan.unserved) {
        stay++;
        const told = explanations.of(demand).unserved!;
        expect([told.quantity, told.reason.kind]).toEqual([quantity, kindOf(reason)]);
      }
    }
    expect(stay).toBeGreaterThan(0);
  });
});

/** Gives how many itineraries were compared. */
function addsUp({ demand, flows, nextBest }: Explanation, plan: PlanDocument): number {
  const written = plan.flows.filter((flow) => flow.demand === demand);
  expect(flows.map(({ quantity, unitCost }) => [quantity, unitCost])).toEqual(
    written.map(({ quantity, unitCost }) => [quantity, unitCost]),
  );
  for (const { parts, unitCost } of [...flows, ...nextBest]) {
    const { revenue, ...costs } = parts;
    expect(Object.values(costs).reduce((sum, cost) => sum + cost) - revenue).toBeCloseTo(unitCost, 4);
  }
  for (const { costsMore, because, saves } of nextBest) {
    expect(because.reduce((sum, { by }) => sum + by, 0) - saves).toBeCloseTo(costsMore, 4);
    expect(costsMore).toBeGreaterThan(-1e-4);
  }
  return nextBest.length;
}

const kindOf = (reason: string): string =>
  [
    ['no supply', 'no-supply'],
    ['no itinerary', 'no-itinerary'],
    ['cheaper', 'cheaper-unserved'],
    ['resources full', 'full'],
  ].find(([begins]) => reason.startsWith(begins!))![1]!;
