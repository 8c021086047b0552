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
  /** What completing a label costs at least, whatever the number of legs. */
  readonly least: number[] = [];
  /** Another label of the same leg and moment; -1 for none. */
  private readonly sibling: number[] = [];
  readonly settled: boolean[] = [];
  readonly heap = new MinHeap();
  size = 0;
  private mask = 0;
  private stamp = 0;
  private stamps = new Int32Array(0);
  private values = new Int32Array(0);

  constructor() {
    this.allot(1 << 12);
  }

  reset(): void {
    this.size = 0;
    this.heap.clear();
    this.stamp++;
  }

  /** The label of a leg at a moment; a new one has an infinite cost. */
  of(leg: Leg, arrives: Millis): number {
    const slot = this.find(leg.index, arrives);
    return this.stamps[slot] === this.stamp ? this.values[slot]! : this.add(slot, leg.index, arrives);
  }

  /**
   * The label of a leg at a moment with this number of legs; -1 where one is known that costs no more and has no more legs.
   */
  ofCount(leg: Leg, arrives: Millis, count: number, cost: number): number {
    const slot = this.find(leg.index, arrives);
    const first = this.stamps[slot] === this.stamp ? this.values[slot]! : -1;
    let same = -1;
    for (let label = first; label >= 0; label = this.sibling[label]!) {
      if (this.count[label]! <= count && this.cost[label]! <= cost) return -1;
      if (this.count[label] === count) same = label;
    }
    if (same >= 0) return same;
    const label = this.add(slot, leg.index, arrives);
    this.sibling[label] = first;
    return label;
  }

  private find(leg: number, arrives: Millis): number {
    let slot = this.slotOf(leg, arrives);
    for (; this.stamps[slot] === this.stamp; slot = (slot + 1) & this.mask) {
      const label = this.values[slot]!;
      if (this.leg[label] === leg && this.time[label] === arrives) break;
    }
    return slot;
  }

  private add(slot: number, leg: number, arrives: Millis): number {
    const label = this.size++;
    this.stamps[slot] = this.stamp;
    this.values[slot] = label;
    this.time[label] = arrives;
    this.leg[label] = leg;
    this.cost[label] = Infinity;
    this.sibling[label] = -1;
    this.settled[label] = false;
    if (this.size * 2 > this.mask) this.grow();
    return label;
  }

  private slotOf(leg: number, arrives: Millis): number {
    const seconds = Math.floor(arrives / 1000) | 0;
    const hash = Math.imul(leg, 0x9e3779b1) ^ Math.imul(seconds, 0x85ebca6b);
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
    // Of siblings the last one came first in its list.
    for (let label = 0; label < this.size; label++) {
      const slot = this.find(this.leg[label]!, this.time[label]!);
      this.stamps[slot] = this.stamp;
      this.values[slot] = label;
    }
  }
}
