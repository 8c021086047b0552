import { type Demand, type ProblemDocument, parseProblem, priceItinerary } from '@portolan/domain';
import fc from 'fast-check';
import { Resources, stepsOf } from '../columns.js';
import { LiveProblem } from '../live/live-problem.js';
import { LegCosts } from '../search/leg-costs.js';
import { timePasses } from '../testing/random-change.js';
import { type Itinerary, itinerariesOf } from '../testing/itineraries.js';
import { randomLineProblem } from '../testing/random-line-problem.js';
import { randomProblem, seeded } from '../testing/random-problem.js';
import { randomTuning } from '../testing/random-tuning.js';
import type { Catalogue } from './catalogue.js';
import { Lister } from './lister.js';
import { TUNING, type Tuning } from './tuning.js';

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

/** With what they cost, no price charged. */
function ratedIn(catalogue: Catalogue): (Listed & { readonly cost: number })[] {
  return catalogue.below(Infinity, new Float64Array(10_000), Infinity);
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

/** Random prices, floors that come and go, and the lists of a problem at them. */
class Trial {
  readonly problem: LiveProblem;
  readonly lister: Lister;
  private readonly resources: Resources;
  private readonly prices: Float64Array;
  private known: { readonly document: ProblemDocument; readonly itineraries: readonly Itinerary[] } | undefined;

  constructor(
    document: ProblemDocument,
    private readonly random: () => number,
    tuning: Tuning,
  ) {
    const parsed = parseProblem(document);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    this.problem = new LiveProblem(parsed.problem.document);
    this.resources = new Resources(this.problem);
    const costs = new LegCosts(this.problem, this.resources, []);
    this.lister = new Lister(this.problem, this.resources, costs, tuning);
    this.prices = Float64Array.from({ length: this.resources.count }, () => (random() < 0.5 ? 0 : random() * 60));
  }

  /** Floors come and go, and their bounds with them. */
  list(demand: Demand): Catalogue | undefined {
    const { random, lister, prices } = this;
    const others = prices.map((each) => each * random());
    if (random() < 0.5) lister.floors.lower(others, others.keys());
    if (random() < 0.7) lister.floors.raise(others);
    return lister.list(demand, { price: random() * 400, prices });
  }

  /** All of the problem as it is. */
  private itineraries(): readonly Itinerary[] {
    const { document } = this.problem;
    if (this.known?.document !== document) this.known = { document, itineraries: itinerariesOf(this.problem) };
    return this.known.itineraries;
  }

  /** Itineraries that cost less than a list reaches: each is in it, or uses all of a cheaper one that is. Gives how many there are. */
  expectComplete(catalogue: Catalogue): number {
    const { index } = catalogue.goods;
    const floors = catalogue.level === 'free' ? [] : this.lister.floors.prices;
    const costOf = (shape: Listed, cost: number) =>
      this.resources
        .usesOf({ demand: index, ...shape })
        .reduce((sum, { resource, units }) => sum + units * (floors[resource] ?? 0), cost);
    const own = this.itineraries().filter(({ demand }) => demand.index === index);
    const plain = new Map(own.map(({ cost, ...rest }) => [JSON.stringify(shapeOf({ cost, ...rest })), cost]));
    const listed = listedIn(catalogue);
    for (const shape of listed) expect(plain.has(JSON.stringify(shape))).toBe(true);
    let compared = 0;
    for (const itinerary of own) {
      const shape = shapeOf(itinerary);
      const cost = costOf(shape, itinerary.cost);
      if (!(cost < catalogue.reach - 1e-9)) continue;
      const covers = (each: Listed) =>
        usesNoMore(each, shape) && costOf(each, plain.get(JSON.stringify(each))!) <= cost + 1e-9;
      expect(listed.some(covers)).toBe(true);
      compared++;
    }
    return compared;
  }
}

describe('a catalogue', () => {
  const kinds = [
    ['of any problem', randomProblem, () => TUNING],
    ['of a problem with long ways', randomLineProblem, () => TUNING],
    ['made with little patience', randomProblem, randomTuning],
  ] as const;

  it.each(kinds)(
    'has every itinerary that costs less than it reaches, but those that use all of a cheaper one and more (%s)',
    (_, document, tuningOf) => {
      let compared = 0;
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const random = seeded(seed);
          const trial = new Trial(document(random), random, tuningOf(random));
          for (const demand of trial.problem.demands) {
            const catalogue = trial.list(demand);
            if (catalogue) compared += trial.expectComplete(catalogue);
          }
        }),
        { numRuns: CASES },
      );
      expect(compared).toBeGreaterThan(CASES);
    },
  );

  it.each(kinds)(
    'still has them where goods and lots are ready later, and knows their costs (%s)',
    (_, document, tuningOf) => {
      let compared = 0;
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const random = seeded(seed);
          const trial = new Trial(document(random), random, tuningOf(random));
          const { problem, lister } = trial;
          for (const { index, id } of [...problem.demands]) {
            const catalogue = trial.list(problem.demands[index]!);
            for (let step = 0; catalogue && step < 3; step++) {
              problem.apply(timePasses(random, problem.document));
              if (!lister.delay(catalogue, problem.demands[index]!)) break;
              compared += trial.expectComplete(catalogue);
              for (const { legs, supply, cost } of ratedIn(catalogue)) {
                const lot = problem.supplies[supply]?.id;
                const priced = priceItinerary(problem, id, lot, stepsOf(problem, legs));
                expect(priced.possible && priced.unitCost).toBeCloseTo(cost, 6);
              }
            }
          }
        }),
        { numRuns: CASES / 3 },
      );
      expect(compared).toBeGreaterThan(CASES / 3);
    },
  );
});
