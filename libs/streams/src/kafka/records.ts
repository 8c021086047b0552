import { deflate, inflate } from '../compression.js';
import type { LogRecord, NewRecord } from '../log.js';

/** The header that carries a record's id against duplicates. All other headers are the record's own (CloudEvents' `ce_…`). */
const DEDUPE = 'portolan-dedupe';

/** A message as it is given to a client. */
export interface Outgoing {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly partition: number;
}

/** A message as a client finds it in a partition. */
export interface Stored {
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  /** Of a header that another producer repeated, the last one. */
  readonly headers: Readonly<Record<string, string>>;
}

export const messageOf = (record: NewRecord, partition: number): Outgoing => {
  const value = typeof record.value === 'string' ? Buffer.from(record.value, 'utf8') : record.value;
  const packed = deflate({ value, headers: record.headers ?? {} });
  return {
    key: record.key,
    value: Buffer.from(packed.value.buffer, packed.value.byteOffset, packed.value.byteLength),
    headers: record.dedupe === undefined ? packed.headers : { ...packed.headers, [DEDUPE]: record.dedupe },
    partition,
  };
};

export const recordOf = (topic: string, partition: number, message: Stored): LogRecord => {
  const { [DEDUPE]: dedupe, ...own } = message.headers;
  const { value, headers } = inflate({ value: message.value ?? new Uint8Array(), headers: own });
  return {
    topic,
    partition,
    offset: message.offset,
    key: textOf(message.key),
    value,
    headers,
    timestamp: message.timestamp,
    ...(dedupe !== undefined && { dedupe }),
  };
};

/** A record's id alone, without inflating its value. */
export const dedupeOf = ({ headers }: Stored): string | undefined => headers[DEDUPE];

/** About how many bytes a message takes in a request. */
export const sizeOf = ({ key, value, headers }: Outgoing): number => {
  let size = 100 + 3 * key.length + value.byteLength;
  for (const name in headers) size += name.length + 3 * (headers[name] as string).length;
  return size;
};

const textOf = (bytes: Uint8Array | null): string =>
  bytes === null ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
