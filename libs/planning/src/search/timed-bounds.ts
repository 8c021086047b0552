import {
  HOUR,
  type Leg,
  type Millis,
  type OnDemandLeg,
  type Place,
  type Problem,
  type ScheduledLeg,
} from '@portolan/domain';

/** The most slots: what memory is spent on one destination. */
const MOST_SLOTS = 200;

/** To one destination, from each place and slot of time: what is left to pay, and when goods are there, at least. Rows are places by index. */
interface Ahead {
  readonly cost: Float32Array;
  readonly arrival: Float64Array;
  /** By scheduled leg: what is left to pay after its arrival, and the earliest arrival at the destination. */
  readonly costAfter: Float64Array;
  readonly arrivalAfter: Float64Array;
  /** By place: how long it takes on demand alone, ms. */
  readonly direct: Float64Array;
}

/** Bounds are rounded down to single precision. */
const DOWN = 1 - 2e-7;

/**
 * Lower bounds that know the timetable: goods ready at a place at some time pay at least this, and arrive no earlier, on the way to a
 * destination. Computed backwards in time for each destination, with waiting free and times rounded to the earlier slot.
 */
export class TimedBounds {
  private readonly known = new Map<Place, Ahead>();
  private grid: Grid | undefined;

  /** @param costOf what one unit pays for a leg, at least */
  constructor(
    private readonly problem: Problem,
    private readonly costOf: (leg: Leg) => number,
  ) {}

  /** A leg is new or has changed, or places or parameters have. */
  clear(): void {
    this.known.clear();
    this.grid = undefined;
  }

  to(destination: Place): Bounds {
    this.grid ??= new Grid(this.problem);
    let ahead = this.known.get(destination);
    if (!ahead) {
      ahead = new Backwards(this.problem, this.grid, destination, this.costOf).ahead();
      this.known.set(destination, ahead);
    }
    return new Bounds(this.grid, ahead, destination);
  }
}

/** The bounds to one destination. */
export class Bounds {
  constructor(
    private readonly grid: Grid,
    private readonly ahead: Ahead,
    private readonly destination: Place,
  ) {}

  /** What is left to pay after a leg has arrived, unloading included. */
  costAfter(leg: Leg, arrives: Millis): number {
    if (leg.to === this.destination) return leg.to.unload;
    if (leg.kind === 'scheduled') return this.ahead.costAfter[leg.index] ?? Infinity;
    return leg.to.transfer + this.ahead.cost[this.grid.cell(leg.to, arrives + leg.to.transferTime)]!;
  }

  /** When goods that a leg has brought arrive at the destination at the earliest. */
  arrivalAfter(leg: Leg, arrives: Millis): Millis {
    if (leg.to === this.destination) return arrives;
    if (leg.kind === 'scheduled') return this.ahead.arrivalAfter[leg.index] ?? Infinity;
    return this.arrivalFrom(leg.to, arrives + leg.to.transferTime);
  }

  /** From goods ready to leave a place. */
  costFrom(place: Place, ready: Millis): number {
    return this.ahead.cost[this.grid.cell(place, ready)]!;
  }

  arrivalFrom(place: Place, ready: Millis): Millis {
    return Math.min(this.ahead.arrival[this.grid.cell(place, ready)]!, ready + this.ahead.direct[place.index]!);
  }
}

/** Slots of time, the last one open-ended, and what leaves in them. */
class Grid {
  readonly slots: number;
  readonly places: number;
  readonly departing: ScheduledLeg[][];
  /** Rides on demand by the place they lead to. */
  readonly inbound: OnDemandLeg[][] = [];
  private readonly start: Millis;
  private readonly width: Millis;

  constructor({ legByKey, places }: Problem) {
    const scheduled: ScheduledLeg[] = [];
    for (const leg of legByKey.values())
      if (leg.kind === 'scheduled') scheduled.push(leg);
      else (this.inbound[leg.to.index] ??= []).push(leg);
    scheduled.sort((a, b) => b.departs - a.departs);
    this.start = scheduled.at(-1)?.departs ?? 0;
    const span = (scheduled[0]?.departs ?? 0) - this.start;
    this.width = Math.max(HOUR, span / MOST_SLOTS);
    this.slots = Math.floor(span / this.width) + 2;
    this.places = 0;
    for (const { index } of places.values()) this.places = Math.max(this.places, index + 1);
    this.departing = Array.from({ length: this.slots }, () => []);
    for (const leg of scheduled) this.departing[this.slot(leg.departs)]!.push(leg);
  }

  slot(time: Millis): number {
    const slot = Math.floor((time - this.start) / this.width);
    return slot < 0 ? 0 : slot < this.slots ? slot : this.slots - 1;
  }

  cell(place: Place, time: Millis): number {
    return place.index * this.slots + this.slot(time);
  }

  /** By how many slots a duration carries on at least. */
  shift(duration: Millis): number {
    return Math.floor(duration / this.width);
  }
}

/** One pass against time, for one destination. */
class Backwards {
  private readonly cost: Float64Array;
  private readonly arrival: Float64Array;
  private readonly costAfter: Float64Array;
  private readonly arrivalAfter: Float64Array;
  /** By place: the shortest way on demand alone, ms. */
  private readonly direct: Float64Array;
  /** By slot: rides on demand that lead to a cell that became better. */
  private readonly toTry: OnDemandLeg[][];

  constructor(
    private readonly problem: Problem,
    private readonly grid: Grid,
    private readonly destination: Place,
    private readonly plain: (leg: Leg) => number,
  ) {
    const cells = grid.places * grid.slots;
    this.cost = new Float64Array(cells).fill(Infinity);
    this.arrival = new Float64Array(cells).fill(Infinity);
    this.costAfter = new Float64Array(problem.legs.length).fill(Infinity);
    this.arrivalAfter = new Float64Array(problem.legs.length).fill(Infinity);
    this.direct = this.shortest(({ duration, to }) => duration + (to === destination ? 0 : to.transferTime));
    this.toTry = Array.from({ length: grid.slots }, () => []);
  }

  ahead(): Ahead {
    const last = this.grid.slots - 1;
    // On demand alone, whenever.
    const ways = this.shortest(
      (leg) => this.plain(leg) + (leg.to === this.destination ? leg.to.unload : leg.to.transfer),
    );
    for (let place = 0; place < this.grid.places; place++)
      this.cost.fill(ways[place]!, place * this.grid.slots, (place + 1) * this.grid.slots);
    for (let slot = last; slot >= 0; slot--) {
      if (slot < last) this.wait(slot);
      // Short rides end in the slot they begin in: again, until nothing improves.
      while (this.leave(slot));
    }
    const { arrival, costAfter, arrivalAfter, direct } = this;
    const cost = new Float32Array(this.cost.length);
    for (let cell = 0; cell < cost.length; cell++) cost[cell] = this.cost[cell]! * DOWN;
    return { cost, arrival, costAfter, arrivalAfter, direct };
  }

  /** By place: the least sum over rides on demand to the destination. */
  private shortest(length: (leg: OnDemandLeg) => number): Float64Array {
    const least = new Float64Array(this.grid.places).fill(Infinity);
    const queue = [this.destination];
    least[this.destination.index] = 0;
    for (let at = 0; at < queue.length; at++) {
      const place = queue[at]!;
      for (const leg of this.grid.inbound[place.index] ?? []) {
        const sum = least[place.index]! + length(leg);
        if (leg.from === this.destination || sum >= least[leg.from.index]!) continue;
        least[leg.from.index] = sum;
        queue.push(leg.from);
      }
    }
    least[this.destination.index] = Infinity;
    return least;
  }

  private wait(slot: number): void {
    for (let cell = slot; cell < this.cost.length; cell += this.grid.slots) {
      this.cost[cell] = this.cost[cell + 1]!;
      this.arrival[cell] = this.arrival[cell + 1]!;
    }
  }

  private leave(slot: number): boolean {
    let improved = false;
    for (const leg of this.grid.departing[slot]!) {
      this.arrive(leg);
      const cost = this.plain(leg) + this.costAfter[leg.index]!;
      if (this.improve(leg.from, slot, cost, this.arrivalAfter[leg.index]!)) improved = true;
    }
    for (let leg = this.toTry[slot]!.pop(); leg; leg = this.toTry[slot]!.pop()) {
      // The first slot is open-ended too: who leaves before the timetable begins may arrive before it does.
      const later = slot === 0 ? 0 : slot + this.grid.shift(leg.duration + leg.to.transferTime);
      const cell = leg.to.index * this.grid.slots + later;
      const cost = this.plain(leg) + leg.to.transfer + this.cost[cell]!;
      if (this.improve(leg.from, slot, cost, this.arrival[cell]!)) improved = true;
    }
    return improved;
  }

  /** What follows a scheduled leg: unloading, staying on board, or a transfer. */
  private arrive({ index, to, next, arrives }: ScheduledLeg): void {
    if (to === this.destination) {
      this.costAfter[index] = to.unload;
      this.arrivalAfter[index] = arrives;
      return;
    }
    const ready = arrives + to.transferTime;
    const cell = this.grid.cell(to, ready);
    const onBoard = next < 0 ? undefined : this.problem.legs[next];
    const stay = onBoard ? this.plain(onBoard) + this.costAfter[next]! : Infinity;
    this.costAfter[index] = Math.min(stay, to.transfer + this.cost[cell]!);
    const staying = onBoard ? this.arrivalAfter[next]! : Infinity;
    this.arrivalAfter[index] = Math.min(staying, this.arrival[cell]!, ready + this.direct[to.index]!);
  }

  private improve(place: Place, slot: number, cost: number, arrival: Millis): boolean {
    const cell = place.index * this.grid.slots + slot;
    if (cost >= this.cost[cell]! && arrival >= this.arrival[cell]!) return false;
    if (cost < this.cost[cell]!) this.cost[cell] = cost;
    if (arrival < this.arrival[cell]!) this.arrival[cell] = arrival;
    if (place === this.destination) return true;
    for (const leg of this.grid.inbound[place.index] ?? []) {
      const before = slot - this.grid.shift(leg.duration + place.transferTime);
      this.toTry[Math.max(0, before)]!.push(leg);
    }
    return true;
  }
}
