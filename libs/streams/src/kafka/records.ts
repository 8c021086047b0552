import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { deflate, inflate } from '../compression.js';
import type { LogRecord, NewRecord } from '../log.js';

/** The header that carries a record's id against duplicates. All other headers are the record's own (CloudEvents' `ce_…`). */
const DEDUPE = 'portolan-dedupe';

export const messageOf = (record: NewRecord, partition: number): Message => {
  const value = typeof record.value === 'string' ? Buffer.from(record.value, 'utf8') : record.value;
  const packed = deflate({ value, headers: record.headers ?? {} });
  return {
    key: record.key,
    value: Buffer.from(packed.value.buffer, packed.value.byteOffset, packed.value.byteLength),
    headers: { ...packed.headers, ...(record.dedupe !== undefined && { [DEDUPE]: record.dedupe }) },
    partition,
  };
};

export const recordOf = (topic: string, partition: number, message: KafkaMessage): LogRecord => {
  const { [DEDUPE]: dedupe, ...own } = textHeaders(message.headers);
  const { value, headers } = inflate({ value: message.value ?? new Uint8Array(), headers: own });
  return {
    topic,
    partition,
    offset: Number(message.offset),
    key: message.key?.toString('utf8') ?? '',
    value,
    headers,
    timestamp: Number(message.timestamp),
    ...(dedupe !== undefined && { dedupe }),
  };
};

/** A record's id alone, without inflating its value. */
export const dedupeOf = (message: KafkaMessage): string | undefined => textOf(message.headers?.[DEDUPE]);

/** About how many bytes a message takes in a request. */
export const sizeOf = ({ key, value, headers }: Message): number =>
  100 + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '') + JSON.stringify(headers ?? {}).length;

const textHeaders = (headers: IHeaders = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );

/** Of a header that another producer repeated, the last one. */
const textOf = (value: IHeaders[string]): string | undefined => {
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : last?.toString('utf8');
};
