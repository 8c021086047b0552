export { DAY, HOUR, formatInstant, parseInstant, type Millis } from './time/instant.js';
export { formatDuration, parseDuration } from './time/duration.js';
export * from './events/event.js';
export { moves } from './events/movement.js';
export { kinds, type Assignment, type Kind, type Proposal, type Step } from './events/decision.js';
export { duration, identifier, instant } from './events/primitives.js';
export type { Classifier, PlaceReference, TransportReference } from './events/primitives.js';
export * from './recommendation/recommendation.js';
export * from './recommendation/explanation.js';
export { PLAN_PUBLISHED, type PlanPublication, type Resumption } from './recommendation/publication.js';
export * from './rejection/rejection.js';
export { jsonSchemas } from './schemas/json-schemas.js';
export {
  recommend,
  emptyLedger,
  plannedViews,
  thingsOn,
  type Ledger,
  type PlannedDemand,
  type Recommended,
  type Situation,
  useInForce,
} from './recommendation/recommend.js';
export { shipmentsShown, withAlternatives } from './recommendation/alternatives.js';
export type { Answer } from './recommendation/lifecycle.js';
export { resourcesOf, type ResourceKey } from './recommendation/groups.js';
export { type Excess, excessOf } from './recommendation/baseline.js';
export { viewsOf, type Rated, type Rating } from './recommendation/rating.js';
export { itineraryKey, round, shiftBetween, stepKey, stepOf, totalQuantity } from './recommendation/assignments.js';
export { decisionEvent, type AnswerGiven } from './recommendation/decision-event.js';
export {
  emptyState,
  type Closure,
  type Decision,
  type Location,
  type Lot,
  type Order,
  type Product,
  type State,
} from './state/state.js';
export type { PositionedEvent } from './state/fact.js';
export { foldBatch } from './state/fold.js';
export { FOLD_VERSION, stateFromLines, stateLines } from './state/snapshot.js';
export { defaultParameters, type Parameters } from './state/parameters.js';
export type { Leg as RunLeg, Relation, Run, RunCall, Service } from './state/service.js';
export type { Moment } from './state/run-times.js';
export { causesFor } from './state/touches.js';
export {
  lotExpiry,
  shipmentOf,
  shipmentsOf,
  shipmentsOfOrder,
  type Shipment,
  type ShipmentStatus,
} from './state/shipments.js';
export type { InForce, PathStep } from './state/goods.js';
export type { Hold } from './state/holds.js';
export type { Condition } from './state/sensors.js';
export type { Spot } from './state/travel.js';
export type { Whereabouts } from './state/whereabouts.js';
export { timelineOf } from './state/timeline.js';
export { kilometresBetween } from './state/places.js';
export { runsMeant } from './state/run-names.js';
export { lastPosition, type LastPosition } from './state/positions.js';
export { lotQuantity } from './state/order-goods.js';
export { toProblem, type DemandOrigin, type ToProblem } from './planning/to-problem.js';
export {
  problemDocument,
  type ProblemCurrent,
  type ProblemDemand,
  type ProblemDocument,
  type ProblemLeg,
  type ProblemLocation,
  type ProblemService,
  type ProblemSupply,
} from './problem-format/document.js';
export { changesBetween } from './problem-format/changes-between.js';
export { parseChanges, planChange, type LegChange, type PlanChange } from './problem-format/changes.js';
export { checkDocument } from './problem-format/checks.js';
export {
  demandOf,
  legsOfService,
  parametersOf,
  placeOf,
  resolve,
  supplyOf,
  voyagesOfService,
} from './problem-format/resolve.js';
export { parseProblem, type ParsedProblem, type ProblemError } from './problem-format/parse.js';
export {
  itineraryId,
  keyOfLeg,
  legKey,
  stepOfLeg,
  type Demand,
  type Leg,
  type OnDemandLeg,
  type Place,
  type Problem,
  type ScheduledLeg,
  type Supply,
  type Voyage,
} from './problem-format/problem.js';
export {
  isClosed,
  priceItinerary,
  travelledLeg,
  type PossibleItinerary,
  type PricedItinerary,
} from './problem-format/itinerary.js';
export {
  planDocument,
  type Objective,
  type PlanDocument,
  type PlannedFlow,
  type PlannedLeg,
} from './problem-format/plan.js';
