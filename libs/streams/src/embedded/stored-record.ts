import { deflate, inflate, isCompressed } from '../compression.js';
import type { LogRecord, NewRecord, Position } from '../log.js';
import type { Kind, RecordKinds } from './record-kinds.js';

/** Of a header, or the place in the list where it is already. */
type Value = string | number;

/** Key, the number of its kind, timestamp, id against duplicates, value; then the values of those headers that not all of its kind have. */
type Parsed = [string, number, number, string | null, unknown, ...Value[]];

const FIRST_VALUE = 5;

/** Key, headers (name, value, name, value …; until December 2026 pairs of them), value, timestamp, id against duplicates. */
type Packed = [string, string[] | [string, string][], Uint8Array, number, string | null];

/** A record on disk: where its value is JSON the text of a `Parsed`, of which the engine makes all of the record at once; or a block of these. */
export type StoredRecord = string | Packed;

/** Throws as writes do. */
export function encode(record: NewRecord, timestamp: number, kinds: RecordKinds): StoredRecord {
  return asJson(record, timestamp, kinds) ?? packed(record, timestamp);
}

function packed(record: NewRecord, timestamp: number): Packed {
  const { value, headers } = deflate(record);
  return [record.key, Object.entries(headers).flat(), value, timestamp, record.dedupe ?? null];
}

/** `undefined` where the value is none that JSON gives back to the letter, or is to be compressed, or where there are too many kinds of headers. */
function asJson(
  { key, value, headers = {}, dedupe }: NewRecord,
  timestamp: number,
  kinds: RecordKinds,
): string | undefined {
  if (typeof value !== 'string' || isCompressed({ value, headers }) || !isWrittenByJson(value)) return undefined;
  const number = kinds.numberOf(headers);
  if (number === undefined) return undefined;
  const before = JSON.stringify([key, number, timestamp, dedupe ?? null]).slice(0, -1);
  const own = valuesOf(key, headers, kinds.under(number));
  return own.length === 0 ? `${before},${value}]` : `${before},${value},${JSON.stringify(own).slice(1)}`;
}

/** What the record has said before, its key among it, is said by its place. */
function valuesOf(key: string, headers: Readonly<Record<string, string>>, { varying }: Kind): Value[] {
  const places = new Map([[key, 0]]);
  return varying.map((name, index) => {
    const value = headers[name]!;
    const place = places.get(value);
    if (place === undefined) places.set(value, FIRST_VALUE + index);
    return place ?? value;
  });
}

function isWrittenByJson(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    return JSON.stringify(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}

/** The records of a block, or the one; the first is at `position`. */
export function decode(position: Position, stored: StoredRecord, kinds: RecordKinds): readonly LogRecord[] {
  if (typeof stored !== 'string') return [unpacked(position, stored)];
  const parsed = JSON.parse(stored) as Parsed | readonly Parsed[];
  if (!isBlock(parsed)) return [new JsonRecord(position, position.offset, parsed, kinds)];
  return parsed.map((each, index) => new JsonRecord(position, position.offset + index, each, kinds));
}

const isBlock = (parsed: Parsed | readonly Parsed[]): parsed is readonly Parsed[] => Array.isArray(parsed[0]);

/** Its bytes are made when somebody asks for them. */
class JsonRecord implements LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timestamp: number;
  readonly json: unknown;
  declare readonly dedupe?: string;
  #bytes: Uint8Array | undefined;

  constructor({ topic, partition }: Position, offset: number, stored: Parsed, kinds: RecordKinds) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.key = stored[0];
    this.headers = headersUnder(kinds.under(stored[1]), stored);
    this.timestamp = stored[2];
    this.json = stored[4];
    if (stored[3] !== null) this.dedupe = stored[3];
  }

  get value(): Uint8Array {
    return (this.#bytes ??= Buffer.from(JSON.stringify(this.json), 'utf8'));
  }
}

/** A copy of what all of its kind have, with its own: an object that is whole need not grow. */
function headersUnder(kind: Kind, stored: Parsed): Record<string, string> {
  const headers = { ...kind.headers };
  let at = FIRST_VALUE;
  for (const name of kind.varying) {
    const said = stored[at] as Value;
    headers[name] = typeof said === 'number' ? (stored[said] as string) : said;
    at += 1;
  }
  return headers;
}

/** Object literals that spread others take several times as long. */
function unpacked({ topic, partition, offset }: Position, stored: Packed): LogRecord {
  const [key, own, content, timestamp, dedupe] = stored;
  const { value, headers } = inflate({ value: content, headers: headersOf(own) });
  const record = { topic, partition, offset, key, value, headers, timestamp };
  return dedupe === null ? record : Object.assign(record, { dedupe });
}

const headersOf = (stored: Packed[1]): Record<string, string> => {
  const flat = (typeof stored[0] === 'string' ? stored : stored.flat()) as string[];
  const headers: Record<string, string> = {};
  for (let at = 0; at < flat.length; at += 2) headers[flat[at]!] = flat[at + 1]!;
  return headers;
};
