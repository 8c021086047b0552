import { deflate, inflate } from '../compression.js';
import type { LogRecord, NewRecord, Position } from '../log.js';
import type { HeaderNames, Kind } from './header-names.js';

/** Key, the number of its header names, value, timestamp, id against duplicates; then the values of its headers. */
type Numbered = [string, number, string | Uint8Array, number, string | null, ...string[]];

/** Headers with their names: name, value, name, value …; until December 2026 pairs of them, and all records. */
type Named = [string, string[] | [string, string][], Uint8Array, number, string | null];

/** A record on disk. */
export type StoredRecord = Numbered | Named;

/** Throws as writes do. */
export function encode(record: NewRecord, timestamp: number, names: HeaderNames): StoredRecord {
  const value = typeof record.value === 'string' ? Buffer.from(record.value, 'utf8') : record.value;
  const packed = deflate({ value, headers: record.headers ?? {} });
  const dedupe = record.dedupe ?? null;
  const number = names.numberOf(Object.keys(packed.headers));
  if (number === undefined) return [record.key, Object.entries(packed.headers).flat(), packed.value, timestamp, dedupe];
  // A lone surrogate is no text: its bytes are those of another character.
  const asText = packed.value === value && typeof record.value === 'string' && isWellFormed(record.value);
  const content = asText ? (record.value as string) : packed.value;
  return [record.key, number, content, timestamp, dedupe, ...Object.values(packed.headers)];
}

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Made for millions of them: object literals that spread others take several times as long. */
export function decode(
  topic: string,
  partition: number,
  offset: number,
  stored: StoredRecord,
  names: HeaderNames,
): LogRecord {
  const [key, , content, timestamp, dedupe] = stored;
  const own = isNumbered(stored) ? headersUnder(names.under(stored[1]), stored) : headersOf(stored[1]);
  if (typeof content === 'string')
    return new TextRecord({ topic, partition, offset }, key, own, timestamp, dedupe, content);
  const { value, headers } = inflate({ value: content, headers: own });
  const record = { topic, partition, offset, key, value, headers, timestamp };
  return dedupe === null ? record : Object.assign(record, { dedupe });
}

/** Its bytes are made when somebody asks for them: events are read as text. */
class TextRecord implements LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  declare readonly dedupe?: string;
  #bytes: Uint8Array | undefined;

  constructor(
    { topic, partition, offset }: Position,
    readonly key: string,
    readonly headers: Readonly<Record<string, string>>,
    readonly timestamp: number,
    dedupe: string | null,
    readonly text: string,
  ) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    if (dedupe !== null) this.dedupe = dedupe;
  }

  get value(): Uint8Array {
    return (this.#bytes ??= Buffer.from(this.text, 'utf8'));
  }
}

const isNumbered = (stored: StoredRecord): stored is Numbered => typeof stored[1] === 'number';

const FIRST_VALUE = 5;

/** A copy of the last ones, with what is new: texts that stay the same are known to the engine, and an object that is whole need not grow. */
function headersUnder(kind: Kind, stored: Numbered): Record<string, string> {
  const headers = { ...kind.last };
  let at = FIRST_VALUE;
  for (const name of kind.names) {
    const value = stored[at] as string;
    if (headers[name] !== value) headers[name] = value;
    at += 1;
  }
  return (kind.last = headers);
}

const headersOf = (stored: Named[1]): Record<string, string> => {
  const flat = (typeof stored[0] === 'string' ? stored : stored.flat()) as string[];
  const headers: Record<string, string> = {};
  for (let at = 0; at < flat.length; at += 2) headers[flat[at]!] = flat[at + 1]!;
  return headers;
};
