export { DAY, HOUR, formatInstant, parseInstant, type Millis } from './time/instant.js';
export { formatDuration, parseDuration } from './time/duration.js';
export * from './events/event.js';
export { moves } from './events/movement.js';
export { kinds, type Assignment, type Kind, type Proposal, type Step } from './events/decision.js';
export type { Classifier, PlaceReference, TransportReference } from './events/primitives.js';
export * from './recommendation/recommendation.js';
export { PLAN_PUBLISHED, type PlanPublication } from './recommendation/publication.js';
