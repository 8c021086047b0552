import { HOUR, type Leg, type Millis, type Place, type Problem, type ScheduledLeg } from '@portolan/domain';
import { Frame } from './frame.js';
import type { Grid } from './grid.js';
import { type MadeTable, type SharedTables, type TablesOfNetwork, copyOf } from './shared-tables.js';

/** A table is computed anew when it is next needed after this share of all legs has changed. */
const WEAK = 0.1;

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
  /** Of the network as it is. */
  private made: TablesOfNetwork | undefined;

  /**
   * @param costOf what one unit pays for a leg, at least
   * @param shared with others that see nearly the same networks
   */
  constructor(
    private readonly problem: Problem,
    private readonly costOf: (leg: Leg) => number,
    private readonly shared?: SharedTables,
  ) {}

  /** Places or parameters have changed. */
  clear(): void {
    this.known.clear();
    this.frame = this.made = undefined;
  }

  /** These legs are new, other ones, or gone. */
  changed(indices: readonly number[]): void {
    if (!this.frame) return;
    const { grid } = this.frame;
    this.changes += indices.length;
    this.frame.forget();
    this.made = undefined;
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
      ahead = this.madeFor(frame, destination);
      this.known.set(destination, ahead);
    }
    return new Bounds(frame.grid, ahead, destination);
  }

  private madeFor(frame: Frame, destination: Place): Ahead {
    this.made ??= this.shared?.of(frame.facts());
    const known = this.made?.get(destination.index);
    const ahead = new Ahead(frame, destination, this.changes, known);
    if (!known) this.made?.put(destination.index, () => copyOf(ahead));
    return ahead;
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
    return leg.to.transfer + this.ahead.costIn(this.grid.cell(leg.to, arrives + leg.to.transferTime), table);
  }

  /** When goods that a leg has brought arrive at the destination at the earliest. */
  arrivalAfter(leg: Leg, arrives: Millis): Millis {
    if (leg.to === this.destination) return arrives;
    if (leg.kind === 'scheduled') return this.ahead.arrivalAfter[leg.index] ?? Infinity;
    return this.arrivalFrom(leg.to, arrives + leg.to.transferTime);
  }

  /** From goods ready to leave a place; see `costAfter`. */
  costFrom(place: Place, ready: Millis, table = 0): number {
    return this.ahead.costIn(this.grid.cell(place, ready), table);
  }

  arrivalFrom(place: Place, ready: Millis): Millis {
    return Math.min(this.ahead.arrival[this.grid.cell(place, ready)]!, ready + this.ahead.direct[place.index]!);
  }
}

/** To one destination, from each cell (place and slot of time): what is left to pay, and when goods are there, at least. */
class Ahead implements MadeTable {
  readonly rates: readonly number[];
  /** By cell, then table. */
  readonly cost: Float64Array;
  /** How many tables there are. */
  private readonly width: number;
  /** Of ways with a scheduled leg; by rides on demand alone it takes at least `direct`. */
  readonly arrival: Float64Array;
  /** By table, then scheduled leg: what is left to pay after its arrival. And the earliest arrival at the destination. */
  costAfter: readonly Float64Array[];
  arrivalAfter: Float64Array;
  /** By place: the shortest way on demand alone, ms. */
  readonly direct: Float64Array;
  private readonly grid: Grid;
  private readonly problem: Problem;
  /** Cells that have become better, by slot; whoever leads to them has to be told. */
  private readonly better: number[][];
  private readonly waiting: Uint8Array;
  /** What is on offer to a cell, by table. */
  private readonly offer: Float64Array;

  /**
   * @param since how many changes there had been before
   * @param made by somebody else for the same network and destination
   */
  constructor(
    private readonly frame: Frame,
    private readonly destination: Place,
    readonly since: number,
    made?: MadeTable,
  ) {
    const { grid, rates, problem } = frame;
    this.grid = grid;
    this.problem = problem;
    this.rates = rates;
    this.width = rates.length;
    this.offer = new Float64Array(rates.length);
    this.waiting = new Uint8Array(grid.places * grid.slots);
    this.better = Array.from({ length: grid.slots }, () => []);
    const { cost, arrival, costAfter, arrivalAfter, direct } = made ? copyOf(made) : nothingMade(frame);
    this.cost = cost;
    this.arrival = arrival;
    this.costAfter = costAfter;
    this.arrivalAfter = arrivalAfter;
    this.direct = direct;
    if (!made) this.make();
  }

  private make(): void {
    const { direct, destination, frame } = this;
    direct[destination.index] = 0;
    this.hasten([destination.index], () => {});
    direct[destination.index] = Infinity;
    frame.fresh.fill(0);
    this.sweep();
  }

  costIn(cell: number, table: number): number {
    return this.cost[cell * this.width + table]!;
  }

  /** These legs are new or other ones. */
  mend(legs: readonly Leg[]): void {
    this.makeRoom(Math.max(-1, ...legs.map(({ index }) => index)) + 1);
    for (const { index } of legs) for (const after of [...this.costAfter, this.arrivalAfter]) after[index] = Infinity;
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

  /** For so many legs. */
  private makeRoom(legs: number): void {
    if (this.arrivalAfter.length >= legs) return;
    const larger = (numbers: Float64Array) => {
      const room = new Float64Array(2 * legs).fill(Infinity);
      room.set(numbers);
      return room;
    };
    this.costAfter = this.costAfter.map(larger);
    this.arrivalAfter = larger(this.arrivalAfter);
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
    const { grid, frame } = this;
    const last = grid.slots - 1;
    for (let slot = last; slot >= 0; slot--) {
      if (slot < last) this.wait(slot);
      this.reach(slot);
      // All of the past is one slot, and all that has no end: nobody leaves them by a ride.
      const isEnd = slot === 0 || slot === last;
      if (isEnd) for (let place = 0; place < grid.places; place++) this.note(place);
      else this.leaveLong(slot);
      const { all, short } = frame.departing(slot);
      this.leaveShort(slot, isEnd);
      for (const leg of all) this.board(leg, slot);
      // Short ways end in the slot they begin in: again, until nothing improves.
      while (this.leaveShort(slot, isEnd)) for (const leg of short) this.board(leg, slot);
    }
  }

  /** Who is ready in a slot may wait for the next one. */
  private wait(slot: number): void {
    const { cost, arrival, width } = this;
    const { slots, places } = this.grid;
    for (let place = 0, cell = slot; place < places; place++, cell += slots) {
      cost.copyWithin(cell * width, (cell + 1) * width, (cell + 2) * width);
      arrival[cell] = arrival[cell + 1]!;
    }
  }

  /** A place is better in the slot of the moment than it was in the next one, or than it was noted before. */
  private note(place: number): void {
    const { queue, queued } = this.frame;
    if (queued[place]) return;
    queued[place] = 1;
    queue.push(place);
  }

  /** Rides that end in a later slot; where they lead to what is no better than a slot later still, waiting was as good. */
  private leaveLong(slot: number): void {
    const { fresh, rides } = this.frame;
    const { slots } = this.grid;
    const { long, to, shift } = rides;
    for (const { begin, end } of long) {
      if (to[begin] === this.destination.index) continue;
      const cell = to[begin]! * slots + Math.min(slots - 1, slot + shift[begin]!);
      if (fresh[cell]) this.leaveFor(cell, begin, end, slot);
    }
  }

  /** Rides that end in the slot they begin in, as long as they improve something. */
  private leaveShort(slot: number, isEnd: boolean): boolean {
    const { rides, queue, queued } = this.frame;
    const { slots } = this.grid;
    const some = queue.length > 0;
    for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
      queued[place] = 0;
      if (place === this.destination.index) continue;
      const end = isEnd ? rides.begins[place + 1]! : rides.shortEnds[place]!;
      this.leaveFor(place * slots + slot, rides.begins[place]!, end, slot);
    }
    return some;
  }

  /** Rides to a cell. */
  private leaveFor(later: number, begin: number, end: number, slot: number): void {
    const { cost, arrival, width } = this;
    const { slots } = this.grid;
    const { from, onwards } = this.frame.rides;
    const { fresh } = this.frame;
    const after = arrival[later]!;
    for (let ride = begin; ride < end; ride++) {
      const cell = from[ride]! * slots + slot;
      const paid = onwards[ride]!;
      let improved = false;
      for (let near = cell * width, far = later * width, stop = near + width; near < stop; near++, far++) {
        const sum = paid + cost[far]!;
        if (sum >= cost[near]!) continue;
        cost[near] = sum;
        improved = true;
      }
      if (after < arrival[cell]!) {
        arrival[cell] = after;
        improved = true;
      }
      if (!improved) continue;
      fresh[cell] = 1;
      this.note(from[ride]!);
    }
  }

  /** Rides to the destination. */
  private reach(slot: number): void {
    const { cost, rates, width } = this;
    const { slots } = this.grid;
    const { begins, from, cost: paid, takes } = this.frame.rides;
    const { unload, index } = this.destination;
    const since = this.frame.hours(this.grid.begins(slot));
    for (let ride = begins[index]!; ride < begins[index + 1]!; ride++) {
      const cell = from[ride]! * slots + slot;
      for (let table = 0; table < width; table++) {
        const late = table === 0 ? 0 : rates[table]! * (since + takes[ride]!);
        const sum = paid[ride]! + unload + late;
        if (sum >= cost[cell * width + table]!) continue;
        cost[cell * width + table] = sum;
        this.frame.fresh[cell] = 1;
        this.note(from[ride]!);
      }
    }
  }

  /** As `sail`, while all is made. */
  private board(leg: ScheduledLeg, slot: number): void {
    const { offer, cost, arrival, width } = this;
    const arrives = this.following(leg);
    const cell = leg.from.index * this.grid.slots + slot;
    const plain = this.frame.costOf(leg);
    this.arrivalAfter[leg.index] = arrives;
    let better = arrives < arrival[cell]!;
    if (better) arrival[cell] = arrives;
    for (let table = 0, at = cell * width; table < width; table++, at++) {
      const after = offer[table]!;
      this.costAfter[table]![leg.index] = after;
      if (plain + after >= cost[at]!) continue;
      cost[at] = plain + after;
      better = true;
    }
    if (!better) return;
    this.frame.fresh[cell] = 1;
    this.note(leg.from.index);
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
    const { grid, offer, cost, width } = this;
    const arrival = this.arrival[cell]!;
    const offers = (paid: number) => {
      for (let table = 0; table < width; table++) offer[table] = paid + cost[cell * width + table]!;
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
    const { cost, offer, width } = this;
    let improved = arrival < this.arrival[cell]!;
    if (improved) this.arrival[cell] = arrival;
    for (let table = 0, at = cell * width; table < width; table++, at++) {
      if (offer[table]! >= cost[at]!) continue;
      cost[at] = offer[table]!;
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
        offer[table] = paid + leg.to.transfer + this.cost[later * offer.length + table]!;
      this.improve(row + slot, slot, this.arrival[later]!);
    }
  }

  private sail(index: number): void {
    const leg = this.problem.legs[index];
    if (leg?.kind !== 'scheduled') return;
    const { offer, costAfter } = this;
    const arrives = this.following(leg);
    let improved = arrives < this.arrivalAfter[index]!;
    this.arrivalAfter[index] = Math.min(arrives, this.arrivalAfter[index]!);
    const plain = this.frame.costOf(leg);
    for (let table = 0; table < offer.length; table++) {
      const known = costAfter[table]![index]!;
      const after = Math.min(offer[table]!, known);
      if (after < known) improved = true;
      costAfter[table]![index] = after;
      offer[table] = plain + after;
    }
    if (!improved) return;
    const slot = this.grid.slot(leg.departs);
    this.improve(leg.from.index * this.grid.slots + slot, slot, this.arrivalAfter[index]!);
    const before = this.grid.beforeOf(index);
    if (before >= 0) this.sail(before);
  }

  /** What follows a scheduled leg (unloading, staying on board, or a transfer) is on offer; gives the earliest arrival. */
  private following({ to, next, arrives }: ScheduledLeg): Millis {
    const { offer, rates, cost, width } = this;
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
      offer[table] = Math.min(stay, to.transfer + cost[cell * width + table]!);
    }
    const staying = onBoard ? (this.arrivalAfter[next] ?? Infinity) : Infinity;
    return Math.min(staying, this.arrival[cell]!, ready + this.direct[to.index]!);
  }
}

/** A table in which no way leads anywhere. */
function nothingMade({ grid, rates, problem }: Frame): MadeTable {
  const cells = grid.places * grid.slots;
  const nothing = (count: number) => new Float64Array(count).fill(Infinity);
  return {
    cost: nothing(cells * rates.length),
    arrival: nothing(cells),
    costAfter: rates.map(() => nothing(problem.legs.length)),
    arrivalAfter: nothing(problem.legs.length),
    direct: nothing(grid.places),
  };
}
