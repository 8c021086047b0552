import { DAY, formatInstant, type Fault, parseInstant } from '@portolan/domain';
import { distinctFlags, draftOf, itemMade } from '../draft.js';
import { attributeOf, compact, contentHash, joined } from '../json/content.js';
import { Fields, kindOf, type Notes } from '../json/fields.js';
import { isObject } from '../json/json.js';
import { type Item, type Reception, rejected } from '../reading.js';
import { eventTypes } from './codes.js';
import { type Fact, factOf } from './facts.js';
import type { Parts } from './parts.js';
import { partsOf2 } from './parts-2.js';
import { partsOf3, sourceOf } from './parts-3.js';

const MAX_ID = 500;

/** One event of either version. */
export function readEvent(value: unknown, index: number, pointer: string, { received }: Reception): Item {
  if (!isObject(value))
    return rejected(index, pointer, [{ pointer, value, message: `must be an event, is ${kindOf(value)}` }]);
  const notes: Notes = { faults: [], flags: [] };
  const root = new Fields(value, pointer, notes);
  if (root.boolean('isRetracted') === true) return retraction(root, index, { received });
  const parts = versionOf(value) === 2 ? partsOf2(root, value) : partsOf3(root, value);
  if (!parts) return rejected(index, pointer, notes.faults.length > 0 ? notes.faults : [unknownShape(value, pointer)]);
  return item(parts, value, index, received);
}

export const versionOf = (value: Readonly<Record<string, unknown>>): 2 | 3 =>
  Object.hasOwn(value, 'eventType') && !Object.hasOwn(value, 'eventClassification') ? 2 : 3;

function item(parts: Parts, value: unknown, index: number, received: number): Item {
  const { root, classification, saidField, eventTypeField } = parts;
  const identity = identityOf(parts, value, received);
  const at = root.instant('eventDateTime', received, parts.unlocode);
  const eventType =
    classification.requiredText(eventTypeField) === undefined
      ? undefined
      : classification.code(eventTypeField, eventTypes);
  const fact = eventType && factOf[eventType](parts, at ?? '');
  if (identity && at !== undefined)
    doubts(root, saidField, identity.said, at, received, classification.text('eventClassifierCode') === 'ACT');
  const { faults } = root.notes;
  if (faults.length > 0 || !fact || !identity || at === undefined) return rejected(index, root.pointer, faults);
  return finished(fact, identity, parts, at, index);
}

interface Identity {
  readonly id: string;
  readonly revisionof?: string;
  readonly revision?: string;
  /** When the sender said it. */
  readonly said: string;
}

/** The sender's id and when it was last updated; for events without an id, a hash of all they say. */
function identityOf(parts: Parts, value: unknown, received: number): Identity | undefined {
  const { root, saidField, source, unlocode, version } = parts;
  const said = root.instant(saidField, received, unlocode);
  const eventId = root.text('eventID', MAX_ID);
  if (version === 2 && eventId !== undefined && !UUID.test(eventId)) root.fault('eventID', 'must be a UUID');
  if (said === undefined) return undefined;
  if (eventId === undefined) return { id: contentHash(value), said };
  return { id: `${eventId}@${said}`, revisionof: attributeOf(`${source}#${eventId}`), revision: said, said };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function doubts(root: Fields, saidField: string, said: string, at: string, received: number, actual: boolean): void {
  const [saidAt, occurs] = [parseInstant(said)!, parseInstant(at)!];
  if (saidAt > received + DAY) root.flag(`said-in-future: ${saidField} ${said} is after reception`);
  if (actual && occurs > Math.max(saidAt, received) + DAY)
    root.flag(`actual-in-future: ${at} is actual, but has not come`);
}

function finished(fact: Fact, { said, ...identity }: Identity, parts: Parts, at: string, index: number): Item {
  const { root, source } = parts;
  const actual =
    fact.type === 'org.portolan.sensor.read' || ('classifier' in fact.data && fact.data.classifier === 'actual');
  const attributes = joined(identity, { source: attributeOf(source), subject: fact.subject, time: actual ? at : said });
  const flags = distinctFlags(root.notes.flags);
  const made = draftOf(fact.type, attributes, joined(fact.data, { flags, extensions: root.rest() }), root.pointer);
  return itemMade(index, root.pointer, [made]);
}

/** "If this flag is set, any event data other than the eventID is irrelevant" (3.0, `isRetracted`). */
function retraction(root: Fields, index: number, { received }: Reception): Item {
  const source = sourceOf(root);
  const eventId = root.requiredText('eventID', MAX_ID);
  const said = root.has('eventUpdatedDateTime') ? root.instant('eventUpdatedDateTime', received) : undefined;
  if (eventId === undefined || root.notes.faults.length > 0) return rejected(index, root.pointer, root.notes.faults);
  const retracts = attributeOf(`${source}#${eventId}`);
  const identity = { id: `${eventId}@${said ?? 'retracted'}`, revisionof: retracts, revision: said };
  const attributes = { ...identity, source: attributeOf(source), time: said ?? formatInstant(received) };
  const made = draftOf(
    'org.portolan.event.retracted',
    attributes,
    compact({ retracts, extensions: root.rest() }),
    root.pointer,
  );
  return itemMade(index, root.pointer, [made]);
}

function unknownShape(value: Readonly<Record<string, unknown>>, pointer: string): Fault {
  const fields = Object.keys(value);
  const wrapped = fields.find((field) => Array.isArray(value[field]));
  const hint = wrapped === undefined ? '' : `; its ${wrapped} is a list: send that, or as {"events": […]}`;
  const found = fields.length === 0 ? 'has no fields' : `has ${fields.slice(0, 5).join(', ')}`;
  return {
    pointer,
    message: `is no DCSA event: it needs eventType (2.2) or eventClassification (3.0), and ${found}${hint}`,
  };
}
