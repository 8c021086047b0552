import { decodeEvent } from '@portolan/formats';
import { type EventLog, topics } from '@portolan/streams';
import type { Beginnings } from '../snapshots/beginnings.js';
import type { Entry } from './entry.js';
import { recordsOf } from './records.js';
import { Steps, publicationIn } from './steps.js';

const EVENTS_AT_ONCE = 2000;
const PLANS_AT_ONCE = 16;

/**
 * The events of a log, partition after partition, with the steps its optimizer made of them. What is appended meanwhile is left out, as
 * is what is no event.
 * @param beginnings where given, only events that these do not know
 */
export async function* entriesOf(
  log: EventLog,
  cell?: string,
  beginnings?: Beginnings,
): AsyncGenerator<readonly Entry[]> {
  const steps = beginnings?.steps ?? (await stepsIn(log, cell));
  for await (const records of recordsOf(log, topics.events, EVENTS_AT_ONCE, beginnings?.next))
    yield records.flatMap((record) => {
      const { key, offset } = record;
      if (cell !== undefined && key !== cell) return [];
      if (offset <= (beginnings?.cells.get(key)?.memory.state.position ?? -1)) return [];
      const decoded = decodeEvent(record);
      if (!decoded.ok) return [];
      return [{ event: decoded.value, position: offset, ...steps.at(key, offset) }];
    });
}

async function stepsIn(log: EventLog, cell?: string): Promise<Steps> {
  const steps = new Steps();
  for await (const records of recordsOf(log, topics.plans, PLANS_AT_ONCE))
    for (const record of records) if (cell === undefined || record.key === cell) steps.note(publicationIn(record));
  return steps;
}
