import type { EventReference } from '../recommendation/recommendation.js';
import { type Millis, formatInstant } from '../time/instant.js';
import type { Draft } from './draft.js';
import type { Fact } from './fact.js';
import type { State } from './state.js';

/** How many events are remembered of each thing. */
const DEPTH = 8;

/** Changes of these touch every plan. */
export const EVERYTHING = 'parameters';

/** Remembers that an event changed something about `things`, in one plain English sentence. */
export function touch(draft: Draft, fact: Fact, things: readonly string[], summary: string): void {
  const { id, type, subject, time, position } = fact;
  const reference: EventReference = {
    id,
    type,
    ...(subject !== undefined && { subject }),
    time: formatInstant(time),
    position,
    summary,
  };
  for (const thing of new Set(things)) {
    const others = (draft.state.touches.get(thing) ?? []).filter((each) => each.id !== id);
    draft.set('touches', thing, [...others, reference].slice(-DEPTH));
  }
}

/**
 * Events after `since` that changed something about any of `keys` (`service:ID`, `leg:SERVICE/LEG`, `location:ID`,
 * `lot:ID`, `order:ID`), or about how the cell is planned; in the order of the log.
 */
export function causesFor(state: State, keys: readonly string[], since: number): EventReference[] {
  const found = new Map<string, EventReference>();
  for (const key of [EVERYTHING, ...keys])
    for (const reference of state.touches.get(key) ?? [])
      if (reference.position > since) found.set(reference.id, reference);
  return [...found.values()].sort((a, b) => a.position - b.position);
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `5 March 18:00 UTC` */
export function inWords(at: Millis): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** `18 h later`, `40 min earlier` */
export function shiftInWords(by: Millis): string {
  return `${lengthInWords(Math.abs(by))} ${by > 0 ? 'later' : 'earlier'}`;
}

/** `18 h`, `40 min` */
export function lengthInWords(length: Millis): string {
  const minutes = Math.round(length / 60_000);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
}
