import { type Unzipped, unzipSync, zipSync } from 'fflate';
import { type Random, below, oneOf } from './random.js';
import { type Mutation, textMutations } from './text-mutations.js';

/** Ends of elements, attributes and references that sheets are made of, and what no sheet has. */
const tokens: readonly string[] = [
  '<',
  '>',
  '/>',
  '</c>',
  '</row>',
  '<row>',
  '<row r="0">',
  '<row r="1e9">',
  '<row r="-1">',
  '<c>',
  '<c r="A1">',
  '<c r="ZZZ9">',
  '<c r="7">',
  '<c r="">',
  ' t="s"',
  ' t="d"',
  ' t="e"',
  ' t="b"',
  ' s="99"',
  ' r="A1" r="A1"',
  '<v>',
  '<v>1e308</v>',
  '<v>-1</v>',
  '<v>46084.999999999</v>',
  '<t xml:space="preserve"> ',
  '<si/>',
  '<mergeCell ref="A1:XFD1048576"/>',
  '<mergeCell/>',
  '&lt;',
  '&#0;',
  '&#xD800;',
  '&none;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<?xml version="1.1"?>',
  '<!DOCTYPE a>',
  '<sheet name="" sheetId="9" r:id="rId1"/>',
  '<xf numFmtId="14"/>',
  '<a:b xmlns:a="x">',
];

const tokenPut: Mutation = (bytes, random) => {
  const at = below(random, bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(oneOf(random, tokens)), bytes.subarray(at)]);
};

/** Between two elements, where it does least harm and so gets furthest. */
const tokenBetween: Mutation = (bytes, random) => {
  const pieces = bytes.toString('latin1').split('><');
  const at = 1 + below(random, pieces.length - 1);
  const [before, after] = [pieces.slice(0, at).join('><'), pieces.slice(at).join('><')];
  return pieces.length < 2 ? bytes : Buffer.from(`${before}>${oneOf(random, tokens)}<${after}`, 'latin1');
};

const partMutations: readonly Mutation[] = [tokenPut, tokenBetween, tokenBetween, ...textMutations];

const LONGEST = 100_000;

/** Changes what is inside a part, or which parts there are, and packs them again. What is no zip archive stays as it is. */
export const workbookMutation: Mutation = (bytes, random, other) => {
  const parts = unzipped(bytes);
  const names = Object.keys(parts);
  if (names.length === 0) return bytes;
  const name = oneOf(random, names);
  const others = unzipped(other);
  if (random() < 0.9) parts[name] = spoilt(parts[name]!, random, others[name] ?? parts[name]!);
  else rearrange(parts, random, others);
  return Buffer.from(zipSync(parts, { level: random() < 0.5 ? 0 : 6, mtime: '2026-01-01T00:00:00' }));
};

function spoilt(part: Uint8Array, random: Random, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = oneOf(random, partMutations)(Buffer.from(part), random, Buffer.from(other));
  return new Uint8Array(bytes.subarray(0, LONGEST));
}

function rearrange(parts: Unzipped, random: Random, others: Unzipped): void {
  const names = Object.keys(parts);
  const [one, two] = [oneOf(random, names), oneOf(random, names)];
  const change = below(random, 4);
  if (change === 0) Reflect.deleteProperty(parts, one);
  else if (change === 1) [parts[one], parts[two]] = [parts[two]!, parts[one]!];
  else if (change === 2) parts[`${one}${oneOf(random, ['', '/', '.bak', '\0'])}x`] = parts[one]!;
  else parts[one] = oneOf(random, Object.values(others));
}

function unzipped(bytes: Uint8Array): Unzipped {
  try {
    return unzipSync(bytes);
  } catch {
    return {};
  }
}
