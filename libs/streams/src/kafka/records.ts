import { deflate, inflate } from '../compression.js';
import type { LogRecord, NewRecord } from '../log.js';

/** The header that carries a record's id against duplicates. All other headers are the record's own (CloudEvents' `ce_…`). */
const DEDUPE = 'portolan-dedupe';

/** Bytes before the records of a batch. */
const BATCH_HEADER = 61;

/** A message as it is given to a client. */
export interface Outgoing {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly partition: number;
}

/** A message as a client finds it in a partition. */
export interface Stored extends OwnHeaders {
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

/** A record's own headers, and what the log keeps beside them. */
export interface OwnHeaders {
  /** Of a header that another producer repeated, the last one. */
  readonly headers: Readonly<Record<string, string>>;
  /** The id that keeps the record unique in its topic. */
  readonly dedupe: string | undefined;
}

/** Reads the headers of a message, one after the other. */
export class HeaderReader implements OwnHeaders {
  readonly headers: Record<string, string> = {};
  dedupe: string | undefined;

  add(name: string, value: string): void {
    if (name === DEDUPE) this.dedupe = value;
    else this.headers[name] = value;
  }
}

export const messageOf = (record: NewRecord, partition: number): Outgoing => {
  const { value, headers } = deflate(record);
  return {
    key: record.key,
    value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
    headers: record.dedupe === undefined ? headers : { ...headers, [DEDUPE]: record.dedupe },
    partition,
  };
};

/** Made for millions of them: object literals that spread others take several times as long. */
export const recordOf = (topic: string, partition: number, message: Stored): LogRecord => {
  const { offset, timestamp, dedupe } = message;
  const { value, headers } = inflate({ value: message.value ?? new Uint8Array(), headers: message.headers });
  const record = { topic, partition, offset, key: textOf(message.key), value, headers, timestamp };
  return dedupe === undefined ? record : Object.assign(record, { dedupe });
};

/** About how many bytes a message takes in a request. */
export const sizeOf = ({ key, value, headers }: Outgoing): number => {
  let size = 100 + 3 * key.length + value.byteLength;
  for (const name in headers) size += name.length + 3 * (headers[name] as string).length;
  return size;
};

/** How many bytes a batch with this message alone has at least, where the batch is not compressed. */
export const leastSizeOf = ({ key, value, headers }: Outgoing): number => {
  let size = BATCH_HEADER + Buffer.byteLength(key) + value.byteLength;
  for (const name in headers) size += name.length + Buffer.byteLength(headers[name] as string);
  return size;
};

const textOf = (bytes: Uint8Array | null): string =>
  bytes === null ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
