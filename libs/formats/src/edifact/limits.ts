import type { Fault } from '@portolan/domain';
import { MAX_ITEMS } from '../reading.js';
import type { Starts } from './header.js';
import { type Envelope, pointerOf } from './interchange.js';
import type { Segment } from './segment.js';
import { Tokenizer } from './tokenizer.js';

/** Segments before the first group: they are looked through for each group. */
const MAX_HEADER = 300;
/** Segments of one group. What is common to the groups within one is repeated in each. */
const MAX_GROUP = 2_000;
/** Parts of a message keep what was sent of them: how many times as long as the message they may be together. */
const MAX_REPEATED = 20;
const ALLOWANCE = 1_000_000;

/** Has a message more items than are read, by the segments of a tag? Counted before it is taken apart, and only where it is long. */
export function isCrowded({ interchange, unh, to, count }: Envelope, tag: string): boolean {
  if (count <= MAX_ITEMS) return false;
  const tokens = new Tokenizer(interchange.source, unh.from, to, unh.syntax);
  let items = 0;
  while (items <= MAX_ITEMS && tokens.next()) if (tokens.tag === tag) items += 1;
  return items > MAX_ITEMS;
}

/** Why a message is not read whose header or groups are longer than any sender's, if they are. */
export function oversized(envelope: Envelope, starts: Starts): Fault | undefined {
  const { interchange, unh, to } = envelope;
  const tokens = new Tokenizer(interchange.source, unh.from, to, unh.syntax);
  let [from, most, what] = [0, MAX_HEADER, 'before its groups begin'];
  for (let index = 0; tokens.next(); index += 1) {
    if (starts(tokens)) [from, most, what] = [index, MAX_GROUP, 'in one group'];
    if (index - from >= most)
      return { pointer: pointerOf(envelope, { index }), message: `is one of more than ${most} segments ${what}` };
  }
  return undefined;
}

/** Counts what the parts of a message keep. */
export class Budget {
  private left: number;

  constructor({ unh, to }: Envelope) {
    this.left = ALLOWANCE + MAX_REPEATED * (to - unh.from);
  }

  /** Is there room for these as well? */
  takes(segments: readonly Segment[]): boolean {
    for (const { from, to } of segments) this.left -= to - from;
    return this.left >= 0;
  }
}
