import {
  type Demand,
  type Leg,
  type PlanDocument,
  type Problem,
  type Voyage,
  formatInstant,
  stepOf,
  stepOfLeg,
  type ExplainedFlow,
  type ExplainedLeg,
  type Explanation,
} from '@portolan/domain';
import { Resources, termsOf } from '../columns.js';
import { ResourceLoads } from './binding.js';
import type { LegExplanation, LegLoad, Ranges } from './explanation.js';
import { type Pricing, pricingOf } from '../pricing.js';
import { NextBestItineraries } from './next-best.js';
import { ItineraryRating } from './rated-itinerary.js';
import { UnservedReasons } from './unserved-reason.js';

/** What is known of a plan beyond its document. */
export interface Known {
  /** How far shadow prices can be trusted. */
  readonly ranges?: Ranges;
  /** Finds itineraries at the prices of the plan. */
  readonly pricing?: Pricing;
}

/**
 * Why a demand travels as it does, from the plan's final prices, without another solve. To explain several, keep a
 * `PlanExplanations`.
 * @param plan one of this very problem
 * @param demandId one that is in the problem; another throws
 */
export const explain = (problem: Problem, plan: PlanDocument, demandId: string, known?: Known): Explanation =>
  new PlanExplanations(problem, plan, known).of(demandId);

/**
 * What one more unit of a leg's capacity, or of its plugs, is worth in a plan.
 * @param leg absent for a service on demand; of a rotation the number of the call it sails from, as a text
 */
export const explainLeg = (
  problem: Problem,
  plan: PlanDocument,
  service: string,
  leg?: string,
  known?: Known,
): LegExplanation => new PlanExplanations(problem, plan, known).ofLeg(service, leg);

/** How many next best itineraries are told. */
const NEXT_BEST = 3;

/** Explanations of one plan; what they share is computed once. */
export class PlanExplanations {
  private readonly resources: Resources;
  private readonly loads: ResourceLoads;
  private readonly rating: ItineraryRating;
  private readonly nextBest: NextBestItineraries;
  private readonly reasons: UnservedReasons;
  private readonly flows = new Map<string, PlanDocument['flows']>();
  private readonly marginalCosts: ReadonlyMap<string, number>;
  private readonly isRelaxed: boolean;
  private readonly unserved: ReadonlyMap<string, number>;

  /** @param plan one of this very problem */
  constructor(
    private readonly problem: Problem,
    private readonly plan: PlanDocument,
    { ranges, pricing }: Known = {},
  ) {
    this.resources = new Resources(problem);
    this.loads = new ResourceLoads(problem, this.resources, plan, ranges);
    this.rating = new ItineraryRating(problem, this.resources, this.loads);
    const atPrices = once(() => pricing ?? pricingOf(problem, this.resources, this.loads.prices()));
    this.nextBest = new NextBestItineraries(problem, atPrices, this.loads, this.rating);
    this.reasons = new UnservedReasons(problem, this.resources, this.loads);
    for (const flow of plan.flows) this.flows.set(flow.demand, [...(this.flows.get(flow.demand) ?? []), flow]);
    this.marginalCosts = new Map(plan.prices.demands.map(({ demand, marginalCost }) => [demand, marginalCost]));
    this.isRelaxed = arePricesOptimal(plan) && plan.status !== 'optimal' && movesInUnits(problem);
    this.unserved = new Map(plan.unserved.map(({ demand, quantity }) => [demand, quantity]));
  }

  of(demandId: string): Explanation {
    const demand = this.problem.demandById.get(demandId);
    if (!demand) throw new Error(`there is no demand ${demandId} in the problem`);
    const planned = (this.flows.get(demandId) ?? []).map(({ supply, legs, quantity }) => ({
      rated: this.rating.of(demand, supply, legs.map(stepOf)),
      quantity,
    }));
    const unserved = this.unservedOf(demand);
    return {
      kind: 'demand',
      ...this.context(),
      demand: demandId,
      marginalCost: this.marginalCosts.get(demandId) ?? 0,
      flows: planned.map(({ rated: { facts }, quantity }): ExplainedFlow => ({
        quantity,
        ...facts,
        binding: facts.binding.map((each) => this.loads.ranged(each)),
      })),
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

  private context(): Pick<Explanation, 'network' | 'currency' | 'unit' | 'relaxed'> {
    const { kind, document } = this.problem;
    const context = { network: kind, currency: document.currency ?? 'EUR', unit: document.unit ?? 'TEU' } as const;
    return this.isRelaxed ? { ...context, relaxed: true } : context;
  }

  private unservedOf(demand: Demand): Explanation['unserved'] {
    const quantity = this.unserved.get(demand.id);
    return quantity === undefined ? undefined : { quantity, reason: this.reasons.of(demand, quantity) };
  }

  private travelled(term: Leg | Voyage): ExplainedLeg {
    const { service, from, to } = term;
    const leg = { ...stepOfLeg(term), mode: this.loads.modeOf(service), from: from.id, to: to.id };
    if ('call' in term || term.kind === 'on-demand') return leg;
    return { ...leg, departs: formatInstant(term.departs), arrives: formatInstant(term.arrives) };
  }

  private loadOf({ service, leg, mode }: ExplainedLeg, resource: LegLoad['resource'], at: number): LegLoad {
    const name = { resource, ...stepOf({ service, leg }), mode };
    const limit = this.resources.limit(at);
    const load = this.loads.of(at);
    const { used = this.usedOf(at), shadowPrice = 0, range } = load ? this.loads.ranged(load) : {};
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

/** Would no itinerary undercut them? Not in a plan that was stopped early. */
export const arePricesOptimal = ({ certificate }: PlanDocument): boolean => certificate.dualInfeasibility <= 1e-6;

const movesInUnits = ({ demandById }: Problem): boolean =>
  [...demandById.values()].some(({ unitSize }) => unitSize !== undefined);

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
