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
  /** What the value is as JSON, where that is known already. */
  readonly json?: unknown;
  readonly headers: Readonly<Record<string, string>>;
}): Parsed<PortolanEvent> {
  const event = attributesIn(record.headers);
  if (record.json !== undefined) {
    event.data = record.json;
    return parseEvent(event);
  }
  const text = typeof record.value === 'string' ? record.value : utf8.decode(record.value);
  try {
    event.data = JSON.parse(text);
  } catch {
    return { ok: false, faults: [{ pointer: '/data', value: text.slice(0, 80), message: 'is not JSON' }] };
  }
  return parseEvent(event);
}

/** Name by name, in the order of the schema: a loop over the names would take as long as the check of the whole event. */
function attributesIn(headers: Readonly<Record<string, string>>): Record<string, unknown> {
  const event: Record<string, unknown> = {
    specversion: headers.ce_specversion,
    id: headers.ce_id,
    source: headers.ce_source,
    type: headers.ce_type,
  };
  if (headers.ce_subject !== undefined) event.subject = headers.ce_subject;
  event.time = headers.ce_time;
  event.recordedtime = headers.ce_recordedtime;
  event.partitionkey = headers.ce_partitionkey;
  if (headers[CONTENT_TYPE] !== undefined) event.datacontenttype = headers[CONTENT_TYPE];
  if (headers.ce_dataschema !== undefined) event.dataschema = headers.ce_dataschema;
  if (headers.ce_revisionof !== undefined) event.revisionof = headers.ce_revisionof;
  if (headers.ce_revision !== undefined) event.revision = headers.ce_revision;
  return event;
}
