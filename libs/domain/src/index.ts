export { DAY, HOUR, formatInstant, parseInstant, type Millis } from './time/instant.js';
export { formatDuration, parseDuration } from './time/duration.js';
export * from './events/event.js';
export { moves } from './events/movement.js';
export { kinds, type Assignment, type Kind, type Proposal, type Step } from './events/decision.js';
export type { Classifier, PlaceReference, TransportReference } from './events/primitives.js';
export * from './recommendation/recommendation.js';
export { PLAN_PUBLISHED, type PlanPublication } from './recommendation/publication.js';
export { jsonSchemas } from './schemas/json-schemas.js';
export {
  recommend,
  emptyLedger,
  thingsOn,
  type Ledger,
  type PlannedDemand,
  type Situation,
} from './recommendation/recommend.js';
export type { Answer } from './recommendation/lifecycle.js';
export { resourcesOf, type ResourceKey } from './recommendation/groups.js';
export { viewOf, unservedView, type Rated, type RatedLeg, type Rating } from './recommendation/rating.js';
export { itineraryKey, round, shiftBetween, stepKey, totalQuantity } from './recommendation/assignments.js';
export { decisionEvent, type AnswerGiven } from './recommendation/decision-event.js';
export {
  emptyState,
  type Decision,
  type Lot,
  type Location,
  type Order,
  type Product,
  type State,
} from './state/state.js';
export type { PositionedEvent } from './state/fact.js';
export { foldBatch } from './state/fold.js';
export { defaultParameters, type Parameters } from './state/parameters.js';
export { causesFor } from './state/touches.js';
export { lotExpiry, shipmentsOf, shipmentsOfOrder, type Shipment, type ShipmentStatus } from './state/shipments.js';
export type { Whereabouts } from './state/whereabouts.js';
export { toProblem, type DemandOrigin, type ToProblem } from './planning/to-problem.js';
