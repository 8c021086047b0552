import type { Leg, Millis, Place, Problem, ScheduledLeg } from '@portolan/domain';
import { Grid } from './grid.js';

/** A table is computed anew when it is next needed after this share of all legs has changed. */
const WEAK = 0.1;

/**
 * Lower bounds that know the timetable: goods ready at a place at some time pay at least this, and arrive no earlier, on the way to a
 * destination. A table for each destination, computed backwards in time, with waiting free and times rounded to the earlier slot. What is
 * new or becomes cheaper mends it; what becomes dearer or goes leaves it standing, lower than it could be.
 */
export class TimedBounds {
  private readonly known = new Map<Place, Ahead>();
  private grid: Grid | undefined;
  /** Legs that have changed since the beginning. */
  private changes = 0;

  /** @param costOf what one unit pays for a leg, at least */
  constructor(
    private readonly problem: Problem,
    private readonly costOf: (leg: Leg) => number,
  ) {}

  /** Places or parameters have changed. */
  clear(): void {
    this.known.clear();
    this.grid = undefined;
  }

  /** These legs are new, other ones, or gone. */
  changed(indices: readonly number[]): void {
    if (!this.grid) return;
    this.changes += indices.length;
    for (const index of indices) this.grid.remove(index);
    const legs = indices.flatMap((index) => this.problem.legs[index] ?? []);
    if (!legs.every(({ from, to }) => this.grid!.knows(from) && this.grid!.knows(to))) return this.clear();
    for (const leg of legs) this.grid.add(leg);
    for (const ahead of this.known.values()) ahead.mend(legs);
  }

  get theGrid(): Grid {
    return (this.grid ??= new Grid(this.problem));
  }

  to(destination: Place): Bounds {
    const grid = this.theGrid;
    let ahead = this.known.get(destination);
    // Some sooner, some later, so that not all of them are due at once.
    const patience = WEAK * (1 + (destination.index % 16) / 4) * this.problem.legByKey.size;
    if (!ahead || this.changes - ahead.since > patience) {
      ahead = new Ahead(this.problem, grid, destination, this.costOf, this.changes);
      this.known.set(destination, ahead);
    }
    return new Bounds(grid, ahead, destination);
  }
}

/** The bounds to one destination. */
export class Bounds {
  constructor(
    private readonly grid: Grid,
    private readonly ahead: Ahead,
    private readonly destination: Place,
  ) {}

  /** By scheduled leg; nothing of legs to the destination. */
  get costAfterScheduled(): ArrayLike<number> {
    return this.ahead.costAfter;
  }

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

/** To one destination, from each cell (place and slot of time): what is left to pay, and when goods are there, at least. */
class Ahead {
  readonly cost: Float64Array;
  /** Of ways with a scheduled leg; by rides on demand alone it takes at least `direct`. */
  readonly arrival: Float64Array;
  /** By scheduled leg: what is left to pay after its arrival, and the earliest arrival at the destination. */
  readonly costAfter: number[] = [];
  readonly arrivalAfter: number[] = [];
  /** By place: the shortest way on demand alone, ms. */
  readonly direct: Float64Array;
  /** Cells that have become better, by slot; whoever leads to them has to be told. */
  private readonly better: number[][];
  private readonly waiting: Uint8Array;

  /** @param since how many changes there had been before */
  constructor(
    private readonly problem: Problem,
    private readonly grid: Grid,
    private readonly destination: Place,
    private readonly plain: (leg: Leg) => number,
    readonly since: number,
  ) {
    const cells = grid.places * grid.slots;
    this.cost = new Float64Array(cells).fill(Infinity);
    this.arrival = new Float64Array(cells).fill(Infinity);
    this.waiting = new Uint8Array(cells);
    this.better = Array.from({ length: grid.slots }, () => []);
    this.direct = new Float64Array(grid.places).fill(Infinity);
    this.direct[destination.index] = 0;
    this.hasten([destination.index]);
    for (const leg of grid.ridesTo(destination.index)) this.ride(leg);
    for (const index of grid.landingAt(destination.index)) this.sail(index);
    this.settle();
    this.direct[destination.index] = Infinity;
  }

  /** These legs are new or other ones. */
  mend(legs: readonly Leg[]): void {
    for (const { index } of legs) delete this.costAfter[index];
    for (const leg of legs)
      if (leg.kind === 'scheduled') this.sail(leg.index);
      else {
        this.ride(leg);
        const through =
          leg.duration + (leg.to === this.destination ? 0 : leg.to.transferTime + this.direct[leg.to.index]!);
        if (leg.from !== this.destination && through < this.direct[leg.from.index]!) {
          this.direct[leg.from.index] = through;
          this.hasten([leg.from.index]);
        }
      }
    this.settle();
  }

  /** Places from which the way on demand has become shorter. */
  private hasten(queue: number[]): void {
    for (let at = 0; at < queue.length; at++) {
      const place = queue[at]!;
      for (const index of this.grid.landingAt(place)) this.sail(index);
      for (const { from, to, duration } of this.grid.ridesTo(place)) {
        const through = this.direct[place]! + duration + (to === this.destination ? 0 : to.transferTime);
        if (from === this.destination || through >= this.direct[from.index]!) continue;
        this.direct[from.index] = through;
        queue.push(from.index);
      }
    }
  }

  /** Latest slots first: who leads to a cell mostly leaves before it. */
  private settle(): void {
    for (let slot = this.grid.slots - 1; slot >= 0; slot--) {
      const cells = this.better[slot]!;
      for (let cell = cells.pop(); cell !== undefined; cell = cells.pop()) {
        this.waiting[cell] = 0;
        this.tell(cell, slot);
      }
    }
  }

  private tell(cell: number, slot: number): void {
    const { grid } = this;
    const [cost, arrival] = [this.cost[cell]!, this.arrival[cell]!];
    if (slot > 0) this.improve(cell - 1, slot - 1, cost, arrival);
    for (const leg of grid.ridesTo(Math.floor(cell / grid.slots))) {
      const paid = this.plain(leg) + leg.to.transfer + cost;
      const row = leg.from.index * grid.slots;
      const shift = grid.shift(leg.duration + leg.to.transferTime);
      // The first slot is open-ended too: who leaves before the timetable begins may arrive before it does.
      const latest = slot === grid.slots - 1 ? slot : Math.max(0, slot - shift);
      for (let leaves = Math.max(0, slot - shift); leaves <= latest; leaves++)
        if (leaves > 0 || slot === 0) this.improve(row + leaves, leaves, paid, arrival);
    }
    for (const index of grid.landingIn(cell)) this.sail(index);
  }

  private improve(cell: number, slot: number, cost: number, arrival: Millis): void {
    if (cost >= this.cost[cell]! && arrival >= this.arrival[cell]!) return;
    if (cost < this.cost[cell]!) this.cost[cell] = cost;
    if (arrival < this.arrival[cell]!) this.arrival[cell] = arrival;
    if (this.waiting[cell]) return;
    this.waiting[cell] = 1;
    this.better[slot]!.push(cell);
  }

  /** A ride to the destination, or from where something is known; cells later than it are told of it when they improve. */
  private ride(leg: Leg): void {
    const { grid } = this;
    const last = grid.slots - 1;
    const row = leg.from.index * grid.slots;
    if (leg.to === this.destination) {
      this.improve(row + last, last, this.plain(leg) + leg.to.unload, Infinity);
      return;
    }
    const shift = leg.kind === 'on-demand' ? grid.shift(leg.duration + leg.to.transferTime) : 0;
    for (let slot = last; slot >= 0; slot--) {
      const later = leg.to.index * grid.slots + (slot === 0 ? 0 : Math.min(last, slot + shift));
      this.improve(row + slot, slot, this.plain(leg) + leg.to.transfer + this.cost[later]!, this.arrival[later]!);
    }
  }

  /** What follows a scheduled leg: unloading, staying on board, or a transfer. */
  private sail(index: number): void {
    const leg = this.problem.legs[index];
    if (leg?.kind !== 'scheduled') return;
    const { cost, arrival } = this.following(leg);
    const known = this.costAfter[index] !== undefined;
    if (known && cost >= this.costAfter[index]! && arrival >= this.arrivalAfter[index]!) return;
    this.costAfter[index] = known ? Math.min(cost, this.costAfter[index]!) : cost;
    this.arrivalAfter[index] = known ? Math.min(arrival, this.arrivalAfter[index]!) : arrival;
    const slot = this.grid.slot(leg.departs);
    const cell = leg.from.index * this.grid.slots + slot;
    this.improve(cell, slot, this.plain(leg) + this.costAfter[index]!, this.arrivalAfter[index]!);
    const before = this.grid.beforeOf(index);
    if (before >= 0) this.sail(before);
  }

  private following({ to, next, arrives }: ScheduledLeg): { cost: number; arrival: Millis } {
    if (to === this.destination) return { cost: to.unload, arrival: arrives };
    const ready = arrives + to.transferTime;
    const cell = this.grid.cell(to, ready);
    const onBoard = next < 0 ? undefined : this.problem.legs[next];
    const stay = onBoard ? this.plain(onBoard) + (this.costAfter[next] ?? Infinity) : Infinity;
    const staying = onBoard ? (this.arrivalAfter[next] ?? Infinity) : Infinity;
    return {
      cost: Math.min(stay, to.transfer + this.cost[cell]!),
      arrival: Math.min(staying, this.arrival[cell]!, ready + this.direct[to.index]!),
    };
  }
}
