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

/** What is too long in a message. */
export interface Excess {
  /** More items than are read. */
  readonly items: boolean;
  /** A header or a group that is longer than any sender's. */
  readonly fault?: Fault;
}

/** Looks through a message before it is taken apart, where it is long enough. @param item the segment of which each item has one */
export function excessOf(envelope: Envelope, starts: Starts, item: string): Excess {
  const { interchange, unh, to, count } = envelope;
  if (count <= MAX_HEADER) return { items: false };
  const tokens = new Tokenizer(interchange.source, unh.from, to, unh.syntax);
  let [from, most, what] = [0, MAX_HEADER, 'before its groups begin'];
  let items = 0;
  let fault: Fault | undefined;
  for (let index = 0; items <= MAX_ITEMS && tokens.next(); index += 1) {
    if (tokens.tag === item) items += 1;
    if (starts(tokens)) [from, most, what] = [index, MAX_GROUP, 'in one group'];
    if (index - from >= most)
      fault ??= { pointer: pointerOf(envelope, { index }), message: `is one of more than ${most} segments ${what}` };
  }
  return { items: items > MAX_ITEMS, ...(fault && { fault }) };
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
