import type { Leg, Millis } from '@portolan/domain';
import { MinHeap } from './heap.js';

/**
 * Labels of a search, in arrays that are kept between searches: one label for each leg, moment of arrival and (where they are told
 * apart) number of legs used. A hash table with open addressing finds them; it is emptied by a new stamp.
 */
export class Labels {
  readonly time: number[] = [];
  readonly cost: number[] = [];
  readonly leg: number[] = [];
  readonly before: number[] = [];
  readonly count: number[] = [];
  readonly settled: boolean[] = [];
  readonly heap = new MinHeap();
  size = 0;
  private mask = 0;
  private stamp = 0;
  private stamps = new Int32Array(0);
  private values = new Int32Array(0);
  /** What tells labels apart beside the moment: leg and number of legs. */
  private readonly kind: number[] = [];

  constructor() {
    this.allot(1 << 12);
  }

  reset(): void {
    this.size = 0;
    this.heap.clear();
    this.stamp++;
  }

  /** The label of a leg at a moment, with a number of legs (-1 where all are one); a new one has an infinite cost. */
  of(leg: Leg, arrives: Millis, told: number): number {
    const kind = leg.index * 1024 + told + 1;
    let slot = this.slotOf(kind, arrives);
    for (; this.stamps[slot] === this.stamp; slot = (slot + 1) & this.mask) {
      const label = this.values[slot]!;
      if (this.kind[label] === kind && this.time[label] === arrives) return label;
    }
    const label = this.size++;
    this.stamps[slot] = this.stamp;
    this.values[slot] = label;
    this.kind[label] = kind;
    this.time[label] = arrives;
    this.leg[label] = leg.index;
    this.cost[label] = Infinity;
    this.settled[label] = false;
    if (this.size * 2 > this.mask) this.grow();
    return label;
  }

  private slotOf(kind: number, arrives: Millis): number {
    const seconds = Math.floor(arrives / 1000) | 0;
    const hash = Math.imul(kind, 0x9e3779b1) ^ Math.imul(seconds, 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & this.mask;
  }

  private allot(slots: number): void {
    this.mask = slots - 1;
    this.stamp = 1;
    this.stamps = new Int32Array(slots);
    this.values = new Int32Array(slots);
  }

  private grow(): void {
    this.allot((this.mask + 1) * 2);
    for (let label = 0; label < this.size; label++) {
      let slot = this.slotOf(this.kind[label]!, this.time[label]!);
      while (this.stamps[slot] === this.stamp) slot = (slot + 1) & this.mask;
      this.stamps[slot] = this.stamp;
      this.values[slot] = label;
    }
  }
}
