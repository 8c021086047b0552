import { distinctFlags, draftOf, itemMade } from '../draft.js';
import { attributeOf, compact, contentHash } from '../json/content.js';
import { Fields, type Notes, kindOf } from '../json/fields.js';
import { isObject } from '../json/json.js';
import { type Item, type Reading, type Reception, rejected, tooMany, unreadable } from '../reading.js';
import { type EventType, type TimeType, activities, eventTypeOf, looksLikeEventType } from './event-type.js';
import { type Told, factOf } from './facts.js';
import { visitIn } from './visit.js';

/**
 * Port call events (docs/formats-port-call.md): one, a list, or an object with a list `events`. One item an event; `index` is
 * its place in the list.
 */
export function readPortCall(message: unknown, reception: Reception): Reading {
  const listed = isObject(message) && Array.isArray(message.events) ? message.events : message;
  const prefix = listed === message ? '' : '/events';
  if (!Array.isArray(listed) && !isObject(listed))
    return unreadable('must be a port call event, a list of them, or an object with a list `events`');
  if (!Array.isArray(listed)) return { format: 'port-call-3', items: [itemOf(listed, 0, '', reception)] };
  const many = tooMany(listed.length);
  if (many) return many;
  return {
    format: 'port-call-3',
    items: listed.map((each, index) => itemOf(each, index, `${prefix}/${index}`, reception)),
  };
}

/** Does a JSON message look like port call events: with an event type of three parts? */
export function looksLikePortCall(message: unknown): boolean {
  const events: unknown = isObject(message) && Array.isArray(message.events) ? message.events : message;
  const first: unknown = Array.isArray(events) ? events.find(isObject) : events;
  return isObject(first) && Object.hasOwn(first, 'eventType') && looksLikeEventType(first.eventType);
}

function itemOf(value: unknown, index: number, pointer: string, { received }: Reception): Item {
  if (!isObject(value))
    return rejected(index, pointer, [{ pointer, value, message: `must be an event, is ${kindOf(value)}` }]);
  const notes: Notes = { faults: [], flags: [] };
  const root = new Fields(value, pointer, notes);
  const said = root.instant('recordTime', received);
  const type = typeIn(root);
  const visit = visitIn(root);
  const sender = root.requiredText('source', 100);
  const at = !root.has('eventTime') && type && !isTimed(type) ? said : root.instant('eventTime', received);
  const id = root.text('uuid', 100) ?? contentHash(value);
  if (notes.faults.length > 0 || !type || !visit || !sender || said === undefined || at === undefined)
    return rejected(index, pointer, notes.faults);
  return drafted({ type, visit, at }, { id, said, source: sourceOf(sender) }, root, index);
}

function typeIn(root: Fields): EventType | undefined {
  const text = root.requiredText('eventType', 100);
  if (text === undefined) return undefined;
  const type = eventTypeOf(text);
  if (!type)
    return root.fault(
      'eventType',
      'must be activity.time.party with a time of eta, etd, ata, atd, pta, ptd, rta, rtd, ets, etc, ats, atc, et, at, cancel, clearance or reportnumber, such as berth.eta.terminal',
    );
  if (!activities.has(type.activity)) root.flag(`unknown-activity: ${type.activity} is none of the format`);
  return type;
}

/** Cancellations, clearances and reports of numbers are about no moment. */
const isTimed = ({ time }: EventType): boolean => !['cancel', 'clearance', 'reportnumber'].includes(time.name);

const sourceOf = (sender: string): string =>
  attributeOf(`/port-call/${encodeURIComponent(sender.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))}`);

interface Identity {
  readonly id: string;
  readonly said: string;
  readonly source: string;
}

function drafted(told: Told, { id, said, source }: Identity, root: Fields, index: number): Item {
  const fact = factOf(told, root);
  const flags = distinctFlags(root.notes.flags);
  const { type, visit } = told;
  const attributes = {
    id,
    source,
    subject: fact.subject,
    time: type.time.classifier === 'actual' ? told.at : said,
    revisionof: wordOf(source, visit.activityId, type),
    revision: said,
  };
  const made = [
    draftOf(fact.type, attributes, compact({ ...fact.data, flags, extensions: root.rest() }), root.pointer),
    ...withdrawals(told, { id, said, source }, root.pointer),
  ];
  return itemMade(index, root.pointer, made);
}

/** A party's word on one moment of one activity: said again, it is a revision. */
const wordOf = (source: string, activityId: string | undefined, type: EventType): string | undefined =>
  activityId === undefined
    ? undefined
    : attributeOf(`${source}#${activityId}/${type.activity}/${momentOf(type.time)}/${type.party}`);

const momentOf = ({ name, classifier, moment }: TimeType): string =>
  moment === undefined ? name : `${classifier}-${moment}`;

const expectations: readonly TimeType[] = (['planned', 'estimated', 'requested'] as const).flatMap((classifier) =>
  (['arrival', 'departure'] as const).map((moment) => ({ name: '', classifier, moment })),
);

/** A visit that is cancelled takes back what the same party expected of it; what has happened stays. */
function withdrawals({ type, visit }: Told, { id, said, source }: Identity, pointer: string) {
  if (type.time.name !== 'cancel' || visit.activityId === undefined) return [];
  if (type.activity !== 'berth' && type.activity !== 'port') return [];
  return expectations.map((time) => {
    const retracts = wordOf(source, visit.activityId, { ...type, time })!;
    const attributes = { id: `${id}/${momentOf(time)}`, source, time: said, revision: said };
    return draftOf('org.portolan.event.retracted', attributes, { retracts, reason: 'cancelled' }, pointer);
  });
}
