import type { Fault } from '@portolan/domain';
import { MAX_ITEMS } from '../reading.js';
import type { Starts } from './header.js';
import type { Envelope } from './interchange.js';
import type { Segment } from './segment.js';

/** Segments before the first group: they are looked through for each group. */
const MAX_HEADER = 300;
/** Segments of one group. What is common to the groups within one is repeated in each. */
const MAX_GROUP = 2_000;
/** Parts of a message keep what was sent of them: how many times as long as the message they may be together. */
const MAX_REPEATED = 20;
const ALLOWANCE = 1_000_000;

/** What starts the groups of a kind of message, and its items. */
export interface Shape {
  readonly starts: Starts;
  /** The segment of which each item has one. */
  readonly item: string;
}

/** Sees the segments of a message before it is taken apart, and what is too long in it. */
export class Gauge {
  private items = 0;
  private from = 0;
  private most = MAX_HEADER;
  private what = 'before its groups begin';
  /** A header or a group that is longer than any sender's. */
  fault: Fault | undefined;

  constructor(
    private readonly message: { readonly pointer: string },
    private readonly shape: Shape,
  ) {}

  /** Are there more items than are read? */
  get isFull(): boolean {
    return this.items > MAX_ITEMS;
  }

  see(segment: Pick<Segment, 'tag' | 'qualifier'>, index: number): void {
    if (this.isFull) return;
    if (segment.tag === this.shape.item) this.items += 1;
    if (this.shape.starts(segment)) [this.from, this.most, this.what] = [index, MAX_GROUP, 'in one group'];
    if (index - this.from < this.most || this.fault) return;
    const pointer = `${this.message.pointer}/segment/${index}`;
    this.fault = { pointer, message: `is one of more than ${this.most} segments ${this.what}` };
  }
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
