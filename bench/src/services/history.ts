import { type PortolanEvent } from '@portolan/domain';
import { type EncodedEvent, encodeEvent } from '@portolan/formats';
import { syntheticHinterland } from '@portolan/synthetic';
import { positionsOf } from '../kills/positions.js';

const SHIPMENTS = 1000;

/** What a hinterland of 1 000 shipments has to tell in two weeks, and as many positions of its barges as it takes to the number wanted. */
export function historyOf(count: number): readonly PortolanEvent[] {
  const told = [...syntheticHinterland({ shipments: SHIPMENTS, seed: 1 }).events()];
  const all = [...told, ...positionsOf(told, Math.max(0, count - told.length))];
  return all
    .sort((a, b) => (a.recordedtime < b.recordedtime ? -1 : a.recordedtime > b.recordedtime ? 1 : 0))
    .slice(0, count);
}

/** The history as records of the log, in one of several cells each. */
export const recordsOf = (history: readonly PortolanEvent[], cells: readonly string[]): readonly EncodedEvent[] =>
  history.map((event, index) => encodeEvent({ ...event, partitionkey: cells[index % cells.length]! }));

/** The history as senders tell it: batches of CloudEvents, as JSON. */
export function messagesOf(history: readonly PortolanEvent[], size: number): readonly string[] {
  const said = history.map(({ recordedtime: _received, partitionkey: _cell, ...event }) => event);
  const count = Math.ceil(said.length / size);
  return Array.from({ length: count }, (_, i) => JSON.stringify(said.slice(i * size, (i + 1) * size)));
}
