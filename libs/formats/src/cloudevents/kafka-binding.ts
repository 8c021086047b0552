import { type Parsed, type PortolanEvent, parseEvent } from '@portolan/domain';
import { contentHash } from '../json/content.js';
import { attributeNames } from './attributes.js';

const CONTENT_TYPE = 'content-type';

/** Attributes of an event and the headers they are in. Others that a record has are nobody's business here. */
const attributeHeaders = attributeNames.map(
  (name) => [name, name === 'datacontenttype' ? CONTENT_TYPE : `ce_${name}`] as const,
);

/** What an event is in the log: a record of CloudEvents' Kafka protocol binding, binary mode. */
export interface EncodedEvent {
  /** The planning cell. */
  readonly key: string;
  /** The event's data as JSON. */
  readonly value: string;
  /** `content-type`, and each attribute under `ce_` and its name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Source and id make an event one; in each cell once. */
  readonly dedupe: string;
}

export function encodeEvent(event: PortolanEvent): EncodedEvent {
  const headers: Record<string, string> = { [CONTENT_TYPE]: 'application/json' };
  for (const [name, header] of attributeHeaders) {
    const value = (event as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) headers[header] = value as string;
  }
  const dedupe = contentHash([event.partitionkey, event.source, event.id]);
  return { key: event.partitionkey, value: JSON.stringify(event.data), headers, dedupe };
}

const utf8 = new TextDecoder();

/** The event of a record, or what is wrong with it: who writes to the log beside the services may make mistakes. */
export function decodeEvent(record: {
  readonly value: Uint8Array | string;
  readonly headers: Readonly<Record<string, string>>;
}): Parsed<PortolanEvent> {
  const { headers } = record;
  const event: Record<string, unknown> = {};
  for (const [name, header] of attributeHeaders) if (headers[header] !== undefined) event[name] = headers[header];
  const text = typeof record.value === 'string' ? record.value : utf8.decode(record.value);
  try {
    event.data = JSON.parse(text);
    return parseEvent(event);
  } catch {
    return { ok: false, faults: [{ pointer: '/data', value: text.slice(0, 80), message: 'is not JSON' }] };
  }
}
