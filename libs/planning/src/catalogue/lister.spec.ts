import { parseProblem } from '@portolan/domain';
import fc from 'fast-check';
import { Resources } from '../columns.js';
import { LiveProblem } from '../live/live-problem.js';
import { LegCosts } from '../search/leg-costs.js';
import { type Itinerary, itinerariesOf } from '../testing/itineraries.js';
import { randomLineProblem } from '../testing/random-line-problem.js';
import { randomProblem, seeded } from '../testing/random-problem.js';
import { randomTuning } from '../testing/random-tuning.js';
import type { Catalogue } from './catalogue.js';
import { Lister } from './lister.js';
import { TUNING } from './tuning.js';

const CASES = Number(process.env['PORTOLAN_CASES'] ?? 300);

interface Listed {
  readonly supply: number;
  readonly legs: readonly number[];
}

function listedIn(catalogue: Catalogue): Listed[] {
  const listed: Listed[] = [];
  catalogue.some((legs, supply) => {
    listed.push({ supply, legs: [...legs] });
    return false;
  });
  return listed;
}

/** With the same supply, and no leg more often. */
function usesNoMore(a: Listed, b: Listed): boolean {
  const left = [...b.legs];
  return (
    a.supply === b.supply &&
    a.legs.every((leg) => {
      const at = left.indexOf(leg);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    })
  );
}

const shapeOf = ({ supply, legs }: Itinerary): Listed => ({
  supply: supply?.index ?? -1,
  legs: legs.map(({ index }) => index),
});

describe('a catalogue', () => {
  it.each([
    ['of any problem', randomProblem, () => TUNING],
    ['of a problem with long ways', randomLineProblem, () => TUNING],
    ['made with little patience', randomProblem, randomTuning],
  ] as const)(
    'has every itinerary that costs less than it reaches, but those that use all of a cheaper one and more (%s)',
    (_, document, tuningOf) => {
      let compared = 0;
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const random = seeded(seed);
          const parsed = parseProblem(document(random));
          if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
          const problem = new LiveProblem(parsed.problem.document);
          const resources = new Resources(problem);
          const lister = new Lister(problem, resources, new LegCosts(problem, resources, []), tuningOf(random));
          const prices = Float64Array.from({ length: resources.count }, () => (random() < 0.5 ? 0 : random() * 60));
          const all = itinerariesOf(problem);
          for (const demand of problem.demands) {
            // Floors come and go, and their bounds with them.
            const others = prices.map((each) => each * random());
            if (random() < 0.5) lister.floors.lower(others, others.keys());
            if (random() < 0.7) lister.floors.raise(others);
            const price = random() * 400;
            const catalogue = lister.list(demand, { price, prices });
            if (!catalogue) continue;
            const floors = catalogue.level === 'free' ? [] : lister.floors.prices;
            const costOf = (shape: Listed, cost: number) =>
              resources
                .usesOf({ demand: demand.index, ...shape })
                .reduce((sum, { resource, units }) => sum + units * (floors[resource] ?? 0), cost);
            const own = all.filter((itinerary) => itinerary.demand === demand);
            const plain = new Map(own.map(({ cost, ...rest }) => [JSON.stringify(shapeOf({ cost, ...rest })), cost]));
            const listed = listedIn(catalogue);
            for (const shape of listed) expect(plain.has(JSON.stringify(shape))).toBe(true);
            for (const itinerary of own) {
              const shape = shapeOf(itinerary);
              const cost = costOf(shape, itinerary.cost);
              if (!(cost < catalogue.reach - 1e-9)) continue;
              const covers = (each: Listed) =>
                usesNoMore(each, shape) && costOf(each, plain.get(JSON.stringify(each))!) <= cost + 1e-9;
              expect(listed.some(covers)).toBe(true);
              compared++;
            }
          }
        }),
        { numRuns: CASES },
      );
      expect(compared).toBeGreaterThan(CASES);
    },
  );
});
