import type { EventType } from '../events/event.js';
import { parseInstant } from '../time/instant.js';
import { foldDecision } from './decisions.js';
import { Draft } from './draft.js';
import { type Fact, type PositionedEvent, factOf, takesBack } from './fact.js';
import { foldLot, foldMilestone, foldMove, foldOrder, foldProduct, foldReading } from './goods-facts.js';
import {
  foldCall,
  foldCapacity,
  foldClosure,
  foldDescription,
  foldLocation,
  foldParameters,
  foldPosition,
  foldService,
} from './network-facts.js';
import { foldRetraction } from './retraction.js';
import { settleDue } from './settle.js';
import type { State } from './state.js';

/** At least of this many events folded last a duplicate is known by its id. */
const REMEMBERED = 20_000;

/**
 * The state after `events`, in this order; `state` itself stays as it was. It does not matter how a log is cut into
 * batches. An event folded again changes nothing; an older word that comes later does not replace a newer one; a word
 * about something unknown counts once that becomes known. Never throws on events that `parseEvent` accepts.
 */
export function foldBatch(state: State, events: readonly PositionedEvent[]): State {
  const draft = new Draft(state);
  for (const event of events) foldEvent(draft, event);
  return draft.state;
}

function foldEvent(draft: Draft, { event, position }: PositionedEvent): void {
  const { state } = draft;
  const newest = Math.max(state.position, position);
  const { source, id } = event;
  if (state.seen.has(source, id) || state.seenBefore.has(source, id)) return draft.moveTo(newest, state.now);
  draft.remember(source, id, REMEMBERED);
  const received = parseInstant(event.recordedtime)!;
  const told = event.type === 'org.portolan.clock.ticked' ? parseInstant(event.data.now)! : received;
  draft.moveTo(newest, Math.max(state.now, received, told));
  const fact = factOf({ event, position }, received);
  if (!takenBack(state, fact)) folds[fact.type](draft, fact as never);
  settleDue(draft);
}

function takenBack(state: State, fact: Fact): boolean {
  if (state.retractions.size === 0) return false;
  const words = [state.retractions.get(fact.id), state.retractions.get(fact.of ?? fact.id)];
  return words.some((retraction) => retraction !== undefined && takesBack(retraction, fact));
}

const folds: { readonly [T in EventType]: (draft: Draft, fact: Fact<T>) => void } = {
  'org.portolan.parameters.changed': foldParameters,
  'org.portolan.location.changed': foldLocation,
  'org.portolan.location.closed': foldClosure,
  'org.portolan.location.reopened': foldClosure,
  'org.portolan.service.scheduled': foldService,
  'org.portolan.service.cancelled': foldService,
  'org.portolan.capacity.changed': foldCapacity,
  'org.portolan.product.described': foldProduct,
  'org.portolan.order.placed': foldOrder,
  'org.portolan.order.cancelled': foldOrder,
  'org.portolan.lot.registered': foldLot,
  'org.portolan.lot.withdrawn': foldLot,
  'org.portolan.equipment.moved': foldMove,
  'org.portolan.equipment.stowed': foldMove,
  'org.portolan.transport.called': foldCall,
  'org.portolan.call.described': foldDescription,
  'org.portolan.milestone.reached': foldMilestone,
  'org.portolan.sensor.read': foldReading,
  'org.portolan.position.reported': foldPosition,
  'org.portolan.decision.made': foldDecision,
  'org.portolan.clock.ticked': () => undefined,
  'org.portolan.event.retracted': foldRetraction,
};
