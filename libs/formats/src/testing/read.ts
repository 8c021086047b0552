import { type EventDraft, parseEvent } from '@portolan/domain';
import fc from 'fast-check';
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

/** What holds for any input: it is refused with reasons, and what is accepted is an event of the log. */
export function expectReasonsOrEvents(reading: Reading): void {
  if ('unreadable' in reading) return expect(reading.unreadable).not.toEqual([]);
  for (const item of itemsOf(reading))
    if (!item.ok) expect(item.faults).not.toEqual([]);
    else for (const draft of item.events) expect(parseEvent(received(draft))).toMatchObject({ ok: true });
}

const received = (draft: EventDraft) => ({
  ...draft,
  specversion: '1.0',
  recordedtime: '2026-03-01T09:00:00Z',
  partitionkey: 'c',
});

/** An object of which some members are missing, and some are `leaf` instead. */
export const damaged = (sample: object, leaf: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc.record(
    Object.fromEntries(
      Object.entries(sample).map(([key, value]) => [
        key,
        fc.oneof({ weight: 9, arbitrary: fc.constant(value as unknown) }, leaf),
      ]),
    ),
    { requiredKeys: [] },
  );
