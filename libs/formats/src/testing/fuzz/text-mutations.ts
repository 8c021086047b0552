import { type Random, below, oneOf } from './random.js';

/** Spoils bytes a little; `other` is another sample, to take from. */
export type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

/** What parsers stumble over: ends, escapes, numbers beyond all measure, and text that is none. */
const tokens: readonly (string | Buffer)[] = [
  '\0',
  '\uFEFF',
  '\\ud800',
  '\\u0000',
  '\\',
  '"',
  "'",
  '\r',
  '\n',
  '\t',
  ' '.repeat(500),
  '\u2028',
  '\u{1F6A2}',
  'İ',
  '1e999',
  '-0',
  '9007199254740993',
  `${'9'.repeat(400)}`,
  'NaN',
  'null',
  '{}',
  '[]',
  '__proto__',
  'constructor',
  '[',
  '['.repeat(2000),
  '{"a":'.repeat(200),
  '}',
  ']',
  ',',
  ';',
  '*',
  '?',
  '+',
  "'".repeat(50),
  ':',
  '!',
  '2026-02-30T25:61:00Z',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59.999999999+14:00',
  'x'.repeat(700),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xff]),
  Buffer.from([0xc3]),
];

const put = (bytes: Buffer, at: number, gone: number, what: string | Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(what as Buffer), bytes.subarray(at + gone)]);

const piece = (bytes: Buffer, random: Random, most: number): [from: number, length: number] => {
  const from = below(random, bytes.length);
  return [from, Math.min(bytes.length - from, 1 + below(random, most))];
};

function flip(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[below(random, copy.length)]! ^= 1 << below(random, 8);
  return copy;
}

function swapFields(bytes: Buffer, random: Random): Buffer {
  const delimiter = oneOf(random, [',', ';', '\t', '\n', ':', '"', '+', "'", '*']);
  const fields = bytes.toString('latin1').split(delimiter);
  const [a, b] = [below(random, fields.length), below(random, fields.length)];
  [fields[a], fields[b]] = [fields[b]!, fields[a]!];
  return Buffer.from(fields.join(delimiter), 'latin1');
}

/** Another number in the place of one. */
function otherNumber(bytes: Buffer, random: Random): Buffer {
  const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)];
  if (numbers.length === 0) return bytes;
  const { index, 0: digits } = oneOf(random, numbers);
  const other = oneOf(random, ['0', '-1', '1e400', '9'.repeat(30), '', '00', '1.5', String(below(random, 100_000))]);
  return put(bytes, index, digits.length, other);
}

export const textMutations: readonly Mutation[] = [
  flip,
  flip,
  swapFields,
  otherNumber,
  (bytes, random) => put(bytes, below(random, bytes.length + 1), below(random, 3), oneOf(random, tokens)),
  (bytes, random) => put(bytes, below(random, bytes.length + 1), 0, oneOf(random, tokens)),
  (bytes, random) => put(bytes, ...piece(bytes, random, 40), ''),
  (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  (bytes, random) => bytes.subarray(below(random, bytes.length)),
  (bytes, random, other) =>
    Buffer.concat([bytes.subarray(0, below(random, bytes.length)), other.subarray(below(random, other.length))]),
  (bytes, random) => {
    const [from, length] = piece(bytes, random, 200);
    const block = bytes.subarray(from, from + length).toString('latin1');
    return put(bytes, from, 0, Buffer.from(block.repeat(1 + below(random, 30)), 'latin1'));
  },
];
