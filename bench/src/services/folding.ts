import { decodeEvent } from '@portolan/formats';
import { PlanningCell, type Planner } from '@portolan/cells';
import { type EventLog, type LogRecord, byKey } from '@portolan/streams';
import { within } from '../patience.js';

/** Nobody plans here. */
const nobody = (): Promise<never> => Promise.reject(new Error('nothing is planned in this benchmark'));
const noPlanner: Planner = {
  plan: nobody,
  explain: nobody,
  snapshot: nobody,
  save: nobody,
  restore: nobody,
  forget: () => {},
  close: async () => {},
};

const BATCH = 500;
const READ_S = 300;

/**
 * Reads a topic as the optimizer does, from its first record on, decodes and folds every event into its cell, and plans nothing. Gives the
 * milliseconds from the first batch to the last.
 */
export async function foldAll(log: EventLog, topic: string, count: number, group: string): Promise<number> {
  const cells = new Map<string, PlanningCell>();
  let [seen, began] = [0, 0];
  let finish = (_milliseconds: number) => {};
  const done = new Promise<number>((resolve) => (finish = resolve));
  const settings = { group, topics: [topic], from: 'beginning' as const, maxBatch: BATCH };
  const subscription = await log.subscribe(settings, async (batch) => {
    if (seen === 0) began = performance.now();
    for (const [name, records] of byKey(batch)) fold(cells, name, records);
    seen += batch.length;
    if (seen === count) finish(performance.now() - began);
  });
  const milliseconds = await within(READ_S, `${count} records of ${topic} folded`, done);
  await subscription.stop();
  const folded = [...cells.values()].reduce((most, { position }) => Math.max(most, position), -1);
  if (folded < 0) throw new Error('nothing was folded');
  return milliseconds;
}

function fold(cells: Map<string, PlanningCell>, name: string, records: readonly LogRecord[]): void {
  const cell = cells.get(name) ?? new PlanningCell(name, noPlanner);
  cells.set(name, cell);
  const events = records.map((record) => {
    const decoded = decodeEvent(record);
    if (!decoded.ok) throw new Error(`not an event: ${decoded.faults[0]!.message}`);
    return { event: decoded.value, position: record.offset };
  });
  const [refused] = cell.absorb(events);
  if (refused) throw new Error(`an event could not be folded: ${refused.reason}`);
}
