import { type Parsed, type PortolanEvent, parseEvent } from '@portolan/domain';
import { contentHash } from '../json/content.js';

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
  const { data, datacontenttype, ...attributes } = event;
  const headers: Record<string, string> = { 'content-type': datacontenttype ?? 'application/json' };
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) headers[`ce_${name}`] = value;
  const dedupe = contentHash([event.partitionkey, event.source, event.id]);
  return { key: event.partitionkey, value: JSON.stringify(data), headers, dedupe };
}

/** The event of a record, or what is wrong with it: who writes to the log beside the services may make mistakes. */
export function decodeEvent(record: {
  readonly value: Uint8Array | string;
  readonly headers: Readonly<Record<string, string>>;
}): Parsed<PortolanEvent> {
  const attributes: Record<string, unknown> = { datacontenttype: record.headers['content-type'] };
  for (const [name, value] of Object.entries(record.headers))
    if (name.startsWith('ce_')) attributes[name.slice(3)] = value;
  const text = typeof record.value === 'string' ? record.value : new TextDecoder().decode(record.value);
  try {
    return parseEvent({ ...attributes, data: JSON.parse(text) as unknown });
  } catch {
    return { ok: false, faults: [{ pointer: '/data', value: text.slice(0, 80), message: 'is not JSON' }] };
  }
}
