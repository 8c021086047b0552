import type { EventData } from '@portolan/domain';
import { compact } from '../json/content.js';
import { type Epc, epcOf, equipmentName, isEquipment, placeOf } from './identifiers.js';
import { type Fact, type Observation, thingsOf } from './observation.js';
import type { EpcisEvent } from './schema.js';
import { bareWord } from './vocabulary.js';

type Move = EventData<'org.portolan.equipment.moved'>['move'];
type Milestone = EventData<'org.portolan.milestone.reached'>['milestone'];

const moves: Readonly<Record<string, Move>> = {
  arriving: 'gate-in',
  receiving: 'gate-in',
  departing: 'gate-out',
  shipping: 'gate-out',
  loading: 'loaded',
  unloading: 'discharged',
  packing: 'stuffed',
  unpacking: 'stripped',
  collecting: 'picked-up',
  inspecting: 'inspected',
  removing: 'removed',
};

/** Goods in such a state go nowhere until they are out of it. */
const holding = ['recalled', 'unavailable', 'non_conformant'];

/** What happened to containers, logistic units and assets. A sensor's report alone is no move. */
export function movesOf({ event, at, flags }: Observation): readonly Fact[] {
  const step = bareWord(event.bizStep) ?? '';
  const move = Object.hasOwn(moves, step) ? moves[step] : undefined;
  if (!move || event.kind === 'TransactionEvent' || event.kind === 'TransformationEvent') return [];
  const id = event.readPoint?.id ?? event.bizLocation?.id;
  const place = id === undefined ? undefined : placeOf(id);
  return movedBy(event, move).map((thing): Fact => {
    const equipment = equipmentName(thing);
    if (equipment !== thing.key) flags.push(`long-identifier: ${thing.uri} is ${equipment}`);
    const data = compact({ equipment, move, classifier: 'actual' as const, at, place });
    return { type: 'org.portolan.equipment.moved', data, subject: equipment, beside: { epc: thing.uri } };
  });
}

/** Into a vehicle go its children; everything else happens to what holds them. */
function movedBy(event: EpcisEvent, move: Move): readonly Epc[] {
  const children = (event.childEPCs ?? []).map(epcOf).filter(isEquipment);
  if ((move === 'loaded' || move === 'discharged') && children.length > 0) return children;
  return thingsOf(event).filter(isEquipment);
}

/** What says no more than that it happened: held, released, or any other step, with its documents. */
export function milestoneOf(observation: Observation): Fact {
  const { event, at } = observation;
  const references = (event.bizTransactionList ?? []).map(({ type, bizTransaction }) => ({
    type: (bareWord(type) ?? 'other').slice(0, 30),
    reference: bizTransaction.slice(0, 200),
  }));
  const [first] = thingsOf(event);
  const equipment = first && isEquipment(first) ? equipmentName(first) : undefined;
  const data = compact({
    milestone: readinessOf(event),
    code: bareWord(event.bizStep)?.slice(0, 20),
    classifier: 'actual' as const,
    at,
    document: references[0],
    references: references.length > 1 ? references.slice(1) : undefined,
    equipment,
    reason: bareWord(event.disposition)?.slice(0, 1000),
  });
  return { type: 'org.portolan.milestone.reached', data, subject: first?.key };
}

/** Only a persistent disposition that is unset, or goods said to be available, release what was held. */
export function readinessOf({ bizStep, disposition, persistentDisposition }: EpcisEvent): Milestone {
  const state = bareWord(disposition) ?? '';
  const holds = (terms: readonly string[] = []) => terms.some((term) => holding.includes(bareWord(term)!));
  if (bareWord(bizStep) === 'holding' || holding.includes(state) || holds(persistentDisposition?.set)) return 'held';
  return state === 'available' || holds(persistentDisposition?.unset) ? 'released' : 'other';
}
