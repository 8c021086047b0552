import type { Millis } from '@portolan/domain';
import { type Item, type Reading, type Reception, rejected, tooMany, unreadable } from '../reading.js';
import { Bits } from './bits.js';
import { type Vessels, messageItem } from './message.js';
import { type Sentence, receiverTime, sentenceOf } from './sentence.js';

/**
 * AIS sentences, one a line (docs/formats-ais.md). One item a message; pointers are line numbers from 1, that of the part
 * that came last where a message has several. Lines of other sentences (`$…`, `#…`) are passed over.
 */
export function readAis(text: string, reception: Reception): Reading {
  const items: Item[] = [];
  const vessels: Vessels = new Map();
  const pending: Pending = new Map();
  let clock: Millis | undefined;
  let [line, from] = [0, 0];
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const row = text.slice(from, end < 0 ? text.length : end).trim();
    [from, line] = [end < 0 ? text.length : end + 1, line + 1];
    if (row === '' || row[0] === '$' || row[0] === '#') {
      clock = receiverTime(row) ?? clock;
      continue;
    }
    const read = sentenceOf(row, line);
    if (!read.ok) items.push(rejected(items.length, `/${line}`, read.faults));
    else {
      const parts = joined({ ...read.value, time: read.value.time ?? clock }, pending, items);
      if (parts) items.push(itemOf(parts, items.length, reception.received, vessels));
    }
    clock = undefined;
    const many = tooMany(items.length);
    if (many) return many;
  }
  for (const parts of pending.values()) items.push(incomplete(parts, items.length));
  return items.length === 0
    ? unreadable('has no AIS sentence, such as !AIVDM,1,1,,A,payload,0*hh')
    : { format: 'ais', items };
}

/** Is a sentence of AIS among the first lines? */
export const looksLikeAis = (text: string): boolean =>
  /^[ \t]*(?:\\[^\\\r\n]*\\)?![A-Z]{2}VD[MO],/m.test(text.slice(0, 4000));

/** Sequence ids go round from 0 to 9: parts that lie that many lines apart are hardly of one message. */
export const MAX_APART = 500;

/** By group: a message's parts so far, in the order in which they came. */
type Pending = Map<string, Sentence[]>;

/** All parts of a message, in order, once the last of them came. They may come in any order, and others in between. */
function joined(sentence: Sentence, pending: Pending, items: Item[]): Sentence[] | undefined {
  if (sentence.total === 1) return [sentence];
  const before = pending.get(sentence.group) ?? [];
  const fits = before.every((each) => areOfOne(each, sentence));
  if (!fits) items.push(incomplete(before, items.length));
  const parts = fits ? [...before, sentence] : [sentence];
  if (parts.length === sentence.total) {
    pending.delete(sentence.group);
    return parts.sort((a, b) => a.part - b.part);
  }
  pending.set(sentence.group, parts);
  return undefined;
}

/** Can both be parts of one message, `b` the one that came later? */
export const areOfOne = (a: Sentence, b: Sentence): boolean =>
  a.total === b.total && a.part !== b.part && b.line - a.line <= MAX_APART;

function incomplete(parts: readonly Sentence[], index: number): Item {
  const { line, total } = parts[0]!;
  const value = parts.map(({ part }) => part).join(', ');
  const message = `is all there is of a message of ${total} parts: the others are missing`;
  return rejected(index, `/${line}`, [{ pointer: `/${line}`, value, message }]);
}

function itemOf(parts: readonly Sentence[], index: number, received: Millis, vessels: Vessels): Item {
  const { fill } = parts.at(-1)!;
  const line = Math.max(...parts.map((each) => each.line));
  const payload = parts.map((each) => each.payload).join('');
  const time = parts.find((each) => each.time !== undefined)?.time;
  const pointer = `/${line}`;
  const bits = Bits.of(payload, fill);
  if (bits) return messageItem({ index, pointer, payload, bits, time, received }, vessels);
  const message = 'has characters that are not of the six-bit armour: 0 to W and ` to w';
  return rejected(index, pointer, [{ pointer, value: payload, message }]);
}
