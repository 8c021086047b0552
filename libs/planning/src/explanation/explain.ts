import {
  type Demand,
  type Leg,
  type PlanDocument,
  type Problem,
  type Voyage,
  formatInstant,
  stepOf,
  stepOfLeg,
} from '@portolan/domain';
import { Resources, termsOf } from '../columns.js';
import { ResourceLoads } from './binding.js';
import type { ExplainedFlow, Explanation, LegExplanation, LegLoad, Ranges, TravelledLeg } from './explanation.js';
import { NextBestItineraries } from './next-best.js';
import { ItineraryRating } from './rated-itinerary.js';
import { UnservedReasons } from './unserved-reason.js';

/**
 * Why a demand travels as it does, from the plan's final prices, without another solve. To explain several, keep a
 * `PlanExplanations`.
 * @param plan one of this very problem
 * @param demandId one that is in the problem; another throws
 * @param ranges how far shadow prices can be trusted, where that is known
 */
export const explain = (problem: Problem, plan: PlanDocument, demandId: string, ranges?: Ranges): Explanation =>
  new PlanExplanations(problem, plan, ranges).of(demandId);

/**
 * What one more unit of a leg's capacity, or of its plugs, is worth in a plan.
 * @param leg absent for a service on demand; of a rotation the number of the call it sails from, as a text
 */
export const explainLeg = (
  problem: Problem,
  plan: PlanDocument,
  service: string,
  leg?: string,
  ranges?: Ranges,
): LegExplanation => new PlanExplanations(problem, plan, ranges).ofLeg(service, leg);

/** How many next best itineraries are told. */
const NEXT_BEST = 3;

/** Explanations of one plan; what they share is computed once. */
export class PlanExplanations {
  private readonly resources: Resources;
  private readonly loads: ResourceLoads;
  private readonly rating: ItineraryRating;
  private readonly nextBest: NextBestItineraries;
  private readonly reasons: UnservedReasons;

  /** @param plan one of this very problem */
  constructor(
    private readonly problem: Problem,
    private readonly plan: PlanDocument,
    ranges?: Ranges,
  ) {
    this.resources = new Resources(problem);
    this.loads = new ResourceLoads(problem, this.resources, plan, ranges);
    this.rating = new ItineraryRating(problem, this.resources, this.loads);
    this.nextBest = new NextBestItineraries(problem, plan, this.resources, this.loads, this.rating);
    this.reasons = new UnservedReasons(problem, this.resources, this.loads);
  }

  of(demandId: string): Explanation {
    const demand = this.problem.demandById.get(demandId);
    if (!demand) throw new Error(`there is no demand ${demandId} in the problem`);
    const planned = this.plan.flows
      .filter((flow) => flow.demand === demandId)
      .map(({ supply, legs, quantity }) => ({ rated: this.rating.of(demand, supply, legs.map(stepOf)), quantity }));
    const unserved = this.unservedOf(demand);
    return {
      kind: 'demand',
      ...this.context(),
      demand: demandId,
      marginalCost: this.plan.prices.demands.find(({ demand: id }) => id === demandId)?.marginalCost ?? 0,
      flows: planned.map(({ rated, quantity }): ExplainedFlow => ({ quantity, ...rated.facts })),
      // Where nothing has to travel there is nothing to compare with.
      nextBest: planned.length > 0 || unserved ? this.nextBest.of(demand, planned, NEXT_BEST) : [],
      comparedWith: planned.length > 0 ? 'planned' : 'unserved',
      ...(unserved && { unserved }),
    };
  }

  ofLeg(service: string, leg?: string): LegExplanation {
    const index = this.loads.indexOf(stepOf({ service, leg }));
    if (index === undefined) throw new Error(`there is no ${leg === undefined ? service : `leg ${leg} of ${service}`}`);
    const [capacity, plugs] = [this.resources.capacity(index), this.resources.plugs(index)];
    const ownPlugs = this.loads.of(plugs) !== undefined || this.resources.limit(plugs) < this.resources.limit(capacity);
    const travelled = this.travelled(termsOf(this.problem)[index]!);
    return {
      kind: 'leg',
      ...this.context(),
      leg: travelled,
      resources: [
        this.loadOf(travelled, 'capacity', capacity),
        ...(ownPlugs ? [this.loadOf(travelled, 'reeferPlugs', plugs)] : []),
      ],
    };
  }

  private context(): Pick<Explanation, 'network' | 'currency' | 'unit'> {
    const { kind, document } = this.problem;
    return { network: kind, currency: document.currency ?? 'EUR', unit: document.unit ?? 'TEU' };
  }

  private unservedOf(demand: Demand): Explanation['unserved'] {
    const left = this.plan.unserved.find(({ demand: id }) => id === demand.id);
    return left && { quantity: left.quantity, reason: this.reasons.of(demand, left.quantity) };
  }

  private travelled(term: Leg | Voyage): TravelledLeg {
    const { service, from, to } = term;
    const leg = { ...stepOfLeg(term), mode: this.loads.modeOf(service), from: from.id, to: to.id };
    if ('call' in term || term.kind === 'on-demand') return leg;
    return { ...leg, departs: formatInstant(term.departs), arrives: formatInstant(term.arrives) };
  }

  private loadOf({ service, leg, mode }: TravelledLeg, resource: LegLoad['resource'], at: number): LegLoad {
    const name = { resource, ...stepOf({ service, leg }), mode };
    const limit = this.resources.limit(at);
    const { used = this.usedOf(at), shadowPrice = 0, range } = this.loads.of(at) ?? {};
    return {
      ...name,
      used,
      ...(limit < Infinity && { capacity: limit }),
      shadowPrice,
      worth: this.loads.priceOf(at),
      ...(range && { range }),
    };
  }

  /** Plans do not list what has no limit. */
  private usedOf(resource: number): number {
    return this.plan.flows.reduce((sum, { demand, supply, legs, quantity }) => {
      const uses = this.rating.usesOf(this.problem.demandById.get(demand)!, supply, legs.map(stepOf));
      return sum + quantity * (uses.find((use) => use.resource === resource)?.units ?? 0);
    }, 0);
  }
}
