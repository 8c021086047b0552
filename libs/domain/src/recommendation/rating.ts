import type { Assignment, Step } from '../events/decision.js';
import { HOUR, type Millis, formatInstant } from '../time/instant.js';
import { round } from './assignments.js';
import type { Alternative, CostParts, ItineraryView } from './recommendation.js';

export interface RatedLeg extends Step {
  readonly from: string;
  readonly to: string;
  readonly departs: Millis;
  readonly arrives: Millis;
}

/** One unit of a demand on an itinerary, by the rules of `portolan.problem/1`; money, kg and instants. */
export type Rated =
  | {
      readonly possible: true;
      readonly unitCost: number;
      readonly parts: CostParts;
      readonly co2eKg: number;
      readonly ready: Millis;
      readonly delivered: Millis;
      readonly legs: readonly RatedLeg[];
    }
  | { readonly possible: false; readonly reason: string; readonly atLeg: number };

/** What recommendations ask of the problem and of the planner. */
export interface Rating {
  rate(demand: string, assignment: Pick<Assignment, 'supply' | 'itinerary'>): Rated;
  /** The cheapest itinerary that begins with these steps, at plain cost; none where there is none. */
  continuation(demand: string, supply: string | undefined, beginning: readonly Step[]): readonly Step[] | undefined;
  alternatives(demand: string, count: number): readonly Alternative[];
  unservedPenalty(demand: string): number;
  mode(service: string): string;
}

/** An assignment as people see it, possible as things stand. */
export function viewOf(
  assignment: Assignment,
  rated: Extract<Rated, { possible: true }>,
  rating: Rating,
): ItineraryView {
  return {
    ...(assignment.supply !== undefined && { supply: assignment.supply }),
    quantity: assignment.quantity,
    legs: rated.legs.map(({ service, leg, from, to, departs, arrives }) => ({
      service,
      ...(leg !== undefined && { leg }),
      mode: rating.mode(service),
      from,
      to,
      departs: formatInstant(departs),
      arrives: formatInstant(arrives),
    })),
    unitCost: round(rated.unitCost),
    cost: round(assignment.quantity * rated.unitCost),
    parts: rated.parts,
    co2eKg: round(assignment.quantity * rated.co2eKg),
    hours: round((rated.delivered - rated.ready) / HOUR),
    delivered: formatInstant(rated.delivered),
  };
}

export const unservedView = (quantity: number, penalty: number, why: string): ItineraryView => ({
  quantity,
  legs: [],
  unserved: why,
  unitCost: penalty,
  cost: round(quantity * penalty),
  co2eKg: 0,
  hours: 0,
});
