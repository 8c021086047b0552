import {
  type Demand,
  type Problem,
  type Step,
  formatInstant,
  priceItinerary,
  round,
  stepOfLeg,
  travelledLeg,
  type ExplainedItinerary,
  type ExplainedLeg,
} from '@portolan/domain';
import type { Resources, Use } from '../columns.js';
import { followingCalls, staticHandling } from '../search/static-search.js';
import type { ResourceLoads } from './binding.js';

/** An itinerary as explanations show it, and what one unit on it uses. */
export interface RatedItinerary {
  readonly facts: ExplainedItinerary;
  readonly uses: readonly Use[];
}

type Rated = Omit<ExplainedItinerary, 'supply' | 'binding'>;

/** Rates itineraries of a problem by its rules, and by what a plan says is full. */
export class ItineraryRating {
  private readonly following: Int32Array;

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly loads: ResourceLoads,
  ) {
    this.following = problem.kind === 'static' ? followingCalls(problem) : new Int32Array();
  }

  of(demand: Demand, supply: string | undefined, steps: readonly Step[]): RatedItinerary {
    const legs = this.indicesOf(steps);
    const uses = this.usesOf(demand, supply, steps);
    const rated = this.problem.kind === 'static' ? this.sailed(demand, legs) : this.timed(demand, supply, steps);
    return {
      facts: { ...(supply !== undefined && { supply }), ...rated, binding: this.loads.binding(uses) },
      uses,
    };
  }

  /** What one unit on an itinerary uses. */
  usesOf({ index }: Demand, supply: string | undefined, steps: readonly Step[]): Use[] {
    const lot = supply === undefined ? -1 : this.problem.supplyById.get(supply)!.index;
    return this.resources.usesOf({ demand: index, supply: lot, legs: this.indicesOf(steps) });
  }

  private indicesOf(steps: readonly Step[]): number[] {
    return steps.map((step) => this.loads.indexOf(step)!);
  }

  private timed(demand: Demand, supply: string | undefined, steps: readonly Step[]): Rated {
    const priced = priceItinerary(this.problem, demand.id, supply, steps);
    if (!priced.possible) throw new Error(`the plan is not one of this problem: ${demand.id}: ${priced.reason}`);
    const legs: ExplainedLeg[] = priced.legs.map((leg) => ({
      ...travelledLeg(leg),
      mode: this.loads.modeOf(leg.service),
    }));
    const { unitCost, parts, co2eKg, delivered } = priced;
    const rounded = Object.fromEntries(Object.entries(parts).map(([part, cost]) => [part, round(cost)]));
    return {
      legs,
      unitCost: round(unitCost),
      parts: rounded as typeof parts,
      co2eKg: round(co2eKg),
      delivered: formatInstant(delivered),
    };
  }

  /** Rotations cost handling only. */
  private sailed(demand: Demand, indices: readonly number[]): Rated {
    const handling = round(staticHandling(this.problem, this.following, demand, indices));
    const { revenue } = demand;
    const legs = indices.map((index) => {
      const voyage = this.problem.voyages[index]!;
      const { service, from, to } = voyage;
      return { ...stepOfLeg(voyage), mode: this.loads.modeOf(service), from: from.id, to: to.id };
    });
    const none = { transport: 0, storage: 0, lateness: 0, spoilage: 0, emissions: 0, supply: 0 };
    return { legs, unitCost: round(handling - revenue), parts: { ...none, handling, revenue }, co2eKg: 0 };
  }
}
