import {
  type Demand,
  HOUR,
  type Leg,
  type Millis,
  type OnDemandLeg,
  type Place,
  type ScheduledLeg,
  isClosed,
} from '@portolan/domain';
import { type Outlook, latenessAt } from './outlook.js';
import type { Timetable } from './timetable.js';

/** The most slots of time between the start and the latest delivery, and the least width of one. */
const MOST_SLOTS = 64;
const NARROWEST = HOUR / 4;
/** Sums made in another order than the search makes them may differ in their last digits. */
const DOWN = 1 - 1e-12;

export interface OutlookTerms {
  readonly demand: Demand;
  /** No goods move before. */
  readonly begin: Millis;
  /** The latest delivery; Infinity for none. */
  readonly end: Millis;
  /** By leg: what one unit pays for it, prices included. */
  readonly legCosts: readonly number[];
  readonly legs: readonly Leg[];
  /** Can a leg be on a way of interest? The others are left out. */
  worth(leg: Leg): boolean;
}

/**
 * The outlook of one demand, from every place and slot of time between its start and its deadline: its own prices, spoilage, lateness and
 * deadline, the closures of scheduled calls and the connections all count. One pass against time. Left out is what can only make it
 * dearer: storage, the limit on the number of legs, closures met by rides on demand, and that these leave at a moment, not in a slot.
 */
export class DetailedOutlook implements Outlook {
  readonly afterScheduled = undefined;
  private readonly slots: number;
  private readonly width: Millis;
  /** By place and slot: for goods ready at the slot's beginning that take a scheduled leg in this slot or later, waiting included. */
  private readonly scheduled: Float64Array;
  /** By place and slot: for goods that leave on demand within the slot. */
  private readonly onDemand: Float64Array;
  /** By leg: after its arrival. */
  private readonly arrived: Float64Array;
  /** By place: what spoils per millisecond of waiting. */
  private readonly waiting: number[];

  constructor(
    timetable: Timetable,
    private readonly terms: OutlookTerms,
    places: Iterable<Place>,
  ) {
    const departures = timetable.between(terms.begin, terms.end).filter((leg) => terms.worth(leg));
    const last = departures.at(-1)?.departs ?? terms.begin;
    this.width = Math.max(NARROWEST, (last - terms.begin) / MOST_SLOTS);
    this.slots = Math.floor((last - terms.begin) / this.width) + 2;
    this.waiting = [];
    for (const { index, spoilageFactor } of places) this.waiting[index] = this.spoiled(1, spoilageFactor);
    this.scheduled = new Float64Array(this.waiting.length * this.slots).fill(Infinity);
    this.onDemand = new Float64Array(this.waiting.length * this.slots).fill(Infinity);
    this.arrived = new Float64Array(terms.legCosts.length).fill(Infinity);
    const rides = timetable.rides.filter((leg) => terms.worth(leg));
    this.sweep(departures, {
      short: this.ridesOf(rides, (slots, delivers) => slots === 0 && !delivers),
      long: this.ridesOf(rides, (slots, delivers) => slots > 0 || delivers),
    });
  }

  after(leg: Leg, arrives: Millis): number {
    return DOWN * (leg.kind === 'scheduled' ? this.arrived[leg.index]! : this.landed(leg.to, arrives));
  }

  departing({ index }: Place, ready: Millis): number {
    const slot = this.slotOf(ready);
    return DOWN * (this.scheduled[index * this.slots + slot]! - this.waiting[index]! * (ready - this.begins(slot)));
  }

  private slotOf(time: Millis): number {
    return Math.min(this.slots - 1, Math.max(0, Math.floor((time - this.terms.begin) / this.width)));
  }

  private begins(slot: number): Millis {
    return this.terms.begin + slot * this.width;
  }

  private spoiled(duration: Millis, factor: number): number {
    return (this.terms.demand.spoilagePerHour * duration * factor) / HOUR;
  }

  private ridesOf(legs: readonly OnDemandLeg[], wanted: (slots: number, delivers: boolean) => boolean): Rides {
    const rides = new Rides(legs.length);
    for (const { index, from, to, duration, spoilageFactor } of legs) {
      const delivers = to === this.terms.demand.to;
      const handlingTime = delivers ? to.unloadTime : to.transferTime;
      const handling = (delivers ? to.unload : to.transfer) + this.spoiled(handlingTime, to.spoilageFactor);
      const takes = duration + handlingTime;
      const slots = Math.floor(takes / this.width);
      if (!wanted(slots, delivers)) continue;
      const ride = rides.size++;
      rides.from[ride] = from.index * this.slots;
      rides.to[ride] = delivers ? -1 : to.index * this.slots;
      rides.cost[ride] = this.terms.legCosts[index]! + this.spoiled(duration, spoilageFactor) + handling;
      rides.takes[ride] = takes;
      rides.slots[ride] = slots;
      rides.lost[ride] = this.waiting[to.index]! * this.width;
    }
    return rides;
  }

  /** Against time, slot by slot. The last slot is open-ended: nothing scheduled leaves in it. */
  private sweep(departures: readonly ScheduledLeg[], { short, long }: { short: Rides; long: Rides }): void {
    const last = this.slots - 1;
    for (let improved = true; improved;) {
      improved = this.leaveAll(long, last);
      if (this.leaveAll(short, last)) improved = true;
    }
    let next = departures.length - 1;
    for (let slot = last - 1; slot >= 0; slot--) {
      this.wait(slot);
      this.leaveAll(long, slot);
      const end = next;
      while (next >= 0 && this.slotOf(departures[next]!.departs) === slot) next--;
      // Short ways end in the slot they begin in: again, until nothing improves.
      do {
        for (let at = end; at > next; at--) this.sail(departures[at]!, slot);
      } while (this.leaveAll(short, slot));
    }
  }

  private wait(slot: number): void {
    const { scheduled, slots, waiting, width } = this;
    for (let place = 0, cell = slot; place < waiting.length; place++, cell += slots)
      scheduled[cell] = scheduled[cell + 1]! + waiting[place]! * width;
  }

  /** Who leaves within a slot is ready again within one slot or the next. */
  private leaveAll({ size, from, to, cost, takes, slots, lost }: Rides, slot: number): boolean {
    const { scheduled, onDemand } = this;
    const last = this.slots - 1;
    const begins = this.begins(slot);
    let improved = false;
    for (let ride = 0; ride < size; ride++) {
      const place = to[ride]!;
      const cell = from[ride]! + slot;
      const paid = cost[ride]!;
      const known = onDemand[cell]!;
      let best = known;
      if (place < 0) best = Math.min(best, paid + this.late(begins + takes[ride]!));
      else {
        const earlier = slot + slots[ride]! < last ? place + slot + slots[ride]! : place + last;
        const later = slot + slots[ride]! < last ? earlier + 1 : earlier;
        const waited = paid - lost[ride]!;
        if (waited + scheduled[earlier]! < best) best = waited + scheduled[earlier]!;
        if (paid + onDemand[earlier]! < best) best = paid + onDemand[earlier]!;
        if (waited + scheduled[later]! < best) best = waited + scheduled[later]!;
        if (paid + onDemand[later]! < best) best = paid + onDemand[later]!;
      }
      if (best >= known) continue;
      onDemand[cell] = best;
      improved = true;
    }
    return improved;
  }

  private sail({ index, from, to, departs, arrives, spoilageFactor, next }: ScheduledLeg, slot: number): void {
    const landed = to !== this.terms.demand.to && isClosed(to, arrives) ? Infinity : this.landed(to, arrives);
    const after = Math.min(landed, next < 0 ? Infinity : this.staying(next, arrives, spoilageFactor));
    this.arrived[index] = after;
    if (isClosed(from, departs)) return;
    const cost = this.terms.legCosts[index]! + this.spoiled(arrives - departs, spoilageFactor) + after;
    const waited = this.waiting[from.index]! * (departs - this.begins(slot));
    const cell = from.index * this.slots + slot;
    this.scheduled[cell] = Math.min(this.scheduled[cell]!, waited + cost);
  }

  private staying(next: number, since: Millis, factor: number): number {
    const leg = this.terms.legs[next] as ScheduledLeg;
    const spoiled =
      this.spoiled(leg.departs - since, factor) + this.spoiled(leg.arrives - leg.departs, leg.spoilageFactor);
    return this.terms.legCosts[next]! + spoiled + this.arrived[next]!;
  }

  /** Unloaded at the destination, or ready to go on. */
  private landed(place: Place, arrives: Millis): number {
    const { demand } = this.terms;
    if (place === demand.to)
      return (
        place.unload + this.spoiled(place.unloadTime, place.spoilageFactor) + this.late(arrives + place.unloadTime)
      );
    const ready = arrives + place.transferTime;
    const slot = this.slotOf(ready);
    const cell = place.index * this.slots + slot;
    const scheduled = this.scheduled[cell]! - this.waiting[place.index]! * (ready - this.begins(slot));
    const handling = place.transfer + this.spoiled(place.transferTime, place.spoilageFactor);
    return handling + Math.min(scheduled, this.onDemand[cell]!);
  }

  private late(delivered: Millis): number {
    return delivered > this.terms.end ? Infinity : latenessAt(this.terms.demand, delivered);
  }
}

/** Rides on demand, with what does not depend on when they leave. */
class Rides {
  size = 0;
  /** Where the row of cells of the place begins. */
  readonly from: Int32Array;
  /** The same, or -1 where the ride leads to the destination. */
  readonly to: Int32Array;
  readonly cost: Float64Array;
  /** Until the goods are delivered, or ready to leave again; ms. */
  readonly takes: Float64Array;
  /** The same in slots, rounded down. */
  readonly slots: Int32Array;
  /** What spoils in one slot of waiting at its end. */
  readonly lost: Float64Array;

  constructor(most: number) {
    this.from = new Int32Array(most);
    this.to = new Int32Array(most);
    this.slots = new Int32Array(most);
    this.cost = new Float64Array(most);
    this.takes = new Float64Array(most);
    this.lost = new Float64Array(most);
  }
}
