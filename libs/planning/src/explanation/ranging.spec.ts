import {
  type PlanDocument,
  type Problem,
  type ProblemDocument,
  type Range,
  type Resource,
  type Step,
  keyOfLeg,
  legKey,
  parseProblem,
} from '@portolan/domain';
import { type Column, Resources, termsOf } from '../columns.js';
import { engineNamed } from '../engines/engines.js';
import type { Ranges } from './explanation.js';
import { solve } from '../solve.js';
import { randomLineProblem } from '../testing/random-line-problem.js';
import { randomProblem, seeded } from '../testing/random-problem.js';
import { PlanExplanations } from './explain.js';
import type { KnownItineraries } from './optimal-face.js';
import { rangesOf } from './ranging.js';
import { crowded, direct, planned, rotations, scarceLot } from '../testing/examples.js';

const barge = { resource: 'capacity', service: 'BARGE', leg: '1', mode: 'barge' } as const;

/** The document with another limit of a resource. */
function limited(document: ProblemDocument, resource: Resource, limit: number): ProblemDocument {
  const changed = structuredClone(document);
  if (resource.resource === 'lot') {
    changed.supplies!.find(({ id }) => id === resource.supply)!.quantity = limit;
    return changed;
  }
  const service = changed.services.find(({ id }) => id === resource.service)!;
  const leg = service.onDemand ?? service.legs!.find(({ id }) => id === resource.leg)!;
  // Plugs are as many as there are places, unless it is said.
  const plugs = 'reeferPlugs' in leg || !('capacity' in leg) ? undefined : leg.capacity;
  if (resource.resource === 'capacity' && plugs !== undefined) Object.assign(leg, { reeferPlugs: plugs });
  Object.assign(leg, { [resource.resource]: limit });
  return changed;
}

const totalOf = async (document: ProblemDocument): Promise<number> => {
  const parsed = parseProblem(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return (await solve(parsed.problem)).objective.total;
};

/** The itineraries of the plan, and these. */
function itineraries(problem: Problem, { flows }: PlanDocument, others: readonly Column[]): KnownItineraries {
  const resources = new Resources(problem);
  const indexOf = ({ service, leg }: Step) =>
    termsOf(problem).findIndex((term) => keyOfLeg(term) === legKey(service, leg));
  const used = flows.map(({ demand, supply, legs, unitCost }) => ({
    demand: problem.demandById.get(demand)!.index,
    supply: supply === undefined ? -1 : problem.supplyById.get(supply)!.index,
    legs: legs.map(indexOf),
    cost: unitCost,
  }));
  const all = [...used, ...others];
  return {
    of: (demand) => all.filter((column) => column.demand === demand),
    on: (wanted) => all.filter((column) => resources.usesOf(column).some(({ resource }) => resource === wanted)),
  };
}

const rangesIn = async (problem: Problem, plan: PlanDocument, others: readonly Column[] = []): Promise<Ranges> =>
  rangesOf(problem, plan, itineraries(problem, plan, others), await engineNamed('highs'));

const rangeOf = async (
  problem: Problem,
  plan: PlanDocument,
  resource: Resource,
  others: readonly Column[] = [],
): Promise<Range | undefined> => (await rangesIn(problem, plan, others))(resource);

interface Priced {
  readonly resource: Resource;
  readonly shadowPrice: number;
  readonly capacity: number;
  readonly range: Range;
}

async function ranged(problem: Problem, plan: PlanDocument): Promise<Priced[]> {
  const explanations = new PlanExplanations(problem, plan, { ranges: await rangesIn(problem, plan) });
  const all = [...problem.demandById.keys()].flatMap((id) => explanations.of(id).flows.flatMap((flow) => flow.binding));
  const distinct = new Map(all.map((each) => [JSON.stringify({ ...each, range: undefined }), each]));
  return [...distinct.values()].flatMap(({ range, shadowPrice, capacity, ...resource }) =>
    range ? [{ resource: resource as Resource, shadowPrice, capacity, range }] : [],
  );
}

describe('the range of a shadow price', () => {
  it('reaches from no room to as much as the goods need that it would help', async () => {
    const { problem, plan } = await planned(direct(), crowded);
    expect(await rangeOf(problem, plan, barge)).toEqual({ from: 0, to: 12 });
    expect(await rangeOf(problem, plan, { ...barge, service: 'NONE' })).toBeUndefined();
  });

  it('is known of lots, too', async () => {
    const { problem, plan } = await planned(direct(), scarceLot);
    expect(await rangeOf(problem, plan, { resource: 'lot', supply: 'LOT1' })).toEqual({ from: 0, to: 12 });
  });

  it('ends where it becomes another price', async () => {
    // Fifteen units for ten places on the barge, three in the van and the truck: two more places, of either, are filled.
    const { problem, plan } = await planned(direct(), crowded, ({ services, demands }) => {
      const late = { from: 'A', to: 'B', duration: 'PT2H' };
      services.push({ id: 'VAN', mode: 'truck', onDemand: { ...late, cost: 80, capacity: 3 } });
      demands[1]!.quantity = 15;
    });
    expect(await rangeOf(problem, plan, barge)).toEqual({ from: 0, to: 12 });
    expect(await rangeOf(problem, plan, { resource: 'capacity', service: 'VAN', mode: 'truck' })).toEqual({
      from: 0,
      to: 5,
    });
  });

  it('is that of one voyage of a rotation', async () => {
    // Six of eight units go directly, the others change at C, for 5.
    const { problem, plan } = await planned(rotations(), ({ services }) => {
      services.splice(1, 1, { id: 'LONG', mode: 'vessel', rotation: ['A', 'C'], capacity: 20 });
    });
    const short = { resource: 'capacity', service: 'SHORT', leg: '0', mode: 'vessel' } as const;
    expect(new PlanExplanations(problem, plan).ofLeg('SHORT', '0').resources[0]!.worth).toBe(5);
    expect(await rangeOf(problem, plan, short)).toEqual({ from: 0, to: 8 });
  });

  it('is wider with itineraries that the plan might use, but does not', async () => {
    // Two demands of four units, and four places: one more is worth 30, until all eight are on the barge.
    const { problem, plan } = await planned(direct(), ({ services, demands }) => {
      services[0]!.legs![0]!.capacity = 4;
      demands.push({ ...demands[0]!, id: 'E' });
    });
    const [used] = plan.flows.filter(({ legs }) => legs[0]!.service === 'BARGE').map(({ demand }) => demand);
    const demand = problem.demandById.get(used === 'D' ? 'E' : 'D')!.index;
    const leg = (service: string) => problem.legs.findIndex((each) => each.service === service);
    const barged = { demand, supply: -1, legs: [leg('BARGE')], cost: 40 };
    expect(await rangeOf(problem, plan, barge)).toEqual({ from: 4, to: 4 });
    expect(await rangeOf(problem, plan, barge, [barged])).toEqual({ from: 4, to: 8 });
    const trained = { demand: 1 - demand, supply: -1, legs: [leg('RAIL')], cost: 70 };
    expect(await rangeOf(problem, plan, barge, [barged, trained])).toEqual({ from: 0, to: 8 });
  });

  it('counts in that what is in force is kept, where it is worth it', async () => {
    // Three units of D keep to the train, whatever room there is; the other nine would like the barge.
    const { problem, plan } = await planned(direct(), (document) => {
      document.parameters = { changePenaltyPerUnit: 50 };
      document.current = [{ demand: 'D', itinerary: [{ service: 'RAIL', leg: '1' }], quantity: 3 }];
      document.services[0]!.legs![0]!.capacity = 7;
      document.demands.push({ ...document.demands[0]!, id: 'E', quantity: 8 });
    });
    const indexOf = (id: string) => problem.demandById.get(id)!.index;
    const leg = (service: string) => problem.legs.findIndex((each) => each.service === service);
    const others = ['D', 'E'].flatMap((id) => [
      { demand: indexOf(id), supply: -1, legs: [leg('BARGE')], cost: 40 },
      { demand: indexOf(id), supply: -1, legs: [leg('RAIL')], cost: 70 },
    ]);
    expect(await rangeOf(problem, plan, barge, others)).toEqual({ from: 0, to: 9 });
  });

  it('is unknown where no plan is optimal at the prices', async () => {
    const { problem, plan } = await planned(direct(), crowded);
    const legs = plan.prices.legs.map((each) => ({ ...each, shadowPrice: each.shadowPrice / 2 }));
    expect(await rangeOf(problem, { ...plan, prices: { ...plan.prices, legs } }, barge)).toBeUndefined();
  });

  it.each([
    ['timed', randomProblem],
    ['timed, with many legs', randomLineProblem],
  ])('is where the total falls by the price for each unit, on random problems (%s)', async (_, random) => {
    let found = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const { problem, plan } = await planned(random(seeded(seed)));
      for (const { resource, shadowPrice, capacity, range } of await ranged(problem, plan)) {
        const { from, to } = range;
        expect(from).toBeLessThanOrEqual(capacity + 1e-6);
        expect(to).toBeGreaterThanOrEqual(capacity - 1e-6);
        for (const limit of [from, (from + capacity) / 2, Math.min(to, capacity + 50)]) {
          const total = await totalOf(limited(problem.document, resource, limit));
          const expected = plan.objective.total + shadowPrice * (limit - capacity);
          expect(Math.abs(total - expected)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)) + 1e-4);
        }
        found++;
      }
    }
    expect(found).toBeGreaterThan(5);
  });
});
