import { type Demand, type Problem, type ProblemDocument, parseProblem } from '@portolan/domain';
import fc from 'fast-check';
import { Resources } from '../columns.js';
import { itinerariesOf } from '../testing/itineraries.js';
import { randomLineProblem } from '../testing/random-line-problem.js';
import { randomProblem, seeded } from '../testing/random-problem.js';
import { LegCosts } from './leg-costs.js';
import { TimedSearch } from './timed-search.js';
import { Timetable } from './timetable.js';

const CASES = Number(process.env['PORTOLAN_CASES'] ?? 400);

const parsed = (document: ProblemDocument): Problem => {
  const outcome = parseProblem(document);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.problem;
};

/** The cheapest of all itineraries of each demand at these prices, by the rules themselves. */
function enumerated(problem: Problem, resources: Resources, prices: readonly number[]): Map<Demand, number> {
  const least = new Map<Demand, number>();
  for (const { demand, supply, legs, cost } of itinerariesOf(problem)) {
    const column = { demand: demand.index, supply: supply?.index ?? -1, legs: legs.map(({ index }) => index) };
    const priced = resources
      .usesOf(column)
      .reduce((sum, { resource, units }) => sum + units * (prices[resource] ?? 0), cost);
    least.set(demand, Math.min(least.get(demand) ?? Infinity, priced));
  }
  return least;
}

const randomPrices = (random: () => number, count: number): number[] =>
  Array.from({ length: count }, () => (random() < 0.5 ? 0 : Math.floor(random() * 60)));

describe('a search at random prices', () => {
  it.each([
    ['with the quick outlook', randomProblem, { unpriced: Infinity, priced: Infinity }],
    ['with a table of prices', randomProblem, { unpriced: 0, priced: Infinity }],
    ['with the detailed outlook', randomProblem, { unpriced: 0, priced: 0 }],
    ['with the quick outlook, many legs', randomLineProblem, { unpriced: Infinity, priced: Infinity }],
    ['with a table of prices, many legs', randomLineProblem, { unpriced: 0, priced: Infinity }],
    ['with the detailed outlook, many legs', randomLineProblem, { unpriced: 0, priced: 0 }],
  ] as const)('finds the cheapest of all itineraries (%s)', (_, document, patience) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seeded(seed);
        const problem = parsed(document(random));
        const resources = new Resources(problem);
        const prices = randomPrices(random, resources.count);
        const search = new TimedSearch(problem, resources, new Timetable(problem), patience);
        const costs = new LegCosts(problem, resources, prices);
        const least = enumerated(problem, resources, prices);
        for (const demand of problem.demands)
          expect(search.cheapest(demand, costs)?.total ?? Infinity).toBeCloseTo(least.get(demand) ?? Infinity, 6);
      }),
      { numRuns: Math.ceil(CASES / 4) },
    );
  });
});
