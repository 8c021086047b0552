import { gunzipSync, gzipSync } from 'node:zlib';
import { LogError } from './error.js';
import type { NewRecord } from './log.js';

/** Values of more bytes than this are compressed inside the log. */
export const COMPRESS_ABOVE = 8 * 1024;

/** No value of the log is larger than this when inflated; what another producer has made larger is left as it is. */
export const LARGEST = 256 * 1024 * 1024;

const ENCODING = 'content-encoding';

/** Throws a `LogError` where a value is so large that nobody could read it again. */
export const mustBeReadable = (topic: string, records: readonly NewRecord[]): void => {
  for (const { key, value } of records) {
    const size = bytesOf(value, LARGEST);
    if (size <= LARGEST) continue;
    const message = `A record for ${topic}, key ${key}, has ${size} bytes before it is compressed; the log takes ${LARGEST} at most.`;
    throw new LogError('log-record-too-large', message, false);
  }
};

/** Exact where it may be above `limit`: at most three for each character. */
const bytesOf = (value: Uint8Array | string, limit: number): number => {
  if (typeof value !== 'string') return value.byteLength;
  return 3 * value.length <= limit ? value.length : Buffer.byteLength(value);
};

type Headers = Readonly<Record<string, string>>;

type Content = Pick<NewRecord, 'value' | 'headers'>;

export interface Payload {
  readonly value: Uint8Array;
  readonly headers: Headers;
}

/**
 * What goes into the log: a large value is gzipped and `content-encoding` says so. Encodings are listed in the order they were
 * applied (RFC 9110 section 8.4), so a value that came with an encoding of its own is wrapped once more, whatever its size: the last one is
 * always the log's.
 */
export const deflate = ({ value, headers = {} }: Content): Payload => {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  if (!isCompressed({ value: bytes, headers })) return { value: bytes, headers };
  const own = headers[ENCODING];
  return { value: gzipSync(bytes), headers: { ...headers, [ENCODING]: own === undefined ? 'gzip' : `${own}, gzip` } };
};

/** Does `deflate` compress it? */
export const isCompressed = ({ value, headers = {} }: Content): boolean =>
  headers[ENCODING] !== undefined || bytesOf(value, COMPRESS_ABOVE) > COMPRESS_ABOVE;

/** The reverse of `deflate`. A value of another producer that says gzip and is not is given as it is. */
export const inflate = (payload: Payload): Payload => {
  const said = payload.headers[ENCODING];
  if (said === undefined) return payload;
  const encodings = said.split(/\s*,\s*/);
  if (encodings.at(-1) !== 'gzip') return payload;
  const value = gunzipped(payload.value);
  return value === undefined ? payload : { value, headers: withEncodings(payload.headers, encodings.slice(0, -1)) };
};

const gunzipped = (value: Uint8Array): Uint8Array | undefined => {
  try {
    return gunzipSync(value, { maxOutputLength: LARGEST });
  } catch {
    return undefined;
  }
};

const withEncodings = (headers: Headers, encodings: readonly string[]): Headers => {
  const { [ENCODING]: _log, ...rest } = headers;
  return encodings.length === 0 ? rest : { ...rest, [ENCODING]: encodings.join(', ') };
};
