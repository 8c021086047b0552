import { type Fault, formatInstant } from '@portolan/domain';
import { distinctFlags, draftOf, itemMade } from '../draft.js';
import { compact, contentHash } from '../json/content.js';
import { Fields, type Notes, kindOf } from '../json/fields.js';
import { isObject } from '../json/json.js';
import { type Item, type Reading, type Reception, rejected, tooMany, unreadable } from '../reading.js';
import type { Batch } from './batch.js';
import { endingIn, isEnded } from './endings.js';
import { type Description, portCallIn, serviceIn, terminalCallIn } from './objects.js';
import { type Identified, timestampIn, vesselStatusIn } from './times.js';

const SOURCE = '/dcsa/jit';
const lists = ['portCalls', 'terminalCalls', 'portCallServices', 'timestamps', 'vesselStatuses'];
const ids = ['timestampID', 'portCallServiceID', 'terminalCallID', 'portCallID'];

/**
 * DCSA Just-in-Time Port Call 2.0: one object of its requests and responses, a list of them in any mixture, or an object
 * with lists `portCalls`, `terminalCalls`, `portCallServices`, `timestamps` and `vesselStatuses`. Objects of one message know
 * each other; references to others are left to the log.
 */
export function readJit(message: unknown, reception: Reception): Reading {
  const many = tooMany(countOf(message));
  if (many) return many;
  const parts = partsOf(message);
  if (!parts) return unreadable('must be an object of JIT, a list of them, or an object with lists of them');
  const batch = batchOf(parts);
  return { format: 'dcsa-jit-2', items: parts.map((part, index) => itemOf(part, index, batch, reception)) };
}

interface Part {
  readonly value: unknown;
  readonly pointer: string;
}

/** Objects in its lists, before anything is made of them. */
function countOf(message: unknown): number {
  const found = isObject(message) ? lists.map((name) => message[name]) : [message];
  return found.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
}

function partsOf(message: unknown): readonly Part[] | undefined {
  const listed = (list: readonly unknown[], pointer: string) =>
    list.map((value, index) => ({ value, pointer: `${pointer}/${index}` }));
  if (Array.isArray(message)) return listed(message, '');
  if (!isObject(message)) return undefined;
  const named = lists.filter((name) => Array.isArray(message[name]));
  if (named.length > 0) return named.flatMap((name) => listed(message[name] as unknown[], `/${name}`));
  return [{ value: message, pointer: '' }];
}

/** Does a JSON message look like one of Just-in-Time Port Call? */
export function looksLikeJit(message: unknown): boolean {
  const first = partsOf(message)?.find(({ value }) => isObject(value))?.value;
  return isObject(first) && ids.some((name) => Object.hasOwn(first, name));
}

/** What the objects that others refer to say. What is wrong with them is told where they are read. */
function batchOf(parts: readonly Part[]): Batch {
  const described = parts.flatMap(({ value, pointer }): [string, Description][] => {
    const description = isObject(value)
      ? describedIn(new Fields(value, pointer, { faults: [], flags: [] }), value)
      : undefined;
    return description ? [[description.data.reference, description]] : [];
  });
  return new Map(described);
}

/** `undefined` for objects that describe nothing, and for those that lack what they must have. */
function describedIn(root: Fields, value: Readonly<Record<string, unknown>>): Description | undefined {
  if (root.has('timestampID')) return undefined;
  if (root.has('portCallServiceTypeCode')) return serviceIn(root);
  if (root.has('portCallServiceID') || isBare(value)) return undefined;
  return root.has('terminalCallID') ? terminalCallIn(root) : portCallIn(root);
}

/** The end of something, told without what it was. */
const isBare = (value: Readonly<Record<string, unknown>>): boolean =>
  isEnded(value) && !Object.hasOwn(value, 'vessel') && !Object.hasOwn(value, 'carrierServiceCode');

function itemOf({ value, pointer }: Part, index: number, batch: Batch, { received }: Reception): Item {
  if (!isObject(value) || !ids.some((name) => Object.hasOwn(value, name)))
    return rejected(index, pointer, [noObject(value, pointer)]);
  const notes: Notes = { faults: [], flags: [] };
  const root = new Fields(value, pointer, notes);
  const facts = factsIn(root, value, batch, received);
  if (notes.faults.length > 0) return rejected(index, pointer, notes.faults);
  return drafted(facts, root, index, received);
}

function factsIn(
  root: Fields,
  value: Readonly<Record<string, unknown>>,
  batch: Batch,
  received: number,
): readonly Identified[] {
  const receivedAt = formatInstant(received);
  const described = describedIn(root, value);
  if (described) return [...descriptions(described, hashOf(value)), ...endingIn(root, receivedAt)];
  if (root.has('timestampID')) return [timestampIn(root, batch, received) ?? []].flat();
  if (isEnded(value)) return endingIn(root, receivedAt);
  if (root.has('portCallServiceID')) return [vesselStatusIn(root, batch, receivedAt, hashOf(value)) ?? []].flat();
  return [];
}

/** Contents without what differs between their receivers. */
const hashOf = ({ isFYI: _, ...value }: Readonly<Record<string, unknown>>): string => contentHash(value);

/** The object under its own id; and the port's reference of a visit as another name of it. */
function descriptions({ data, alias }: Description, hash: string): Identified[] {
  const described = (fact: Description['data'], id: string): Identified => ({
    fact: { type: 'org.portolan.call.described', data: fact, subject: data.reference },
    id,
  });
  const id = `${data.reference}@${hash}`;
  return [
    described(data, id),
    ...(alias === undefined ? [] : [described({ reference: alias, within: data.reference }, `${id}/visit`)]),
  ];
}

function drafted(facts: readonly Identified[], root: Fields, index: number, received: number): Item {
  const flags = distinctFlags(root.notes.flags);
  const extensions = root.rest();
  const made = facts.map(({ fact, id, revisionof }, at) => {
    const { subject, type, data } = fact;
    const actual = 'classifier' in data && data.classifier === 'actual';
    const time = actual && 'at' in data ? data.at : formatInstant(received);
    // What is not understood is kept once, with the first event of an object.
    const more = at > 0 ? {} : type === 'org.portolan.event.retracted' ? { extensions } : { flags, extensions };
    return draftOf(
      type,
      { id, source: SOURCE, subject, time, revisionof },
      compact({ ...data, ...more }),
      root.pointer,
    );
  });
  return itemMade(index, root.pointer, made);
}

function noObject(value: unknown, pointer: string): Fault {
  if (!isObject(value)) return { pointer, value, message: `must be an object of JIT, is ${kindOf(value)}` };
  if (Object.hasOwn(value, 'statusCode'))
    return { pointer, message: 'is the answer to a request that failed, and tells of no call' };
  return { pointer, message: `is no object of JIT: it needs one of ${ids.join(', ')}` };
}
