import { HOUR, type Leg, type Millis, type OnDemandLeg, type Place, type Problem } from '@portolan/domain';

/** The most slots: what memory is spent on one destination. */
const MOST_SLOTS = 96;

/**
 * Cells of places and slots of time, and what leads to them. The first slot is all the past before the timetable begins, the last one has
 * no end. Cells are numbered by place, then slot.
 */
export class Grid {
  readonly slots: number;
  readonly places: number;
  /** Rides on demand by the place they lead to. */
  private readonly inbound: OnDemandLeg[][] = [];
  /** By place and slot: scheduled legs that have brought goods there, handled and ready. */
  private readonly landing: (Set<number> | undefined)[][] = [];
  private readonly landed: (Set<number> | undefined)[] = [];
  private readonly ridden: (OnDemandLeg | undefined)[] = [];
  /** By leg: the one before it in its run, from which goods may stay on board. */
  private readonly before: (number | undefined)[] = [];
  /** Where the second slot begins. */
  readonly start: Millis;
  readonly width: Millis;

  constructor({ legByKey, places }: Problem) {
    let [first, last] = [Infinity, -Infinity];
    for (const leg of legByKey.values())
      if (leg.kind === 'scheduled') [first, last] = [Math.min(first, leg.departs), Math.max(last, leg.departs)];
    this.start = Number.isFinite(first) ? first : 0;
    const span = last > first ? last - first : 0;
    this.width = Math.max(HOUR, span / MOST_SLOTS);
    this.slots = Math.floor(span / this.width) + 3;
    this.places = 0;
    for (const { index } of places.values()) this.places = Math.max(this.places, index + 1);
    for (const leg of legByKey.values()) this.add(leg);
  }

  knows(place: Place): boolean {
    return place.index < this.places;
  }

  add(leg: Leg): void {
    const { index, to } = leg;
    if (leg.kind === 'on-demand') {
      (this.inbound[to.index] ??= []).push(leg);
      this.ridden[index] = leg;
      return;
    }
    const slots = (this.landing[to.index] ??= []);
    const legs = (slots[this.slot(leg.arrives + to.transferTime)] ??= new Set());
    legs.add(index);
    this.landed[index] = legs;
    if (leg.next >= 0) this.before[leg.next] = index;
  }

  remove(index: number): void {
    this.landed[index]?.delete(index);
    const ride = this.ridden[index];
    if (ride) this.inbound[ride.to.index] = this.inbound[ride.to.index]!.filter((leg) => leg !== ride);
    this.landed[index] = this.ridden[index] = undefined;
  }

  ridesTo(place: number): readonly OnDemandLeg[] {
    return this.inbound[place] ?? [];
  }

  landingIn(cell: number): Iterable<number> {
    return this.landing[Math.floor(cell / this.slots)]?.[cell % this.slots] ?? [];
  }

  *landingAt(place: number): Iterable<number> {
    for (const legs of this.landing[place] ?? []) if (legs) yield* legs;
  }

  /** -1 for none. */
  beforeOf(index: number): number {
    return this.before[index] ?? -1;
  }

  slot(time: Millis): number {
    if (time < this.start) return 0;
    return Math.min(this.slots - 1, 1 + Math.floor((time - this.start) / this.width));
  }

  /** When a slot begins; -Infinity for the first. */
  begins(slot: number): Millis {
    return slot === 0 ? -Infinity : this.start + (slot - 1) * this.width;
  }

  cell(place: Place, time: Millis): number {
    return place.index * this.slots + this.slot(time);
  }

  /** By how many slots a duration carries on at least. */
  shift(duration: Millis): number {
    return Math.floor(duration / this.width);
  }
}
