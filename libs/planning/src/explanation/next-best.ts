import {
  type Demand,
  HOUR,
  type PlanDocument,
  type Problem,
  type Step,
  itineraryId,
  parseInstant,
  round,
  stepOf,
} from '@portolan/domain';
import { type Resources, stepsOf } from '../columns.js';
import { PlanInsight } from '../insight.js';
import { StaticSearch } from '../search/static-search.js';
import type { Found } from '../search/timed-search.js';
import type { ResourceLoads } from './binding.js';
import type { BindingResource, Cause, DearerPart, NextBest } from './explanation.js';
import type { ItineraryRating, RatedItinerary } from './rated-itinerary.js';

const TRACE = 1e-6;
/** Ways round full voyages that are tried for one demand. */
const MOST_SEARCHES = 20;
const dearerParts: readonly DearerPart[] = ['transport', 'handling', 'storage', 'spoilage', 'emissions', 'supply'];

interface Candidate {
  readonly supply?: string | undefined;
  readonly steps: readonly Step[];
}

interface PlannedItinerary {
  readonly rated: RatedItinerary;
  readonly quantity: number;
}

/** Finds what a demand would do next, and compares it with what it does. */
export class NextBestItineraries {
  private insight: PlanInsight | undefined;
  /** What is in force, by `itineraryId`: its quantity. */
  private readonly inForce: ReadonlyMap<string, number>;

  constructor(
    private readonly problem: Problem,
    private readonly plan: PlanDocument,
    private readonly resources: Resources,
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

  /** Cheapest first, against the dearest of what is planned, else against leaving the goods. */
  of(demand: Demand, planned: readonly PlannedItinerary[], count: number): NextBest[] {
    const reference = this.dearest(demand, planned);
    return this.candidates(demand, planned, count)
      .map(({ supply, steps }) => this.rating.of(demand, supply, steps))
      .map((rated) => this.compared(demand, rated, reference))
      .sort((a, b) => a.costsMore - b.costsMore);
  }

  private candidates(demand: Demand, planned: readonly PlannedItinerary[], count: number): Candidate[] {
    if (this.problem.kind === 'static') return this.voyages(demand, planned, count);
    this.insight ??= new PlanInsight(this.problem, this.plan);
    return this.insight.alternatives(demand.id, count).map(({ supply, legs }) => ({ supply, steps: legs.map(stepOf) }));
  }

  /** Ways by rotations that the plan does not use, cheapest first; none that costs more than leaving the goods, but for the cheapest. */
  private voyages(demand: Demand, planned: readonly PlannedItinerary[], count: number): Candidate[] {
    const known = new Set(planned.map(({ rated }) => rated.facts.legs.map(nameOf).join()));
    const found: { steps: Step[]; total: number }[] = [];
    for (const { legs, total } of this.waysRound(demand)) {
      const steps = stepsOf(this.problem, legs);
      const name = steps.map(nameOf).join();
      if (!known.has(name)) found.push({ steps, total });
      known.add(name);
    }
    return found.sort((a, b) => a.total - b.total).slice(0, count);
  }

  /** The cheapest way, those that avoid a voyage of it, those that avoid one of these, too, and so on. */
  private *waysRound(demand: Demand): Iterable<Found> {
    const prices = this.loads.prices();
    const search = new StaticSearch(this.problem, this.resources, prices);
    const queue: number[][] = [[]];
    for (let at = 0; at < queue.length && at < MOST_SEARCHES; at++) {
      const barred = queue[at]!;
      const priced = prices.slice();
      for (const leg of barred) priced[this.resources.capacity(leg)] = Infinity;
      search.priced(priced);
      const found = search.cheapest(demand, at === 0 ? Infinity : demand.unservedPenalty);
      if (!found) continue;
      queue.push(...[...new Set(found.legs)].map((leg) => [...barred, leg]));
      yield found;
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

const nameOf = ({ service, leg }: Step): string => JSON.stringify([service, leg]);
