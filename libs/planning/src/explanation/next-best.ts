import {
  type Demand,
  HOUR,
  type Problem,
  type Step,
  itineraryId,
  parseInstant,
  round,
  stepOf,
  type BindingResource,
  type Cause,
  type NextBest,
} from '@portolan/domain';
import { stepsOf } from '../columns.js';
import type { Pricing } from '../pricing.js';
import type { Found } from '../search/timed-search.js';
import type { ResourceLoads } from './binding.js';
import type { DearerPart } from './explanation.js';
import type { ItineraryRating, RatedItinerary } from './rated-itinerary.js';

const TRACE = 1e-6;
/** Prices come rounded to 1e-6: what costs this much more costs the same. */
const SAME = 1e-5;
/** Ways that are looked at for one demand. */
const MOST = 50;
const dearerParts: readonly DearerPart[] = ['transport', 'handling', 'storage', 'spoilage', 'emissions', 'supply'];

interface Candidate {
  readonly supply?: string | undefined;
  readonly steps: readonly Step[];
  readonly name: string;
}

interface PlannedItinerary {
  readonly rated: RatedItinerary;
  readonly quantity: number;
}

/** Finds what a demand would do next, and compares it with what it does. */
export class NextBestItineraries {
  /** What is in force, by `itineraryId`: its quantity. */
  private readonly inForce: ReadonlyMap<string, number>;

  constructor(
    private readonly problem: Problem,
    /** At the plan's prices. */
    private readonly pricing: () => Pricing,
    private readonly loads: ResourceLoads,
    private readonly rating: ItineraryRating,
  ) {
    this.inForce = new Map(
      (problem.document.current ?? []).map(({ demand, supply, itinerary, quantity }) => [
        itineraryId(demand, supply, itinerary),
        quantity,
      ]),
    );
  }

  /** Cheapest first, against the dearest of what is planned, else against leaving the goods. Of equal ones the first by name. */
  of(demand: Demand, planned: readonly PlannedItinerary[], count: number): NextBest[] {
    const reference = this.dearest(demand, planned);
    return this.candidates(demand, planned, count)
      .map(({ supply, steps, name }) => ({ name, rated: this.rating.of(demand, supply, steps) }))
      .map(({ name, rated }) => ({ name, compared: this.compared(demand, rated, reference) }))
      .sort((a, b) => a.compared.costsMore - b.compared.costsMore || (a.name < b.name ? -1 : 1))
      .slice(0, count)
      .map(({ compared }) => compared);
  }

  /** Ways that the plan does not use: as many as are wanted, and some more, since equal ones may come in any order. */
  private candidates(demand: Demand, planned: readonly PlannedItinerary[], count: number): Candidate[] {
    const named = (supply: string | undefined, steps: readonly Step[]) => itineraryId(demand.id, supply, steps);
    const known = new Set(planned.map(({ rated: { facts } }) => named(facts.supply, facts.legs.map(stepOf))));
    return this.ways(demand, count + planned.length)
      .map(({ supply: lot, legs }) => {
        const supply = this.problem.supplies[lot]?.id;
        const steps = stepsOf(this.problem, legs);
        return { supply, steps, name: named(supply, steps) };
      })
      .filter(({ name }) => !known.has(name));
  }

  /** None that is a detour of a cheaper one, and none that costs more than leaving the goods, unless it is the cheapest. */
  private ways(demand: Demand, wanted: number): Found[] {
    const pricing = this.pricing();
    for (let count = 2 * wanted; ; count *= 2) {
      const found = pricing.several(demand, count, demand.unservedPenalty + SAME);
      const direct = found.filter((way, at) => !found.slice(0, at).some((cheaper) => isDetour(way, cheaper)));
      if (direct.length > wanted || found.length < count || count > MOST)
        return direct.length > 0 ? direct : [pricing.cheapest(demand)].filter((way) => way !== undefined);
    }
  }

  private dearest(demand: Demand, planned: readonly PlannedItinerary[]): Reference | undefined {
    const references = planned.map(({ rated, quantity }) => {
      const reward = this.rewardOf(demand, rated, quantity - TRACE);
      return { rated, reward, total: this.pricedCost(rated) - reward };
    });
    return references.sort((a, b) => b.total - a.total)[0];
  }

  /** What a unit counts less for being in force: so many units travel there already. */
  private rewardOf(demand: Demand, { facts: { supply, legs } }: RatedItinerary, quantity: number): number {
    const entry = this.inForce.get(itineraryId(demand.id, supply, legs.map(stepOf)));
    return entry !== undefined && quantity < entry ? this.problem.changePenalty : 0;
  }

  private pricedCost({ facts, uses }: RatedItinerary): number {
    return uses.reduce((sum, { resource, units }) => sum + units * this.loads.priceOf(resource), facts.unitCost);
  }

  private compared(demand: Demand, rated: RatedItinerary, reference: Reference | undefined): NextBest {
    const changes = (reference?.reward ?? 0) - this.rewardOf(demand, rated, 0);
    const costs = reference ? costCauses(demand, rated, reference.rated) : unservedCauses(demand, rated);
    const causes: Cause[] = [...costs, ...this.fullCauses(rated, reference?.rated), { kind: 'change', by: changes }];
    const rounded = causes.map((cause) => ({ ...cause, by: round(cause.by) }));
    const sum = (each: readonly Cause[]) => round(each.reduce((total, { by }) => total + by, 0));
    return {
      ...rated.facts,
      costsMore: sum(rounded),
      because: rounded.filter(({ by }) => by > TRACE).sort((a, b) => b.by - a.by),
      saves: sum(rounded.map((cause) => ({ ...cause, by: Math.max(0, -cause.by) }))),
    };
  }

  /** What is full on the one and not, or less often, on the other; and the reverse, as a saving. */
  private fullCauses(rated: RatedItinerary, reference: RatedItinerary | undefined): Cause[] {
    const more = new Map(rated.uses.map(({ resource, units }) => [resource, units]));
    for (const { resource, units } of reference?.uses ?? []) more.set(resource, (more.get(resource) ?? 0) - units);
    const priced = [...more].map(([resource, units]) => ({ resource, by: units * this.loads.priceOf(resource) }));
    const causeOf = (each: typeof priced): Cause => ({
      kind: 'full',
      resources: each.map(({ resource }): BindingResource => this.loads.of(resource)!),
      by: each.reduce((sum, { by }) => sum + by, 0),
    });
    return [causeOf(priced.filter(({ by }) => by > 0)), causeOf(priced.filter(({ by }) => by < 0))];
  }
}

interface Reference {
  readonly rated: RatedItinerary;
  readonly reward: number;
  readonly total: number;
}

function costCauses({ due }: Demand, { facts }: RatedItinerary, reference: RatedItinerary): Cause[] {
  const more = (part: DearerPart | 'lateness') => facts.parts[part] - reference.facts.parts[part];
  const hours = facts.delivered === undefined ? 0 : Math.max(0, (parseInstant(facts.delivered)! - due) / HOUR);
  return [
    { kind: 'late', hours: round(hours), by: more('lateness') },
    ...dearerParts.map((part): Cause => ({ kind: 'dearer', part, by: more(part) })),
  ];
}

const unservedCauses = (
  { unservedPenalty: unserved }: Demand,
  { facts: { unitCost: cost } }: RatedItinerary,
): Cause[] => [{ kind: 'cheaper-unserved', cost, unserved, by: cost - unserved }];

/** Does a way take all that another one takes, and more? */
const isDetour = ({ supply, legs }: Found, other: Found): boolean =>
  supply === other.supply && other.legs.every((leg) => legs.includes(leg));
