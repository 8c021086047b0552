import { HOUR, type Leg, type Millis, type Place, type Problem, type ScheduledLeg } from '@portolan/domain';
import { Grid } from './grid.js';

/** A table is computed anew when it is next needed after this share of all legs has changed. */
const WEAK = 0.1;
/** Delays are counted at these quantiles of what an hour costs the demands. */
const QUANTILES = [0.15, 0.5, 0.85];

/**
 * Lower bounds that know the timetable: goods ready at a place at some time pay at least this, and arrive no earlier, on the way to a
 * destination. And since what is cheap is late and what is early is dear: what they pay together with the hours until they arrive, for
 * several costs of an hour. A table for each destination, computed backwards in time, with waiting free and times rounded to the earlier
 * slot. What is new or becomes cheaper mends it; what becomes dearer or goes leaves it standing, lower than it could be.
 */
export class TimedBounds {
  private readonly known = new Map<Place, Ahead>();
  private frame: Frame | undefined;
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
    this.frame = undefined;
  }

  /** These legs are new, other ones, or gone. */
  changed(indices: readonly number[]): void {
    if (!this.frame) return;
    const { grid } = this.frame;
    this.changes += indices.length;
    this.frame.forget();
    for (const index of indices) grid.remove(index);
    const legs = indices.flatMap((index) => this.problem.legs[index] ?? []);
    if (!legs.every(({ from, to }) => grid.knows(from) && grid.knows(to))) return this.clear();
    for (const leg of legs) grid.add(leg);
    for (const ahead of this.known.values()) ahead.mend(legs);
  }

  get theGrid(): Grid {
    return this.theFrame.grid;
  }

  private get theFrame(): Frame {
    return (this.frame ??= new Frame(this.problem, this.costOf));
  }

  to(destination: Place): Bounds {
    const frame = this.theFrame;
    let ahead = this.known.get(destination);
    // Some sooner, some later, so that not all of them are due at once.
    const patience = WEAK * (1 + (destination.index % 16) / 4) * this.problem.legByKey.size;
    if (!ahead || this.changes - ahead.since > patience) {
      ahead = new Ahead(frame, destination, this.changes);
      this.known.set(destination, ahead);
    }
    return new Bounds(frame.grid, ahead, destination);
  }
}

/** What the tables of all destinations have in common. */
class Frame {
  readonly grid: Grid;
  /** What an hour costs, by table; the first is 0. */
  readonly rates: readonly number[];
  private columns: Rides | undefined;
  private bySlot: (ScheduledLeg[] | undefined)[] | undefined;

  constructor(
    readonly problem: Problem,
    readonly costOf: (leg: Leg) => number,
  ) {
    this.grid = new Grid(problem);
    const rates = [...problem.demandById.values()].map(({ latePerHour }) => latePerHour).sort((a, b) => a - b);
    const some = QUANTILES.map((share) => rates[Math.floor(share * rates.length)] ?? 0);
    this.rates = [...new Set([0, ...some])];
  }

  /** Legs have changed. */
  forget(): void {
    this.columns = undefined;
    this.bySlot = undefined;
  }

  get rides(): Rides {
    return (this.columns ??= new Rides(this));
  }

  /** What departs within a slot, in order. */
  departing(slot: number): readonly ScheduledLeg[] {
    if (!this.bySlot) {
      this.bySlot = [];
      for (const leg of this.problem.legByKey.values())
        if (leg.kind === 'scheduled') (this.bySlot[this.grid.slot(leg.departs)] ??= []).push(leg);
      for (const legs of this.bySlot) legs?.sort((a, b) => a.departs - b.departs);
    }
    return this.bySlot[slot] ?? [];
  }

  hours(time: Millis): number {
    return (time - this.grid.start) / HOUR;
  }
}

/** Rides on demand in arrays, with what does not depend on the destination. */
class Rides {
  readonly count: number;
  /** Indices of places. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cost: Float64Array;
  readonly transfer: Float64Array;
  /** In slots, with the transfer at its end. */
  readonly shift: Int32Array;
  /** Hours, without it. */
  readonly takes: Float64Array;

  constructor({ problem, grid, costOf }: Frame) {
    const rides = [...problem.legByKey.values()].flatMap((leg) => (leg.kind === 'on-demand' ? [leg] : []));
    this.count = rides.length;
    this.from = Int32Array.from(rides, ({ from }) => from.index);
    this.to = Int32Array.from(rides, ({ to }) => to.index);
    this.cost = Float64Array.from(rides, costOf);
    this.transfer = Float64Array.from(rides, ({ to }) => to.transfer);
    this.shift = Int32Array.from(rides, ({ duration, to }) => grid.shift(duration + to.transferTime));
    this.takes = Float64Array.from(rides, ({ duration }) => duration / HOUR);
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
    return this.ahead.costAfter[0]!;
  }

  /** What an hour costs, by table; the first is 0. */
  get rates(): readonly number[] {
    return this.ahead.rates;
  }

  /** Hours since the tables begin. */
  hours(time: Millis): number {
    return (time - this.grid.start) / HOUR;
  }

  /**
   * What is left to pay after a leg has arrived, unloading included.
   * @param table and what the hours until the arrival at the destination cost, counted from where the tables begin, at the rate of this one
   */
  costAfter(leg: Leg, arrives: Millis, table = 0): number {
    if (leg.to === this.destination) return leg.to.unload + this.rates[table]! * this.hours(arrives);
    if (leg.kind === 'scheduled') return this.ahead.costAfter[table]![leg.index] ?? Infinity;
    return leg.to.transfer + this.ahead.cost[table]![this.grid.cell(leg.to, arrives + leg.to.transferTime)]!;
  }

  /** When goods that a leg has brought arrive at the destination at the earliest. */
  arrivalAfter(leg: Leg, arrives: Millis): Millis {
    if (leg.to === this.destination) return arrives;
    if (leg.kind === 'scheduled') return this.ahead.arrivalAfter[leg.index] ?? Infinity;
    return this.arrivalFrom(leg.to, arrives + leg.to.transferTime);
  }

  /** From goods ready to leave a place; see `costAfter`. */
  costFrom(place: Place, ready: Millis, table = 0): number {
    return this.ahead.cost[table]![this.grid.cell(place, ready)]!;
  }

  arrivalFrom(place: Place, ready: Millis): Millis {
    return Math.min(this.ahead.arrival[this.grid.cell(place, ready)]!, ready + this.ahead.direct[place.index]!);
  }
}

/** To one destination, from each cell (place and slot of time): what is left to pay, and when goods are there, at least. */
class Ahead {
  readonly rates: readonly number[];
  /** By table, then cell. */
  readonly cost: readonly Float64Array[];
  /** Of ways with a scheduled leg; by rides on demand alone it takes at least `direct`. */
  readonly arrival: Float64Array;
  /** By table, then scheduled leg: what is left to pay after its arrival. And the earliest arrival at the destination. */
  readonly costAfter: number[][];
  readonly arrivalAfter: number[] = [];
  /** By place: the shortest way on demand alone, ms. */
  readonly direct: Float64Array;
  private readonly grid: Grid;
  private readonly problem: Problem;
  /** Cells that have become better, by slot; whoever leads to them has to be told. */
  private readonly better: number[][];
  private readonly waiting: Uint8Array;
  /** What is on offer to a cell, by table. */
  private readonly offer: Float64Array;

  /** @param since how many changes there had been before */
  constructor(
    private readonly frame: Frame,
    private readonly destination: Place,
    readonly since: number,
  ) {
    const { grid, rates, problem } = frame;
    this.grid = grid;
    this.problem = problem;
    this.rates = rates;
    const cells = grid.places * grid.slots;
    this.cost = rates.map(() => new Float64Array(cells).fill(Infinity));
    this.arrival = new Float64Array(cells).fill(Infinity);
    this.costAfter = rates.map(() => []);
    this.offer = new Float64Array(rates.length);
    this.waiting = new Uint8Array(cells);
    this.better = Array.from({ length: grid.slots }, () => []);
    this.direct = new Float64Array(grid.places).fill(Infinity);
    this.direct[destination.index] = 0;
    this.hasten([destination.index], () => {});
    this.direct[destination.index] = Infinity;
    this.sweep();
  }

  /** These legs are new or other ones. */
  mend(legs: readonly Leg[]): void {
    for (const { index } of legs) {
      for (const after of this.costAfter) delete after[index];
      delete this.arrivalAfter[index];
    }
    for (const leg of legs)
      if (leg.kind === 'scheduled') this.sail(leg.index);
      else {
        this.ride(leg);
        const through =
          leg.duration + (leg.to === this.destination ? 0 : leg.to.transferTime + this.direct[leg.to.index]!);
        if (leg.from !== this.destination && through < this.direct[leg.from.index]!) {
          this.direct[leg.from.index] = through;
          this.hasten([leg.from.index], (place) => {
            for (const index of this.grid.landingAt(place)) this.sail(index);
          });
        }
      }
    this.settle();
  }

  /** Places from which the way on demand has become shorter. */
  private hasten(queue: number[], tell: (place: number) => void): void {
    for (let at = 0; at < queue.length; at++) {
      const place = queue[at]!;
      tell(place);
      for (const { from, to, duration } of this.grid.ridesTo(place)) {
        const through = this.direct[place]! + duration + (to === this.destination ? 0 : to.transferTime);
        if (from === this.destination || through >= this.direct[from.index]!) continue;
        this.direct[from.index] = through;
        queue.push(from.index);
      }
    }
  }

  /** Everything in one pass against time. */
  private sweep(): void {
    const { grid, cost, arrival, frame } = this;
    for (let slot = grid.slots - 1; slot >= 0; slot--) {
      if (slot < grid.slots - 1)
        for (const each of [...cost, arrival])
          for (let cell = slot; cell < each.length; cell += grid.slots) each[cell] = each[cell + 1]!;
      this.leaveAll(slot, false);
      const departures = frame.departing(slot);
      // Short ways end in the slot they begin in: again, until nothing improves.
      do {
        for (let at = departures.length - 1; at >= 0; at--) this.board(departures[at]!, slot);
      } while (this.leaveAll(slot, true));
    }
  }

  /** @param short only rides that may end in the slot they leave in; else all */
  private leaveAll(slot: number, short: boolean): boolean {
    const { cost, arrival, rates } = this;
    const { slots } = this.grid;
    const { count, from, to, cost: paid, transfer, shift, takes } = this.frame.rides;
    const last = slots - 1;
    const since = this.frame.hours(this.grid.begins(slot));
    let improved = false;
    for (let ride = 0; ride < count; ride++) {
      if (short && shift[ride]! > 0 && slot > 0 && slot < last) continue;
      const cell = from[ride]! * slots + slot;
      if (to[ride] === this.destination.index) {
        for (let table = 0; table < rates.length; table++) {
          const late = table === 0 ? 0 : rates[table]! * (since + takes[ride]!);
          const sum = paid[ride]! + this.destination.unload + late;
          if (sum >= cost[table]![cell]!) continue;
          cost[table]![cell] = sum;
          improved = true;
        }
        continue;
      }
      const later = to[ride]! * slots + (slot === 0 ? 0 : Math.min(last, slot + shift[ride]!));
      const onwards = paid[ride]! + transfer[ride]!;
      for (let table = 0; table < rates.length; table++) {
        const sum = onwards + cost[table]![later]!;
        if (sum >= cost[table]![cell]!) continue;
        cost[table]![cell] = sum;
        improved = true;
      }
      if (arrival[later]! >= arrival[cell]!) continue;
      arrival[cell] = arrival[later]!;
      improved = true;
    }
    return improved;
  }

  /** As `sail`, while all is made. */
  private board(leg: ScheduledLeg, slot: number): void {
    const { offer, cost, arrival } = this;
    const arrives = this.following(leg);
    const cell = leg.from.index * this.grid.slots + slot;
    const plain = this.frame.costOf(leg);
    this.arrivalAfter[leg.index] = arrives;
    if (arrives < arrival[cell]!) arrival[cell] = arrives;
    for (let table = 0; table < offer.length; table++) {
      const after = offer[table]!;
      this.costAfter[table]![leg.index] = after;
      if (plain + after < cost[table]![cell]!) cost[table]![cell] = plain + after;
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
    const { grid, offer, cost } = this;
    const arrival = this.arrival[cell]!;
    const offers = (paid: number) => {
      for (let table = 0; table < offer.length; table++) offer[table] = paid + cost[table]![cell]!;
    };
    if (slot > 0) {
      offers(0);
      this.improve(cell - 1, slot - 1, arrival);
    }
    for (const leg of grid.ridesTo(Math.floor(cell / grid.slots))) {
      offers(this.frame.costOf(leg) + leg.to.transfer);
      const row = leg.from.index * grid.slots;
      const shift = grid.shift(leg.duration + leg.to.transferTime);
      // The first slot is open-ended too: who leaves before the timetable begins may arrive before it does.
      const latest = slot === grid.slots - 1 ? slot : Math.max(0, slot - shift);
      for (let leaves = Math.max(0, slot - shift); leaves <= latest; leaves++)
        if (leaves > 0 || slot === 0) this.improve(row + leaves, leaves, arrival);
    }
    for (const index of grid.landingIn(cell)) this.sail(index);
  }

  /** Takes what is on offer. */
  private improve(cell: number, slot: number, arrival: Millis): void {
    const { cost, offer } = this;
    let improved = arrival < this.arrival[cell]!;
    if (improved) this.arrival[cell] = arrival;
    for (let table = 0; table < offer.length; table++) {
      if (offer[table]! >= cost[table]![cell]!) continue;
      cost[table]![cell] = offer[table]!;
      improved = true;
    }
    if (!improved || this.waiting[cell]) return;
    this.waiting[cell] = 1;
    this.better[slot]!.push(cell);
  }

  /** A ride to the destination, or from where something is known; cells later than it are told of it when they improve. */
  private ride(leg: Leg): void {
    const { grid, offer, rates, frame } = this;
    if (leg.kind !== 'on-demand') return;
    const last = grid.slots - 1;
    const row = leg.from.index * grid.slots;
    const paid = frame.costOf(leg);
    const shift = grid.shift(leg.duration + leg.to.transferTime);
    for (let slot = last; slot >= 0; slot--) {
      if (leg.to === this.destination) {
        const hours = frame.hours(grid.begins(slot)) + leg.duration / HOUR;
        rates.forEach((rate, table) => (offer[table] = paid + leg.to.unload + (table === 0 ? 0 : rate * hours)));
        this.improve(row + slot, slot, Infinity);
        continue;
      }
      const later = leg.to.index * grid.slots + (slot === 0 ? 0 : Math.min(last, slot + shift));
      for (let table = 0; table < offer.length; table++)
        offer[table] = paid + leg.to.transfer + this.cost[table]![later]!;
      this.improve(row + slot, slot, this.arrival[later]!);
    }
  }

  private sail(index: number): void {
    const leg = this.problem.legs[index];
    if (leg?.kind !== 'scheduled') return;
    const { offer, costAfter } = this;
    const arrives = this.following(leg);
    let improved = arrives < (this.arrivalAfter[index] ?? Infinity);
    this.arrivalAfter[index] = Math.min(arrives, this.arrivalAfter[index] ?? Infinity);
    const plain = this.frame.costOf(leg);
    for (let table = 0; table < offer.length; table++) {
      const known = costAfter[table]![index] ?? Infinity;
      const after = Math.min(offer[table]!, known);
      if (after < known) improved = true;
      costAfter[table]![index] = after;
      offer[table] = plain + after;
    }
    if (!improved) return;
    const slot = this.grid.slot(leg.departs);
    this.improve(leg.from.index * this.grid.slots + slot, slot, this.arrivalAfter[index]);
    const before = this.grid.beforeOf(index);
    if (before >= 0) this.sail(before);
  }

  /** What follows a scheduled leg (unloading, staying on board, or a transfer) is on offer; gives the earliest arrival. */
  private following({ to, next, arrives }: ScheduledLeg): Millis {
    const { offer, rates, cost } = this;
    if (to === this.destination) {
      const hours = this.frame.hours(arrives);
      for (let table = 0; table < offer.length; table++) offer[table] = to.unload + rates[table]! * hours;
      return arrives;
    }
    const ready = arrives + to.transferTime;
    const cell = this.grid.cell(to, ready);
    const onBoard = next < 0 ? undefined : this.problem.legs[next];
    const paid = onBoard ? this.frame.costOf(onBoard) : Infinity;
    for (let table = 0; table < offer.length; table++) {
      const stay = onBoard ? paid + (this.costAfter[table]![next] ?? Infinity) : Infinity;
      offer[table] = Math.min(stay, to.transfer + cost[table]![cell]!);
    }
    const staying = onBoard ? (this.arrivalAfter[next] ?? Infinity) : Infinity;
    return Math.min(staying, this.arrival[cell]!, ready + this.direct[to.index]!);
  }
}
