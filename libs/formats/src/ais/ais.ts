import type { Millis } from '@portolan/domain';
import { type Item, type Reading, type Reception, rejected, tooMany, unreadable } from '../reading.js';
import { Bits } from './bits.js';
import { type Vessels, messageItem } from './message.js';
import { type Sentence, receiverTime, sentenceOf } from './sentence.js';

/**
 * AIS sentences, one a line (docs/formats-ais.md). One item a message; pointers are line numbers from 1, that of the last part
 * where a message has several. Lines of other sentences (`$…`, `#…`) are passed over.
 */
export function readAis(text: string, reception: Reception): Reading {
  const items: Item[] = [];
  const vessels: Vessels = new Map();
  const pending = new Map<string, Sentence[]>();
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
  /^\s*(?:\\[^\\\n]*\\)?![A-Z]{2}VD[MO],/m.test(text.slice(0, 4000));

/** All parts of a message once the last is there. Parts come in order; others may come in between. */
function joined(sentence: Sentence, pending: Map<string, Sentence[]>, items: Item[]): Sentence[] | undefined {
  if (sentence.total === 1) return [sentence];
  const { group, part, total } = sentence;
  const before = pending.get(group) ?? [];
  pending.delete(group);
  const follows = part === before.length + 1 && (before[0]?.total ?? total) === total;
  if (!follows && before.length > 0) items.push(incomplete(before, items.length));
  if (!follows && part > 1) {
    items.push(incomplete([sentence], items.length));
    return undefined;
  }
  const parts = follows ? [...before, sentence] : [sentence];
  if (part === total) return parts;
  pending.set(group, parts);
  return undefined;
}

function incomplete(parts: readonly Sentence[], index: number): Item {
  const { line, total } = parts[0]!;
  const value = parts.map(({ part }) => part).join(', ');
  const message = `is all there is of a message of ${total} parts: the others are missing or out of order`;
  return rejected(index, `/${line}`, [{ pointer: `/${line}`, value, message }]);
}

function itemOf(parts: readonly Sentence[], index: number, received: Millis, vessels: Vessels): Item {
  const { fill, line } = parts.at(-1)!;
  const payload = parts.map((each) => each.payload).join('');
  const pointer = `/${line}`;
  const bits = Bits.of(payload, fill);
  if (bits) return messageItem({ index, pointer, payload, bits, time: parts[0]!.time, received }, vessels);
  const message = 'has characters that are not of the six-bit armour: 0 to W and ` to w';
  return rejected(index, pointer, [{ pointer, value: payload, message }]);
}
