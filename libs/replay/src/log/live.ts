import type { PlanDocument, PlanPublication } from '@portolan/domain';
import { decodeEvent } from '@portolan/formats';
import { type EventLog, type LogRecord, topics } from '@portolan/streams';
import { type Entry, startOf } from './entry.js';

const EVENTS_AT_ONCE = 2000;
const PLANS_AT_ONCE = 16;

/**
 * The events of a log, partition after partition, with the steps its optimizer made of them. What is appended meanwhile is left out, as
 * is what is no event.
 */
export async function* entriesOf(log: EventLog, cell?: string): AsyncGenerator<readonly Entry[]> {
  const steps = await stepsIn(log, cell);
  for await (const records of recordsOf(log, topics.events, EVENTS_AT_ONCE))
    yield records.flatMap((record) => {
      if (cell !== undefined && record.key !== cell) return [];
      const decoded = decodeEvent(record);
      if (!decoded.ok) return [];
      return [{ event: decoded.value, position: record.offset, ...steps.get(placeOf(record.key, record.offset)) }];
    });
}

/** What an entry says of the step that the live optimizer made there. */
type Step = Pick<Entry, 'planned' | 'kept'>;

const placeOf = (cell: string, position: number): string => `${cell} ${position}`;

/** The steps of the live optimizer, by cell and position. */
async function stepsIn(log: EventLog, cell?: string): Promise<ReadonlyMap<string, Step>> {
  const steps = new Map<string, Step>();
  for await (const records of recordsOf(log, topics.plans, PLANS_AT_ONCE))
    for (const { key, value } of records)
      if (cell === undefined || key === cell) {
        const publication = JSON.parse(Buffer.from(value).toString('utf8')) as PlanPublication<PlanDocument>;
        note(steps, publication);
      }
  return steps;
}

function note(steps: Map<string, Step>, publication: PlanPublication<PlanDocument>): void {
  const { cell, position, resumed } = publication;
  steps.set(placeOf(cell, position), { planned: startOf(publication) });
  const from = resumed && steps.get(placeOf(cell, resumed.from));
  if (from) steps.set(placeOf(cell, resumed.from), { ...from, kept: position });
}

/** All records that a topic has now. */
export async function* recordsOf(log: EventLog, topic: string, atOnce: number): AsyncGenerator<readonly LogRecord[]> {
  for (const [partition, end] of (await log.ends(topic)).entries())
    for (let from = 0; from < end;) {
      const records = (await log.read(topic, partition, from, atOnce)).filter(({ offset }) => offset < end);
      if (records.length === 0) break;
      yield records;
      from = records.at(-1)!.offset + 1;
    }
}
