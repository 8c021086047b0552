import type { Assignment, Step } from '../events/decision.js';
import { TRACE, round, totalQuantity } from './assignments.js';
import { type ResourceKey, type Shifting, resourcesOf } from './groups.js';
import { type Rating, unservedView, viewOf } from './rating.js';
import type { ItineraryView, RecommendedChange } from './recommendation.js';

/** How much more the itineraries in force want of each resource than there is. */
export type Excess = Map<ResourceKey, number>;

export function excessOf(use: ReadonlyMap<ResourceKey, number>, capacity: ReadonlyMap<ResourceKey, number>): Excess {
  const excess: Excess = new Map();
  for (const [resource, used] of use) {
    const over = used - (capacity.get(resource) ?? Infinity);
    if (over > TRACE) excess.set(resource, over);
  }
  return excess;
}

/** What keeping the itineraries in force means as things stand: for each quantity what would happen, and on what basis. */
export interface Baseline {
  readonly kind: RecommendedChange['baseline'];
  readonly views: readonly ItineraryView[];
}

const gravity: readonly RecommendedChange['baseline'][] = ['none', 'kept', 'broken', 'unserved'];

/**
 * What becomes of a shipment whose itineraries in force are kept. A quantity that moves away because its leg (or lot) is
 * overbooked counts as refused there: somebody has to go. Goods that can no longer follow their itinerary go as far as
 * it leads and take the cheapest way on; where it does not even begin, they stay.
 * @param excess is consumed: what one shipment gives up is no longer over
 */
export function baselineOf(
  { shipment, reefer, shift }: Shifting,
  quantity: number,
  rating: Rating,
  excess: Excess,
): Baseline {
  const kept = shift.kept.map((assignment) => ({
    kind: 'kept' as const,
    view: outcome(assignment) ?? stranded(assignment),
  }));
  const moved = shift.removed.map((assignment) => outcomeWhenKept(assignment));
  const idle = quantity - totalQuantity(shift.kept) - totalQuantity(shift.removed);
  const nothing = shift.kept.length + shift.removed.length === 0;
  const parts = [
    ...kept,
    ...moved,
    ...(idle > TRACE ? [{ kind: nothing ? ('none' as const) : ('kept' as const), view: waiting(idle) }] : []),
  ];
  const kinds = moved.length > 0 ? moved.map(({ kind }) => kind) : parts.map(({ kind }) => kind);
  const kind = gravity[Math.max(0, ...kinds.map((each) => gravity.indexOf(each)))]!;
  return { kind, views: parts.map(({ view }) => view) };

  function outcome(assignment: Assignment): ItineraryView | undefined {
    const rated = rating.rate(shipment, assignment);
    return rated.possible ? viewOf(assignment, rated, rating) : undefined;
  }

  function outcomeWhenKept(assignment: Assignment): { kind: RecommendedChange['baseline']; view: ItineraryView } {
    const rated = rating.rate(shipment, assignment);
    const refused = refusedAt(assignment, reefer, excess);
    if (rated.possible && refused === undefined) return { kind: 'kept', view: viewOf(assignment, rated, rating) };
    const breaks = Math.min(rated.possible ? Infinity : rated.atLeg, refused ?? Infinity);
    const beginning = assignment.itinerary.slice(0, breaks);
    const repaired = beginning.length > 0 ? continued(assignment, beginning) : undefined;
    const why = rated.possible ? `no room on ${nameOf(assignment.itinerary[breaks])}` : rated.reason;
    return repaired
      ? { kind: 'broken', view: repaired }
      : { kind: 'unserved', view: unservedView(assignment.quantity, rating.unservedPenalty(shipment), why) };
  }

  function continued(assignment: Assignment, beginning: readonly Step[]): ItineraryView | undefined {
    const itinerary = rating.continuation(shipment, assignment.supply, beginning);
    return itinerary && outcome({ ...assignment, itinerary: [...itinerary] });
  }

  function stranded(assignment: Assignment): ItineraryView {
    return unservedView(assignment.quantity, rating.unservedPenalty(shipment), 'its itinerary is no longer possible');
  }

  function waiting(idle: number): ItineraryView {
    return unservedView(round(idle), rating.unservedPenalty(shipment), 'nothing is booked for it');
  }
}

/** The index of the first leg that has no room for this assignment (0 for an overdrawn lot), taking it from the excess. */
function refusedAt(assignment: Assignment, reefer: boolean, excess: Excess): number | undefined {
  const over = resourcesOf(assignment, reefer).filter((resource) => (excess.get(resource) ?? 0) > TRACE);
  for (const resource of over) excess.set(resource, excess.get(resource)! - assignment.quantity);
  if (over.length === 0) return undefined;
  if (over.some((resource) => resource.startsWith('lot:'))) return 0;
  const legs = assignment.itinerary.map((step) => resourcesOf({ itinerary: [step] }, reefer));
  return legs.findIndex((keys) => keys.some((key) => over.includes(key)));
}

const nameOf = (step: Step | undefined): string =>
  step === undefined ? 'the lot' : step.leg === undefined ? step.service : `${step.service} leg ${step.leg}`;
