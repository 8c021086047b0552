import { type PlanDocument, type Problem, type ProblemDocument, stepOf } from '@portolan/domain';
import { Resources } from '../columns.js';
import { type Change, at, chain, crowded, direct, planned, rotations, routeOf, twoLots } from '../testing/examples.js';
import { type Itinerary, itinerariesOf } from '../testing/itineraries.js';
import { randomProblem, randomStaticProblem, seeded } from '../testing/random-problem.js';
import { ResourceLoads } from './binding.js';
import { PlanExplanations, explain } from './explain.js';

/** Lot, route and what a unit costs more, of each. */
async function nextBest(document: ProblemDocument, change: Change = () => {}): Promise<unknown[][]> {
  const { problem, plan } = await planned(document, change);
  return explain(problem, plan, 'D').nextBest.map(({ supply, legs, costsMore }) => [
    ...(supply === undefined ? [] : [supply]),
    routeOf(legs),
    costsMore,
  ]);
}

describe('the next best itineraries', () => {
  it('are the cheapest ways round the legs of those that are cheaper, several legs where it takes that', async () => {
    expect(await nextBest(chain())).toEqual([
      ['BARGE/1 RAIL/1', 10 + 5 + 40 - 20],
      ['TRUCK BARGE/2', 50 + 5 + 10 - 20],
      ['BARGE/1 VAN', 10 + 5 + 60 - 20],
    ]);
    const noVan: Change = ({ services }) =>
      services.splice(3, 1, { id: 'CAR', onDemand: { from: 'A', to: 'B', duration: 'PT3H', cost: 54 } });
    expect((await nextBest(chain(), noVan)).map(([route]) => route)).toEqual([
      'BARGE/1 RAIL/1',
      'TRUCK BARGE/2',
      'CAR BARGE/2',
    ]);
  });

  it('may take another lot', async () => {
    expect(await nextBest(direct(), twoLots)).toEqual([
      ['LOT2', 'BARGE/1', 15],
      ['LOT1', 'RAIL/1', 30],
      ['LOT2', 'RAIL/1', 45],
    ]);
  });

  it('begin, for goods on board, where their leg arrives', async () => {
    const goesOnBoard: Change = ({ demands }) => {
      const { to, quantity } = demands[0]!;
      demands[0] = { id: 'D', onBoard: { service: 'BARGE', leg: '1' }, to, quantity };
    };
    expect(await nextBest(chain(), goesOnBoard)).toEqual([
      ['RAIL/1', 5 + 40 - 10],
      ['VAN', 5 + 60 - 10],
    ]);
  });

  it('cost more by the price of a lot, too, which only others need', async () => {
    // E must have the first lot, and stays short of three units at 300: one more is worth 300 - 5 - 40.
    const scarce: Change = (document) => {
      twoLots(document);
      document.services[0]!.legs![0]!.capacity = 99;
      document.supplies![1]!.expires = at(40);
      const keeps = { minShelfLife: 'P9D', unservedPenalty: 300 };
      document.demands.push({ id: 'E', product: 'pear', to: 'B', quantity: 12, ...keeps });
    };
    expect((await nextBest(direct(), scarce)).slice(0, 2)).toEqual([
      ['LOT2', 'RAIL/1', 30],
      ['LOT1', 'BARGE/1', 5 + 40 + 255 - 60],
    ]);
  });

  it('leave out what the plan uses, though it be one of several', async () => {
    expect(await nextBest(direct(), ({ demands }) => (demands[0]!.quantity = 12))).toEqual([]);
  });

  it('leave out what costs more than to leave the goods unserved', async () => {
    expect(await nextBest(direct(), ({ demands }) => (demands[0]!.unservedPenalty = 71))).toHaveLength(1);
    expect(await nextBest(direct(), ({ demands }) => (demands[0]!.unservedPenalty = 69))).toEqual([]);
  });

  it('are none where nothing leads there in time, or by one way only', async () => {
    expect(await nextBest(direct(), ({ demands }) => (demands[0]!.latest = at(19)))).toEqual([]);
    expect(await nextBest(direct(), ({ demands }) => (demands[0]!.latest = at(20)))).toEqual([]);
    expect(await nextBest(direct(), ({ demands }) => (demands[0]!.latest = at(34)))).toHaveLength(1);
  });

  it('are dearer for emissions, and for what they pay for goods', async () => {
    const because = async (change: Change) => {
      const { problem, plan } = await planned(direct(), change);
      return explain(problem, plan, 'D').nextBest[0]!.because;
    };
    const clean: Change = (document) => {
      document.parameters = { co2PricePerTonne: 1000 };
      document.services[1]!.legs![0]!.cost = 40;
      document.services[1]!.legs![0]!.co2eKg = 9;
    };
    expect(await because(clean)).toEqual([{ kind: 'dearer', part: 'emissions', by: 3 }]);
    expect(await because(twoLots)).toEqual([{ kind: 'dearer', part: 'supply', by: 15 }]);
  });

  it('take up what is full', async () => {
    expect(await nextBest(direct(), crowded)).toEqual([['BARGE/1', 40 + 60 - 70]]);
    expect(await nextBest(rotations())).toEqual([['LONG/0 FEEDER/0', 5]]);
  });

  it.each([
    ['timed', randomProblem, 40],
    ['static', randomStaticProblem, 40],
  ])('are the cheapest of all there are, on random problems (%s)', async (_, random, cases) => {
    let compared = 0;
    for (let seed = 1; seed <= cases; seed++) {
      const { problem, plan } = await planned(random(seeded(seed)));
      const explanations = new PlanExplanations(problem, plan);
      for (const { id } of problem.demands) {
        const { nextBest: told } = explanations.of(id);
        const all = enumerated(problem, plan, id);
        const expected = all.slice(0, told.length);
        const worth = all.filter((total) => total < problem.demandById.get(id)!.unservedPenalty - 1e-6);
        if (plan.flows.some(({ demand }) => demand === id))
          expect(told.length).toBeGreaterThanOrEqual(Math.min(3, worth.length));
        compared += told.length;
        expect(told.map((each) => totalOf(problem, plan, id, each))).toEqual(
          expected.map((total) => expect.closeTo(total, 4)),
        );
      }
    }
    expect(compared).toBeGreaterThan(30);
  });
});

type Way = { readonly supply?: string | undefined; readonly legs: readonly { service: string; leg?: string }[] };

const keyOf = ({ supply, legs }: Way): string => JSON.stringify([supply, legs.map(stepOf)]);

const wayOf = ({ supply, legs }: Itinerary): Way => ({
  supply: supply?.id,
  legs: legs.map((leg) => ('call' in leg ? { service: leg.service, leg: String(leg.call) } : stepOf(leg as never))),
});

/** What a unit of a demand costs at the plan's prices on each itinerary that the plan does not use, cheapest first; detours of a cheaper one left out. */
function enumerated(problem: Problem, plan: PlanDocument, demand: string): number[] {
  const planned = new Set(plan.flows.filter((flow) => flow.demand === demand).map(keyOf));
  const ways = itinerariesOf(problem)
    .filter((itinerary) => itinerary.demand.id === demand)
    .map((itinerary) => ({ itinerary, total: priced(problem, plan, itinerary) }))
    .sort((a, b) => a.total - b.total);
  return ways
    .filter(({ itinerary }, at) => !ways.slice(0, at).some((cheaper) => isDetour(itinerary, cheaper.itinerary)))
    .filter(({ itinerary }) => !planned.has(keyOf(wayOf(itinerary))))
    .map(({ total }) => total);
}

const isDetour = (way: Itinerary, { supply, legs }: Itinerary): boolean =>
  way.supply === supply && legs.every((leg) => way.legs.includes(leg));

function totalOf(problem: Problem, plan: PlanDocument, demand: string, way: Way): number {
  const same = itinerariesOf(problem).find((each) => each.demand.id === demand && keyOf(wayOf(each)) === keyOf(way));
  return priced(problem, plan, same!);
}

function priced(problem: Problem, plan: PlanDocument, { demand, supply, legs, cost }: Itinerary): number {
  const resources = new Resources(problem);
  const prices = new ResourceLoads(problem, resources, plan).prices();
  const column = { demand: demand.index, supply: supply?.index ?? -1, legs: legs.map(({ index }) => index) };
  return resources.usesOf(column).reduce((sum, { resource, units }) => sum + units * prices[resource]!, cost);
}
