import type { EventData } from '@portolan/domain';
import { compact } from '../json/content.js';
import { type Epc, epcOf, isEquipment, placeOf } from './identifiers.js';
import { type Fact, type Observation, equipmentIn, thingsOf } from './observation.js';
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
    const equipment = equipmentIn(thing, flags);
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

/**
 * What says no more than that it happened, with its documents: held or released, each thing of its own, or any other step,
 * once for all things.
 */
export function milestonesOf({ event, at, flags }: Observation): readonly Fact[] {
  const references = (event.bizTransactionList ?? []).map(({ type, bizTransaction }) => ({
    type: (bareWord(type) ?? 'other').slice(0, 30),
    reference: bizTransaction.slice(0, 200),
  }));
  const milestone = readinessOf(event);
  const data = compact({
    milestone,
    code: event.bizStep === undefined ? undefined : codeOf(event.bizStep),
    classifier: 'actual' as const,
    at,
    document: references[0],
    references: references.length > 1 ? references.slice(1) : undefined,
    reason: bareWord(event.disposition)?.slice(0, 1000),
  });
  const things = thingsOf(event);
  const carriers = things.filter((thing) => isEquipment(thing) || thing.scheme === 'lgtin');
  if (carriers.length === 0) return [{ type: 'org.portolan.milestone.reached', data, subject: things[0]?.key }];
  return (milestone === 'other' ? carriers.slice(0, 1) : carriers).map((thing): Fact => {
    const equipment = equipmentIn(thing, flags);
    return {
      type: 'org.portolan.milestone.reached',
      data: { ...data, equipment },
      subject: thing.key,
      beside: { epc: thing.uri },
    };
  });
}

/** A sender's own term by its last part, as there is room for 20 characters; the event as sent has all of it. */
const codeOf = (bizStep: string): string => (bareWord(bizStep)!.split(/[/:#]/).at(-1) || bizStep).slice(0, 20);

/** Only a persistent disposition that is unset, or goods said to be available, release what was held. */
export function readinessOf({ bizStep, disposition, persistentDisposition }: EpcisEvent): Milestone {
  const state = bareWord(disposition) ?? '';
  const holds = (terms: readonly string[] = []) => terms.some((term) => holding.includes(bareWord(term)!));
  if (bareWord(bizStep) === 'holding' || holding.includes(state) || holds(persistentDisposition?.set)) return 'held';
  return state === 'available' || holds(persistentDisposition?.unset) ? 'released' : 'other';
}
