import { type Millis, formatInstant, parseInstant } from '@portolan/domain';
import { type EventLog, type LogRecord, type NewRecord, topics } from '@portolan/streams';
import { type Incoming, headerText } from './message.js';

/** Who sent it, in the sender's own words, percent-encoded UTF-8; a CloudEvent in binary mode says so by itself. */
const SOURCE = 'x-portolan-source';

/** What tells of the message. Credentials and cookies are nobody's business later on. */
const KEPT =
  /^(content-type|content-language|date|user-agent|x-request-id|x-portolan-source|traceparent|ce-[a-z0-9]+)$/;

/** A message as the inbox keeps it: its bytes, and the headers needed to read it again. */
export function inboxRecord({ body, headers, format, cell }: Incoming, received: Millis): NewRecord {
  const names = Object.keys(headers).filter((name) => KEPT.test(name));
  const kept = Object.fromEntries(names.map((name) => [name, headerText(headers[name]) ?? '']));
  const own = { received: formatInstant(received), ...(format !== undefined && { format }) };
  return { key: cell, value: body, headers: { ...kept, ...own } };
}

export interface Kept {
  readonly message: Incoming;
  readonly received: Millis;
}

/** The message at a place of the inbox; `undefined` when the log keeps it no more. */
export async function keptAt(log: EventLog, partition: number, offset: number): Promise<Kept | undefined> {
  const [record] = await log.read(topics.inbox, partition, offset, 1);
  return record?.offset === offset ? keptIn(record) : undefined;
}

function keptIn({ key, value, headers, timestamp }: LogRecord): Kept {
  const { format } = headers;
  const message = { body: value, headers, cell: key, ...(format !== undefined && { format }) };
  return { message, received: parseInstant(headers.received ?? '') ?? timestamp };
}

/** What the sender said it is, in at most 200 characters. */
export function sourceOf({ headers }: Incoming): string | undefined {
  const said = headerText(headers[SOURCE]) ?? headerText(headers['ce-source']);
  return said === undefined || said === '' ? undefined : decoded(said).slice(0, 200);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
