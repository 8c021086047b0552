import { deflate, inflate, isCompressed } from '../compression.js';
import type { LogRecord, NewRecord, Position } from '../log.js';
import type { HeaderNames, Kind } from './header-names.js';

/** Key, the number of its header names, timestamp, id against duplicates, value; then the values of its headers. */
type Parsed = [string, number, number, string | null, unknown, ...string[]];

/** Key, headers (name, value, name, value …; until December 2026 pairs of them), value, timestamp, id against duplicates. */
type Packed = [string, string[] | [string, string][], Uint8Array, number, string | null];

/** A record on disk: where its value is JSON the text of a `Parsed`, of which the engine makes all of the record at once; or a block of these. */
export type StoredRecord = string | Packed;

/** Throws as writes do. */
export function encode(record: NewRecord, timestamp: number, names: HeaderNames): StoredRecord {
  return asJson(record, timestamp, names) ?? packed(record, timestamp);
}

function packed(record: NewRecord, timestamp: number): Packed {
  const value = typeof record.value === 'string' ? Buffer.from(record.value, 'utf8') : record.value;
  const inLog = deflate({ value, headers: record.headers ?? {} });
  return [record.key, Object.entries(inLog.headers).flat(), inLog.value, timestamp, record.dedupe ?? null];
}

/** `undefined` where the value is none that JSON gives back to the letter, or is to be compressed, or where there are too many kinds of headers. */
function asJson(
  { key, value, headers = {}, dedupe }: NewRecord,
  timestamp: number,
  names: HeaderNames,
): string | undefined {
  if (typeof value !== 'string' || !isWrittenByJson(value) || isCompressed({ value, headers })) return undefined;
  const number = names.numberOf(Object.keys(headers));
  if (number === undefined) return undefined;
  const [before, after] = [[key, number, timestamp, dedupe ?? null], Object.values(headers)].map((all) =>
    JSON.stringify(all),
  );
  const more = after === '[]' ? ']' : `,${after!.slice(1)}`;
  return `${before!.slice(0, -1)},${value}${more}`;
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
export function decode(position: Position, stored: StoredRecord, names: HeaderNames): readonly LogRecord[] {
  if (typeof stored !== 'string') return [unpacked(position, stored)];
  const parsed = JSON.parse(stored) as Parsed | readonly Parsed[];
  if (!isBlock(parsed)) return [new JsonRecord(position, position.offset, parsed, names)];
  return parsed.map((each, index) => new JsonRecord(position, position.offset + index, each, names));
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

  constructor({ topic, partition }: Position, offset: number, stored: Parsed, names: HeaderNames) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.key = stored[0];
    this.headers = headersUnder(names.under(stored[1]), stored);
    this.timestamp = stored[2];
    this.json = stored[4];
    if (stored[3] !== null) this.dedupe = stored[3];
  }

  get value(): Uint8Array {
    return (this.#bytes ??= Buffer.from(JSON.stringify(this.json), 'utf8'));
  }
}

const FIRST_VALUE = 5;

/** A copy of the last ones, with what is new: texts that stay the same are known to the engine, and an object that is whole need not grow. */
function headersUnder(kind: Kind, stored: Parsed): Record<string, string> {
  const headers = { ...kind.last };
  let at = FIRST_VALUE;
  for (const name of kind.names) {
    const value = stored[at] as string;
    if (headers[name] !== value) headers[name] = value;
    at += 1;
  }
  return (kind.last = headers);
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
