import { HOUR, type Leg, type Millis, type OnDemandLeg, type Problem, type ScheduledLeg } from '@portolan/domain';
import { Grid } from './grid.js';

/** Delays are counted at these quantiles of what an hour costs the demands. */
const QUANTILES = [0.15, 0.5, 0.85];

/** What the tables of all destinations have in common. */
export class Frame {
  readonly grid: Grid;
  /** What an hour costs, by table; the first is 0. */
  readonly rates: readonly number[];
  private columns: Rides | undefined;
  /** Scratch for the making of a table: cells that are better than a slot later; and places that are better than their rides know. */
  readonly fresh: Uint8Array;
  readonly queue: number[] = [];
  readonly queued: Uint8Array;
  private bySlot: (Departures | undefined)[] | undefined;

  constructor(
    readonly problem: Problem,
    readonly costOf: (leg: Leg) => number,
  ) {
    this.grid = new Grid(problem);
    this.fresh = new Uint8Array(this.grid.places * this.grid.slots);
    this.queued = new Uint8Array(this.grid.places);
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

  /** What departs within a slot. */
  departing(slot: number): Departures {
    return (this.bySlot ??= this.departuresBySlot())[slot] ?? NO_DEPARTURES;
  }

  private departuresBySlot(): (Departures | undefined)[] {
    const { problem, grid } = this;
    const bySlot: (ScheduledLeg[] | undefined)[] = [];
    for (const leg of problem.legByKey.values())
      if (leg.kind === 'scheduled') (bySlot[grid.slot(leg.departs)] ??= []).push(leg);
    return bySlot.map((legs, slot) => {
      if (!legs) return undefined;
      const all = legs.sort((a, b) => b.departs - a.departs);
      const isIn = (time: Millis | undefined) => time !== undefined && grid.slot(time) === slot;
      const goesOn = (next: number) =>
        next < 0 ? undefined : (problem.legs[next] as ScheduledLeg | undefined)?.departs;
      const short = all.filter(({ to, arrives, next }) => isIn(arrives + to.transferTime) || isIn(goesOn(next)));
      return { all, short };
    });
  }

  /** Every number that a table follows from. */
  facts(): Float64Array {
    const { grid, rates, problem } = this;
    const facts = [grid.start, grid.width, grid.slots, grid.places, ...rates];
    for (const { index, unload, transfer, transferTime } of problem.places.values())
      facts.push(index, unload, transfer, transferTime);
    for (const leg of problem.legByKey.values()) {
      const { index, from, to } = leg;
      if (leg.kind === 'scheduled') facts.push(leg.next, leg.departs, leg.arrives);
      else facts.push(ON_DEMAND, leg.duration);
      facts.push(index, from.index, to.index, this.costOf(leg));
    }
    return Float64Array.from(facts);
  }

  hours(time: Millis): number {
    return (time - this.grid.start) / HOUR;
  }
}

/** In place of the leg that follows in a run, -1 for none. */
const ON_DEMAND = -2;

/** What departs within a slot, the latest first; and that after which goods may leave again in the same slot. */
interface Departures {
  readonly all: readonly ScheduledLeg[];
  readonly short: readonly ScheduledLeg[];
}

const NO_DEPARTURES: Departures = { all: [], short: [] };

/** Some rides, one after the other. */
interface Range {
  readonly begin: number;
  readonly end: number;
}

/** Rides on demand in arrays, with what does not depend on the destination: by the place they lead to, then by how long they take. */
class Rides {
  /** Indices of places. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cost: Float64Array;
  /** The same with the transfer at its end. */
  readonly onwards: Float64Array;
  /** In slots, with the transfer at its end. */
  readonly shift: Int32Array;
  /** Hours, without it. */
  readonly takes: Float64Array;
  /** By place: where those that lead to it begin, those that end in the slot they begin in first; and where these end. */
  readonly begins: Int32Array;
  readonly shortEnds: Int32Array;
  /** The others, by place and shift. */
  readonly long: readonly Range[];

  constructor({ problem, grid, costOf }: Frame) {
    const shiftOf = ({ duration, to }: OnDemandLeg) => grid.shift(duration + to.transferTime);
    const rides = [...problem.legByKey.values()]
      .flatMap((leg) => (leg.kind === 'on-demand' ? [leg] : []))
      .sort((a, b) => a.to.index - b.to.index || shiftOf(a) - shiftOf(b));
    this.from = Int32Array.from(rides, ({ from }) => from.index);
    this.to = Int32Array.from(rides, ({ to }) => to.index);
    this.cost = Float64Array.from(rides, costOf);
    this.onwards = Float64Array.from(rides, (leg) => costOf(leg) + leg.to.transfer);
    this.shift = Int32Array.from(rides, shiftOf);
    this.takes = Float64Array.from(rides, ({ duration }) => duration / HOUR);
    const places = [...Array(grid.places + 1).keys()];
    this.begins = Int32Array.from(places, (place) => this.firstOf(place, 0));
    this.shortEnds = Int32Array.from(places, (place) => this.firstOf(place, 1));
    this.long = this.longOnes();
  }

  /** The first ride to a place or one behind it that takes so many slots or more. */
  private firstOf(place: number, slots: number): number {
    const { to, shift } = this;
    let [low, high] = [0, to.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const isBefore = to[middle]! < place || (to[middle] === place && shift[middle]! < slots);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private longOnes(): Range[] {
    const { to, shift } = this;
    const ranges: Range[] = [];
    for (let begin = 0, end = 0; begin < to.length; begin = end) {
      end = this.firstOf(to[begin]!, shift[begin]! + 1);
      if (shift[begin]! > 0) ranges.push({ begin, end });
    }
    return ranges;
  }
}
