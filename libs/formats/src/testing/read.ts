import type { EventDraft } from '@portolan/domain';
import type { Reading } from '../reading.js';

/** The items of a message that could be read. */
export function itemsOf(reading: Reading): Extract<Reading, { items: unknown }>['items'] {
  if ('unreadable' in reading) throw new Error(`unreadable: ${JSON.stringify(reading.unreadable)}`);
  return reading.items;
}

export const draftsOf = (reading: Reading): EventDraft[] =>
  itemsOf(reading).flatMap((item) => (item.ok ? [...item.events] : []));

/** Per rejected item: its index, and where and why. */
export const refusals = (reading: Reading): [number, string, string][] =>
  itemsOf(reading).flatMap((item) =>
    item.ok ? [] : item.faults.map(({ pointer, message }): [number, string, string] => [item.index, pointer, message]),
  );
