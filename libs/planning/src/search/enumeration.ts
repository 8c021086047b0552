import type { Demand, Leg, Millis, Problem } from '@portolan/domain';
import { MinHeap } from './heap.js';
import type { LegCosts } from './leg-costs.js';
import type { Outlook } from './outlook.js';
import type { Timetable } from './timetable.js';
import type { Stop } from './travel.js';
import { type Start, Walk, pathTo } from './walk.js';

/** Room for the labels of one enumeration; it can be used again. */
export class Room {
  readonly time: Float64Array;
  readonly cost: Float64Array;
  readonly leg: Int32Array;
  readonly before: Int32Array;
  readonly count: Int32Array;
  readonly through: Uint8Array;
  readonly heap = new MinHeap();

  constructor(readonly labels: number) {
    this.time = new Float64Array(labels);
    this.cost = new Float64Array(labels);
    this.leg = new Int32Array(labels);
    this.before = new Int32Array(labels);
    this.count = new Int32Array(labels);
    this.through = new Uint8Array(labels);
  }
}

/** Only itineraries over one of some legs are of interest. */
export interface Via {
  readonly legs: ReadonlySet<number>;
  /** What goods that a leg has brought somewhere still have to pay, at least, if they have yet to take one of them. */
  least(leg: Leg, since: Millis): number;
}

export interface Asked {
  /** Itineraries after which it ends. */
  readonly most: number;
  /** Labels after which it ends. */
  readonly labels: number;
  readonly via?: Via | undefined;
  /** Told of an itinerary; from then on only what costs less than it answers is of interest. */
  readonly tighten?: ((way: Way) => number) | undefined;
}

export interface Way {
  /** Money per unit at the prices of the search; what is paid before any leg is not in it. */
  readonly total: number;
  readonly legs: readonly number[];
}

/**
 * All itineraries of a demand from one start, cheapest first: a best-first search in which every way has a label of its own, since what
 * is dearer now may be the cheapest at other prices. Left out is only what comes back to where it was though waiting there costs no more:
 * that is dearer as long as no price falls below those of the search.
 */
export class Enumeration extends Walk {
  readonly ways: Way[] = [];
  private size = 0;
  private capacity = 0;
  private via: Via | undefined;
  /** The least that anything could have led to for which there was no room. */
  private overflow = Infinity;
  private tighten: ((way: Way) => number) | undefined;
  private start!: Start;

  constructor(
    problem: Problem,
    timetable: Timetable,
    demand: Demand,
    costs: LegCosts,
    outlook: Outlook,
    end: Millis,
    limit: number,
    private readonly room: Room,
  ) {
    super(problem, timetable, demand, costs, outlook, end, limit);
  }

  /**
   * @returns no itinerary that is not among the ways costs less
   */
  from(start: Start, { most, labels, via, tighten }: Asked): number {
    const { room } = this;
    this.capacity = Math.min(labels, room.labels);
    this.via = via;
    const { heap } = room;
    this.tighten = tighten;
    heap.clear();
    this.start = start;
    this.begin(start);
    let known = 0;
    while (heap.size > 0 && heap.least < this.limit) {
      if (this.size === this.capacity) break;
      const label = heap.pop();
      if (label < 0) {
        if (++known === most) break;
        continue;
      }
      const leg = this.problem.legs[room.leg[label]!]!;
      const [time, cost] = [room.time[label]!, room.cost[label]!];
      this.deliver(leg.to, time, cost, label, true);
      this.leave(leg.to, time, leg, cost, room.count[label]!, label);
      if (this.overflow < Infinity) break;
    }
    return Math.min(this.limit, this.overflow, heap.size > 0 ? heap.least : Infinity);
  }

  protected delivered(total: number, label: number): void {
    const { room } = this;
    if (this.via && (label < 0 || room.through[label] === 0)) return;
    if (this.isLoop(undefined, label, total)) return;
    const way = { total, legs: pathTo(label, room.leg, room.before) };
    this.ways.push(way);
    room.heap.push(total, ~this.ways.length);
    if (this.tighten) this.limit = Math.min(this.limit, this.tighten(way));
  }

  protected keep(
    leg: Leg,
    arrives: Millis,
    cost: number,
    _least: number,
    key: number,
    count: number,
    before: number,
  ): void {
    const { room, via } = this;
    if (leg.kind === 'scheduled' && this.isLoop(leg, before, cost)) return;
    const through = via === undefined || (before >= 0 && room.through[before] === 1) || via.legs.has(leg.index);
    if (!through) {
      key = Math.max(key, cost + via.least(leg, arrives));
      if (key >= this.limit) return;
    }
    if (this.size === this.capacity) {
      this.overflow = Math.min(this.overflow, key);
      return;
    }
    const label = this.size++;
    room.time[label] = arrives;
    room.cost[label] = cost;
    room.leg[label] = leg.index;
    room.before[label] = before;
    room.count[label] = count;
    room.through[label] = through ? 1 : 0;
    room.heap.push(key, label);
  }

  /** Could the goods have left out what brought them back to a place, for no more? Rides on demand would just leave earlier. */
  private isLoop(leg: Leg | undefined, before: number, cost: number): boolean {
    const { room } = this;
    const { legs } = this.problem;
    const tail = leg ? [leg.index] : [];
    let at = before;
    for (; at >= 0; at = room.before[at]!) {
      const ride = legs[room.leg[at]!]!;
      if (ride.kind === 'scheduled') break;
      tail.unshift(ride.index);
    }
    if (at < 0 || tail.length === 0) return false;
    const place = legs[tail[0]!]!.from;
    // Goods that are ready later wait less at the place itself, or where the rides lead: which of both saves more is not known.
    const holdsLater = leg === undefined || tail.length === 1;
    const isNoDearer = (stop: Stop, paid: number) => paid + this.ahead(tail, stop, !leg) <= cost;
    for (let been = room.before[at]!; been >= 0; been = room.before[been]!) {
      const last = legs[room.leg[been]!]!;
      if (last.to !== place || !(holdsLater || this.isFixed(been))) continue;
      if (isNoDearer({ place, time: room.time[been]!, last }, room.cost[been]!)) return true;
    }
    const { start } = this;
    return start.place === place && (holdsLater || start.last !== undefined) && isNoDearer(start, 0);
  }

  /** Is the time of a label the same if the goods are ready later? */
  private isFixed(label: number): boolean {
    const { room } = this;
    for (let at = label; at >= 0; at = room.before[at]!)
      if (this.problem.legs[room.leg[at]!]!.kind === 'scheduled') return true;
    return this.start.last !== undefined;
  }

  /** What taking these legs costs; Infinity where it is not possible, or would begin with a stay on board, which may cost more than a transfer. */
  private ahead(tail: readonly number[], stop: Stop, delivers: boolean): number {
    const { last } = stop;
    return last?.kind === 'scheduled' && last.next === tail[0] ? Infinity : this.along(tail, stop, delivers);
  }
}
