import { type Fault, type Millis, type Rejection, formatInstant, rejection } from '@portolan/domain';
import { type EventLog, type LogRecord, type NewRecord, type Position, topics } from '@portolan/streams';
import { RECORDS_AT_ONCE } from '../intake/events.js';

/** An item that was rejected, or a whole message (without `index`). */
export interface Wrong {
  readonly index?: number;
  readonly pointer: string;
  readonly faults: readonly Fault[];
}

/** The message that what is wrong belongs to. */
export interface About {
  readonly cell: string;
  readonly received: Millis;
  readonly inbox: Pick<Position, 'partition' | 'offset'>;
  readonly format?: string | undefined;
  readonly source?: string | undefined;
}

type Place = Pick<Position, 'partition' | 'offset'>;

/** Tells a resolution from a rejection in the topic, without reading the value. */
const RESOLVES = 'resolves';
const json = { 'content-type': 'application/json' };

/**
 * Keeps what was rejected, each with the place of the message in the inbox, so that it can be read once more when the reader has been
 * mended. `unique`: an item that was kept in this way before is not kept again.
 */
export async function appendRejected(
  log: EventLog,
  wrong: readonly Wrong[],
  about: About,
  { unique = false } = {},
): Promise<void> {
  const records = wrong.map((each) => rejectedRecord(each, about, unique));
  for (let start = 0; start < records.length; start += RECORDS_AT_ONCE)
    await log.append(topics.rejected, records.slice(start, start + RECORDS_AT_ONCE));
}

function rejectedRecord({ index, pointer, faults }: Wrong, about: About, unique: boolean): NewRecord {
  const { cell, received, format, source, inbox } = about;
  const { partition, offset } = inbox;
  const value = {
    index,
    pointer,
    faults,
    inbox: { partition, offset },
    received: formatInstant(received),
    format,
    source,
  };
  const dedupe = `inbox/${partition}/${offset}#${index ?? 'message'}`;
  return { key: cell, value: JSON.stringify(value), headers: json, ...(unique && { dedupe }) };
}

/** Says that a rejection is none any more. It is in the same partition, hence behind it; there is one for each rejection. */
export const resolutionRecord = ({ id, cell }: Rejection, at: Millis, events: number): NewRecord => ({
  key: cell,
  value: JSON.stringify({ resolves: id, at: formatInstant(at), events }),
  headers: { ...json, [RESOLVES]: id },
  dedupe: `resolved/${id}`,
});

/** The place of the rejection that a record resolves; `undefined` for all other records. */
export const resolvedBy = ({ headers }: LogRecord): Place | undefined => placeIn(headers[RESOLVES] ?? '');

/** The rejection in a record; `undefined` when it is something else. */
export function rejectionIn(record: LogRecord, resolved: boolean): Rejection | undefined {
  if (headersResolve(record)) return undefined;
  const parsed = rejection.safeParse({ id: idOf(record), cell: record.key, resolved, ...contentsOf(record) });
  return parsed.success ? parsed.data : undefined;
}

const headersResolve = ({ headers }: LogRecord): boolean => headers[RESOLVES] !== undefined;

function contentsOf({ value }: LogRecord): object {
  try {
    const contents: unknown = JSON.parse(Buffer.from(value).toString('utf8'));
    return typeof contents === 'object' && contents !== null ? contents : {};
  } catch {
    return {};
  }
}

/** A rejection is known by its place in the topic, which never changes. */
export const idOf = ({ partition, offset }: Place): string => `${partition}-${offset}`;

export function placeIn(id: string): Place | undefined {
  const found = /^(\d{1,6})-(\d{1,15})$/.exec(id);
  return found ? { partition: Number(found[1]), offset: Number(found[2]) } : undefined;
}
