import { isObject } from '../json/json.js';
import { type Reading, type Reception, tooMany, unreadable } from '../reading.js';
import { readEvent, versionOf } from './event.js';

/**
 * DCSA Track & Trace 2.2 and 3.0: one event, a list, or a response page with `events`. Item by item: `index` is the place in
 * the list. Versions may mix; the format's name is that of the first.
 */
export function readDcsa(message: unknown, reception: Reception): Reading {
  const events = eventsOf(message);
  if (!events) return unreadable('must be an event, a list of events, or an object with a list `events`');
  const many = tooMany(events.list.length);
  if (many) return many;
  const items = events.list.map((each, index) => readEvent(each, index, events.pointer(index), reception));
  const first = events.list.find(isObject);
  return { format: `dcsa-tnt-${first ? versionOf(first) : 3}`, items };
}

interface Events {
  readonly list: readonly unknown[];
  readonly pointer: (index: number) => string;
}

function eventsOf(message: unknown): Events | undefined {
  if (Array.isArray(message)) return { list: message, pointer: (index) => `/${index}` };
  if (!isObject(message)) return undefined;
  if (Array.isArray(message.events)) return { list: message.events, pointer: (index) => `/events/${index}` };
  return { list: [message], pointer: () => '' };
}

/** Does a JSON message look like Track & Trace, perhaps with its events one level too deep? */
export function looksLikeDcsa(message: unknown): boolean {
  const first = eventsOf(message)?.list.find(isObject);
  return first !== undefined && [first, ...Object.values(first).flat(1)].some(looksLikeEvent);
}

const marks = ['eventType', 'eventClassification', 'isRetracted'];
const looksLikeEvent = (value: unknown): boolean => isObject(value) && marks.some((name) => Object.hasOwn(value, name));
