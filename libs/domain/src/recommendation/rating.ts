import type { Assignment, Step } from '../events/decision.js';
import type { ImpossibleItinerary, PossibleItinerary } from '../problem-format/itinerary.js';
import { HOUR, formatInstant } from '../time/instant.js';
import { round } from './assignments.js';
import type { ItineraryView } from './recommendation.js';

/** One unit of a demand on an itinerary, by the rules of `portolan.problem/1`; which rule forbids it does not matter here. */
export type Rated = PossibleItinerary | Omit<ImpossibleItinerary, 'rule'>;

/** What recommendations ask of the problem and of the planner. */
export interface Rating {
  rate(demand: string, assignment: Pick<Assignment, 'supply' | 'itinerary'>): Rated;
  /** The cheapest itinerary that begins with these steps, at plain cost; none where there is none. */
  continuation(demand: string, supply: string | undefined, beginning: readonly Step[]): readonly Step[] | undefined;
  unservedPenalty(demand: string): number;
  mode(service: string): string;
}

/** An assignment as people see it, possible as things stand. */
export function viewOf(assignment: Assignment, rated: PossibleItinerary, rating: Rating): ItineraryView {
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

/** Assignments of a demand as people see them; what is not possible is shown as left unserved, with the reason. */
export const viewsOf = (demand: string, assignments: readonly Assignment[], rating: Rating): ItineraryView[] =>
  assignments.map((assignment) => {
    const rated = rating.rate(demand, assignment);
    return rated.possible
      ? viewOf(assignment, rated, rating)
      : unservedView(assignment.quantity, rating.unservedPenalty(demand), rated.reason);
  });
