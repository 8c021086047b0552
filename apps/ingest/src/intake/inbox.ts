import { type Millis, formatInstant, parseInstant } from '@portolan/domain';
import { type Mapping, mappingText, parseMapping } from '@portolan/formats';
import { type EventLog, type LogRecord, type NewRecord, topics } from '@portolan/streams';
import { type Incoming, headerText } from './message.js';

/** Who sent it, in the sender's own words, percent-encoded UTF-8; a CloudEvent in binary mode says so by itself. */
const SOURCE = 'x-portolan-source';

/** What tells of the message. Credentials and cookies are nobody's business later on. */
const KEPT =
  /^(content-type|content-language|date|user-agent|x-request-id|x-portolan-source|traceparent|tracestate|ce-[a-z0-9]+)$/;

/** Whose mapping is kept with a message. */
type Whose = 'sender' | 'service';

/**
 * A message as the inbox keeps it: its bytes, and the headers needed to read it again, with the mapping it is read by itself: so the
 * bytes give the same events also when the file of the mapping has changed.
 */
export function inboxRecord(incoming: Incoming, mapping: Mapping | undefined, received: Millis): NewRecord {
  const { body, headers, cell, format } = incoming;
  const names = Object.keys(headers).filter((name) => KEPT.test(name));
  const kept = Object.fromEntries(names.map((name) => [name, headerText(headers[name]) ?? '']));
  const whose: Whose = incoming.mapping ? 'sender' : 'service';
  const own = {
    received: formatInstant(received),
    ...(format !== undefined && { format }),
    ...(mapping && { format: mapping.name, mapping: mappingText(mapping), 'mapping-of': whose }),
  };
  return { key: cell, value: body, headers: { ...kept, ...own } };
}

/** A message out of the inbox. Its `mapping` is its sender's. */
export interface Kept {
  readonly message: Incoming;
  readonly received: Millis;
  /** The service's own mapping, as it was then. */
  readonly mappingThen?: Mapping | undefined;
}

/** The message at a place of the inbox; `undefined` when the log keeps it no more. */
export async function keptAt(log: EventLog, partition: number, offset: number): Promise<Kept | undefined> {
  const [record] = await log.read(topics.inbox, partition, offset, 1);
  return record?.offset === offset ? keptIn(record) : undefined;
}

function keptIn({ key, value, headers, timestamp }: LogRecord): Kept {
  const { format } = headers;
  const parsed = headers.mapping === undefined ? undefined : parseMapping(headers.mapping);
  const mapping = parsed?.ok ? parsed.value : undefined;
  // Records of earlier days do not say whose it is: then it is the sender's, which is read by as it is.
  const isOurs = headers['mapping-of'] === ('service' satisfies Whose);
  return {
    message: { body: value, headers, cell: key, format, ...(!isOurs && { mapping }) },
    received: parseInstant(headers.received ?? '') ?? timestamp,
    ...(isOurs && { mappingThen: mapping }),
  };
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
