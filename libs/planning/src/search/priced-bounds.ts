import type { Leg, Millis, OnDemandLeg, Place, ScheduledLeg } from '@portolan/domain';
import type { Grid } from './grid.js';
import type { Timetable } from './timetable.js';

/**
 * What is left to pay on the way to one destination at the prices of a moment, from each cell and after each scheduled leg, at least: a table
 * made in one pass against time, for many searches to the same place. Waiting is free in it, and times are rounded to the earlier slot.
 */
export class PricedBounds {
  private readonly cost: Float64Array;
  /** By scheduled leg: after its arrival. */
  readonly arrived: Float64Array;

  /**
   * @param legCosts by leg: what one unit pays for it, prices included
   * @param toGo by place: the distance to the destination, at least
   */
  constructor(
    private readonly grid: Grid,
    timetable: Timetable,
    private readonly destination: Place,
    private readonly legCosts: readonly number[],
    private readonly toGo: Float64Array,
  ) {
    this.cost = new Float64Array(grid.places * grid.slots).fill(Infinity);
    this.arrived = new Float64Array(legCosts.length).fill(Infinity);
    this.sweep(timetable);
  }

  /** After a leg has brought goods somewhere, unloading included. */
  after(leg: Leg, arrives: Millis): number {
    return leg.kind === 'scheduled' ? this.arrived[leg.index]! : this.landed(leg.to, arrives);
  }

  /** From goods handled and ready to leave a place. */
  from(place: Place, ready: Millis): number {
    return this.cost[this.grid.cell(place, ready)]!;
  }

  private landed(place: Place, arrives: Millis): number {
    if (place === this.destination) return place.unload;
    return place.transfer + this.cost[this.grid.cell(place, arrives + place.transferTime)]!;
  }

  private sweep(timetable: Timetable): void {
    const { grid, cost } = this;
    const departures = timetable.between(-Infinity, Infinity);
    const rides = new Rides(this.usefulRides(timetable), grid, this.destination, this.legCosts);
    let next = departures.length - 1;
    for (let slot = grid.slots - 1; slot >= 0; slot--) {
      if (slot < grid.slots - 1)
        for (let cell = slot; cell < cost.length; cell += grid.slots) cost[cell] = cost[cell + 1]!;
      rides.leave(cost, slot, false);
      const end = next;
      while (next >= 0 && grid.slot(departures[next]!.departs) === slot) next--;
      // Short ways end in the slot they begin in: again, until nothing improves.
      do {
        for (let at = end; at > next; at--) this.sail(departures[at]!, slot);
      } while (rides.leave(cost, slot, true));
    }
  }

  /** Those that are not dearer, with whatever follows, than riding on demand all the way, which is always possible. */
  private usefulRides({ rides }: Timetable): OnDemandLeg[] {
    const ways = this.onDemandAlone();
    return rides.filter((leg) => this.paid(leg) + this.toGo[leg.to.index]! <= ways[leg.from.index]! * (1 + 1e-12));
  }

  /** By place: the least cost to the destination by rides on demand alone. */
  private onDemandAlone(): Float64Array {
    const ways = new Float64Array(this.grid.places).fill(Infinity);
    ways[this.destination.index] = 0;
    const queue = [this.destination.index];
    for (let at = 0; at < queue.length; at++)
      for (const leg of this.grid.ridesTo(queue[at]!)) {
        const through = ways[queue[at]!]! + this.paid(leg);
        if (through >= ways[leg.from.index]!) continue;
        ways[leg.from.index] = through;
        queue.push(leg.from.index);
      }
    ways[this.destination.index] = Infinity;
    return ways;
  }

  /** For a ride, and the handling at its end. */
  private paid({ index, to }: OnDemandLeg): number {
    return this.legCosts[index]! + (to === this.destination ? to.unload : to.transfer);
  }

  private sail({ index, from, to, arrives, next }: ScheduledLeg, slot: number): void {
    const stay = next < 0 ? Infinity : (this.legCosts[next] ?? Infinity) + (this.arrived[next] ?? Infinity);
    const after = Math.min(stay, this.landed(to, arrives));
    this.arrived[index] = after;
    const cell = from.index * this.grid.slots + slot;
    const cost = this.legCosts[index]! + after;
    if (cost < this.cost[cell]!) this.cost[cell] = cost;
  }
}

/** Rides on demand in arrays, with what does not depend on when they leave. */
class Rides {
  private readonly from: Int32Array;
  /** Where the row of the place begins; -1 for the destination. */
  private readonly to: Int32Array;
  private readonly paid: Float64Array;
  private readonly shift: Int32Array;
  private readonly last: number;

  constructor(rides: readonly OnDemandLeg[], grid: Grid, destination: Place, legCosts: readonly number[]) {
    const { slots } = grid;
    this.last = slots - 1;
    this.from = Int32Array.from(rides, ({ from }) => from.index * slots);
    this.to = Int32Array.from(rides, ({ to }) => (to === destination ? -1 : to.index * slots));
    this.paid = Float64Array.from(
      rides,
      ({ index, to }) => legCosts[index]! + (to === destination ? to.unload : to.transfer),
    );
    this.shift = Int32Array.from(rides, ({ duration, to }) => grid.shift(duration + to.transferTime));
  }

  /** @param short only rides that may end in the slot they leave in; else all */
  leave(cost: Float64Array, slot: number, short: boolean): boolean {
    const { from, to, paid, shift, last } = this;
    let improved = false;
    for (let ride = 0; ride < from.length; ride++) {
      // The first and the last slot are open-ended: rides from there may end there.
      if (short && shift[ride]! > 0 && slot > 0 && slot < last) continue;
      const row = to[ride]!;
      const later = slot === 0 ? 0 : slot + shift[ride]! < last ? slot + shift[ride]! : last;
      const sum = row < 0 ? paid[ride]! : paid[ride]! + cost[row + later]!;
      const cell = from[ride]! + slot;
      if (sum >= cost[cell]!) continue;
      cost[cell] = sum;
      improved = true;
    }
    return improved;
  }
}
