import { type Fault, faultsOf } from '@portolan/domain';
import { distinctFlags, draftOf, hasFlags, itemMade } from '../draft.js';
import { attributeOf, compact, contentHash } from '../json/content.js';
import { kindOf } from '../json/fields.js';
import { isObject } from '../json/json.js';
import { nearest } from '../nearest.js';
import { type Item, type Reception, rejected } from '../reading.js';
import { lotsOf } from './lots.js';
import { milestonesOf, movesOf, readinessOf } from './moves.js';
import { needsOf } from './needs.js';
import { type Fact, type Observation, instantAt } from './observation.js';
import { readingsOf } from './readings.js';
import { type EpcisEvent, type EventKind, eventSchemas } from './schema.js';

/** One event of any type. */
export function readEvent(
  value: unknown,
  index: number,
  pointer: string,
  { received }: Reception,
  context: unknown,
): Item {
  if (!isObject(value))
    return rejected(index, pointer, [{ pointer, value, message: `must be an event, is ${kindOf(value)}` }]);
  const checked = checkedEvent(value, pointer);
  if (!checked.ok) return rejected(index, pointer, checked.faults);
  const { event } = checked;
  const notes = { faults: [] as Fault[], flags: [] as string[] };
  const at = instantAt(event.eventTime, `${pointer}/eventTime`, { event, received, ...notes });
  if (event.recordTime !== undefined)
    instantAt(event.recordTime, `${pointer}/recordTime`, { event, received, ...notes });
  const observation = { event, sent: value, pointer, received, at: at ?? '', ...notes };
  const facts = factsOf(observation);
  const taken = event.errorDeclaration;
  const declared =
    taken && instantAt(taken.declarationTime, `${pointer}/errorDeclaration/declarationTime`, observation);
  if (notes.faults.length > 0 || at === undefined) return rejected(index, pointer, notes.faults);
  return declared === undefined
    ? finished(facts, observation, index, context)
    : retracted(facts, observation, declared, index, context);
}

type Checked = { readonly ok: true; readonly event: EpcisEvent } | { readonly ok: false; readonly faults: Fault[] };

function checkedEvent(value: Readonly<Record<string, unknown>>, pointer: string): Checked {
  const kind = value.type;
  if (!isKind(kind)) return { ok: false, faults: [unknownKind(kind, pointer)] };
  const parsed = eventSchemas[kind].safeParse(value);
  const faults = [
    ...(parsed.success ? [] : faultsOf(parsed.error, value, pointer).map(namespaceWanted)),
    ...needsOf(kind, value, pointer),
  ];
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, event: { ...parsed.data, kind } };
}

export const isKind = (kind: unknown): kind is EventKind =>
  typeof kind === 'string' && Object.hasOwn(eventSchemas, kind);

function unknownKind(kind: unknown, pointer: string): Fault {
  const known = Object.keys(eventSchemas);
  const meant = typeof kind === 'string' ? nearest(kind, known) : undefined;
  const hint = meant === undefined ? '' : `; perhaps ${meant}`;
  if (kind === undefined) return { pointer: `${pointer}/type`, message: `is required: one of ${known.join(', ')}` };
  return { pointer: `${pointer}/type`, value: kind, message: `is not one of ${known.join(', ')}${hint}` };
}

const namespaceWanted = (fault: Fault): Fault =>
  fault.message === 'is not a known field'
    ? {
        ...fault,
        message: 'is not a known field of EPCIS here, and one of your own needs a namespace, such as ext:name',
      }
    : fault;

/** A milestone where the event says that goods are held or released, names documents, or says nothing else. */
function factsOf(observation: Observation): readonly Fact[] {
  const facts = [...readingsOf(observation), ...lotsOf(observation), ...movesOf(observation)];
  const { event } = observation;
  const more = readinessOf(event) !== 'other' || event.kind === 'TransactionEvent';
  return facts.length === 0 || more ? [...facts, ...milestonesOf(observation)] : facts;
}

const SOURCE = '/epcis';

/** The sender's `eventID`, or a hash of all that an error declaration repeats (EPCIS 2.0, section 7.4.1.2). */
function idsOf({ event, sent }: Observation, count: number): readonly string[] {
  const said = Object.fromEntries(
    Object.entries(sent).filter(([name]) => name !== 'recordTime' && name !== 'errorDeclaration'),
  );
  const id = event.eventID ?? contentHash(said);
  return Array.from({ length: count }, (_, index) => attributeOf(index === 0 ? id : `${id}#${index + 1}`));
}

/** All that was sent is kept, once. */
const kept = ({ sent }: Observation, context: unknown): Record<string, unknown> => ({
  event: sent,
  ...(context !== undefined && { context }),
});

function finished(facts: readonly Fact[], observation: Observation, index: number, context: unknown): Item {
  const ids = idsOf(observation, facts.length);
  const made = facts.map(({ type, data, subject, beside }, place) => {
    const attributes = {
      id: ids[place]!,
      source: SOURCE,
      subject: subject && attributeOf(subject),
      time: observation.at,
    };
    const doubts = place === 0 ? { flags: distinctFlags(observation.flags) } : {};
    const sent = place === 0 ? kept(observation, context) : { eventID: ids[0] };
    const flagged = hasFlags(type);
    const extensions = compact({ ...beside, ...sent, ...(!flagged && doubts) });
    return draftOf(type, attributes, compact({ ...data, ...(flagged && doubts), extensions }), observation.pointer);
  });
  return itemMade(index, observation.pointer, made);
}

/** Every event that the original became is taken back by its id: the declaration repeats the original. */
function retracted(
  facts: readonly Fact[],
  observation: Observation,
  declared: string,
  index: number,
  context: unknown,
): Item {
  const { reason, correctiveEventIDs } = observation.event.errorDeclaration!;
  const ids = idsOf(observation, facts.length);
  const made = ids.map((retracts, place) => {
    const attributes = { id: attributeOf(`${retracts}@${declared}`), source: SOURCE, time: declared };
    const extensions =
      place === 0 ? compact({ correctiveEventIDs, ...kept(observation, context) }) : { eventID: ids[0] };
    const data = compact({ retracts, reason: reason?.slice(0, 500), extensions });
    return draftOf('org.portolan.event.retracted', attributes, data, observation.pointer);
  });
  return itemMade(index, observation.pointer, made);
}
