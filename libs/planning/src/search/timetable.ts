import type { Leg, Millis, OnDemandLeg, Place, Problem, ScheduledLeg } from '@portolan/domain';

/** Legs from one place in arrays, for loops over all of them. */
export interface Fan {
  /** Of the legs. */
  readonly numbers: Int32Array;
  /** Indices of the places they lead to, and what a transfer there costs. */
  readonly to: Int32Array;
  readonly transfer: Float64Array;
}

/** Which legs leave each place: scheduled ones in order of departure, and those on demand. */
export class Timetable {
  private readonly departures = new Map<Place, ScheduledLeg[]>();
  private readonly fans = new Map<Place, { readonly scheduled: Fan; readonly onDemand: Fan }>();
  private readonly anyTime = new Map<Place, OnDemandLeg[]>();
  private all: { readonly departures: ScheduledLeg[]; readonly rides: OnDemandLeg[] } | undefined;

  constructor({ legByKey }: Problem) {
    for (const leg of legByKey.values()) {
      if (leg.kind === 'scheduled') enter(this.departures, leg);
      else enter(this.anyTime, leg);
    }
    for (const list of this.departures.values()) list.sort(inOrder);
  }

  scheduled(from: Place): readonly ScheduledLeg[] {
    return this.departures.get(from) ?? none;
  }

  onDemand(from: Place): readonly OnDemandLeg[] {
    return this.anyTime.get(from) ?? none;
  }

  /** The same legs as `scheduled` and `onDemand` give, in the same order. */
  fansFrom(from: Place) {
    let fans = this.fans.get(from);
    if (!fans) {
      fans = { scheduled: fanOf(this.scheduled(from)), onDemand: fanOf(this.onDemand(from)) };
      this.fans.set(from, fans);
    }
    return fans;
  }

  /** Places have other costs. */
  refresh(): void {
    this.fans.clear();
  }

  /** All rides on demand. */
  get rides(): readonly OnDemandLeg[] {
    return this.everything().rides;
  }

  /** What departs from the one instant to the other, in order of departure. */
  between(begin: Millis, end: Millis): readonly ScheduledLeg[] {
    const { departures } = this.everything();
    return departures.slice(firstNotBefore(departures, begin), firstNotBefore(departures, end + 1));
  }

  private everything() {
    this.all ??= {
      departures: [...this.departures.values()].flat().sort(inOrder),
      rides: [...this.anyTime.values()].flat(),
    };
    return this.all;
  }

  add(leg: Leg): void {
    this.all = undefined;
    this.fans.delete(leg.from);
    if (leg.kind === 'on-demand') {
      enter(this.anyTime, leg);
      return;
    }
    const list = this.departures.get(leg.from) ?? [];
    this.departures.set(leg.from, list);
    let at = list.length;
    while (at > 0 && inOrder(leg, list[at - 1]!) < 0) at--;
    list.splice(at, 0, leg);
  }

  remove(leg: Leg): void {
    this.all = undefined;
    this.fans.delete(leg.from);
    const list: Leg[] | undefined = (leg.kind === 'scheduled' ? this.departures : this.anyTime).get(leg.from);
    const at = list?.indexOf(leg) ?? -1;
    if (at >= 0) list!.splice(at, 1);
  }
}

/** The position of the first that does not depart before an instant. */
export function firstNotBefore(legs: readonly ScheduledLeg[], time: Millis): number {
  let [low, high] = [0, legs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (legs[middle]!.departs < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const fanOf = (legs: readonly Leg[]): Fan => ({
  numbers: Int32Array.from(legs, ({ index }) => index),
  to: Int32Array.from(legs, ({ to }) => to.index),
  transfer: Float64Array.from(legs, ({ to }) => to.transfer),
});

function enter<L extends Leg>(lists: Map<Place, L[]>, leg: L): void {
  const list = lists.get(leg.from);
  if (list) list.push(leg);
  else lists.set(leg.from, [leg]);
}

const none: readonly never[] = [];
const inOrder = (a: ScheduledLeg, b: ScheduledLeg): number => a.departs - b.departs || a.index - b.index;
