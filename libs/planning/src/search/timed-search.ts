import {
  DAY,
  type Demand,
  HOUR,
  type Leg,
  type Millis,
  type Place,
  type Problem,
  type ScheduledLeg,
  isClosed,
} from '@portolan/domain';
import type { Column, Resources } from '../columns.js';
import { Distances, type ToGo } from './distances.js';
import { MinHeap } from './heap.js';

/** Where a search begins: goods at a place since a time, or having come by a leg. */
export interface Start {
  readonly place: Place;
  readonly time: Millis;
  /** The leg they came by: then leg 1 stays on board or is a transfer. */
  readonly last: Leg | undefined;
  /** Legs used so far. */
  readonly count: number;
  readonly supply: number;
}

export interface Found {
  readonly supply: number;
  readonly legs: readonly number[];
  /** Money per unit at the prices given, revenue subtracted. */
  readonly total: number;
}

/**
 * Cheapest itineraries of timed problems under prices of resources: label setting in order of arrival. A scheduled leg has one
 * label (its arrival is fixed); an on-demand leg one for each moment it can arrive, since it leaves when the goods are ready. Waiting is
 * priced where it ends, because storage is not linear in time. Labels that cannot lead to anything better are dropped by lower bounds.
 */
export class TimedSearch {
  private readonly departures = new Map<Place, ScheduledLeg[]>();
  private readonly onDemand = new Map<Place, Leg[]>();
  private readonly distances: Distances;
  private readonly labels = new Labels();

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
  ) {
    this.distances = new Distances(problem);
    for (const leg of problem.legs) {
      const lists: Map<Place, Leg[]> =
        leg.kind === 'scheduled' ? (this.departures as Map<Place, Leg[]>) : this.onDemand;
      lists.set(leg.from, [...(lists.get(leg.from) ?? []), leg]);
    }
    for (const list of this.departures.values()) list.sort((a, b) => a.departs - b.departs || a.index - b.index);
  }

  /** Where the goods of a demand can start: where they lie, each lot that can serve it, or the leg they are on. */
  startsOf(demand: Demand): Start[] {
    const { onBoard, from, available = -Infinity } = demand;
    if (onBoard) return [{ place: onBoard.to, time: onBoard.arrives, last: onBoard, count: 0, supply: -1 }];
    if (from) return [{ place: from, time: available, last: undefined, count: 0, supply: -1 }];
    return this.problem.supplies.flatMap((supply, index) =>
      supply.product === demand.product
        ? [
            {
              place: supply.place,
              time: Math.max(available, supply.available ?? -Infinity),
              last: undefined,
              count: 0,
              supply: index,
            },
          ]
        : [],
    );
  }

  /** The cheapest itinerary of a demand below `bound` at these prices, from whichever start; ties go to the first. */
  cheapest(demand: Demand, prices: Float64Array, bound = Infinity): Found | undefined {
    let best: Found | undefined;
    for (const start of this.startsOf(demand)) {
      const found = this.from(start, demand, prices, best?.total ?? bound);
      if (found) best = found;
    }
    return best;
  }

  /** The cheapest way on from a start, below `bound`; the price of the supply and the revenue are counted in. */
  from(start: Start, demand: Demand, prices: Float64Array, bound = Infinity): Found | undefined {
    const supply = start.supply < 0 ? undefined : this.problem.supplies[start.supply]!;
    const supplyPrice = supply ? supply.unitCost + prices[this.resources.supply(start.supply)]! : 0;
    const base = supplyPrice - demand.revenue;
    const end = Math.min(demand.latest, supply ? supply.expires - demand.minShelfLife : Infinity);
    const run = new Run(
      this.problem,
      this.resources,
      this.labels,
      demand,
      prices,
      end,
      bound - base,
      this.distances.to(demand.to),
    );
    const legs = run.search(start, this.departures, this.onDemand);
    return legs && { supply: start.supply, legs, total: run.best + base };
  }
}

/** Growing arrays of labels, kept between searches. */
class Labels {
  readonly time: number[] = [];
  readonly cost: number[] = [];
  readonly leg: number[] = [];
  readonly before: number[] = [];
  readonly count: number[] = [];
  readonly heap = new MinHeap();
  readonly slots = new Map<number | string, number>();
  size = 0;

  reset(): void {
    this.size = 0;
    this.heap.clear();
    this.slots.clear();
  }
}

/** One search of one demand from one start. */
class Run {
  best: number;
  private ending = -1;
  private truncated = false;
  private counting = false;

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly labels: Labels,
    private readonly demand: Demand,
    private readonly prices: Float64Array,
    private readonly end: Millis,
    private readonly bound: number,
    private readonly toGo: ToGo,
  ) {
    this.best = bound;
  }

  search(
    start: Start,
    departures: ReadonlyMap<Place, readonly ScheduledLeg[]>,
    onDemand: ReadonlyMap<Place, readonly Leg[]>,
  ): number[] | undefined {
    const first = this.pass(start, departures, onDemand);
    if (!this.truncated) return first;
    // A label was cut for its number of legs: a dearer way with fewer may lead on, so labels are kept by number, too.
    this.counting = true;
    this.best = this.bound;
    return this.pass(start, departures, onDemand);
  }

  private pass(
    start: Start,
    departures: ReadonlyMap<Place, readonly ScheduledLeg[]>,
    onDemand: ReadonlyMap<Place, readonly Leg[]>,
  ): number[] | undefined {
    const { labels, demand } = this;
    labels.reset();
    this.ending = -2;
    if (start.last || start.place === demand.to) this.deliver(start.place, start.time, 0, -1, start.last !== undefined);
    this.leave(start.place, start.time, start.last, 0, start.count, -1, departures, onDemand);
    while (labels.heap.size > 0) {
      const label = labels.heap.pop();
      const leg = this.problem.legs[labels.leg[label]!]!;
      const [time, cost] = [labels.time[label]!, labels.cost[label]!];
      this.deliver(leg.to, time, cost, label, true);
      this.leave(leg.to, time, leg, cost, labels.count[label]!, label, departures, onDemand);
    }
    return this.ending === -2 ? undefined : this.path(this.ending);
  }

  /** Rules 4, 5, 7, 8, 9 and 10 at the destination. */
  private deliver(place: Place, time: Millis, cost: number, label: number, travelled: boolean): void {
    const { demand } = this;
    if (place !== demand.to) return;
    if (travelled && isClosed(place, time)) return;
    const unloading = travelled ? place.unloadTime : 0;
    const delivered = time + unloading;
    if (delivered > this.end) return;
    const late = delivered > demand.due ? (demand.latePerHour * (delivered - demand.due)) / HOUR : 0;
    const spoiled = demand.spoilagePerHour * (unloading / HOUR) * place.spoilageFactor;
    const total = cost + (travelled ? place.unload : 0) + late + spoiled;
    if (total >= this.best) return;
    this.best = total;
    this.ending = label;
  }

  /** Every way on from a place: staying on board, transfers (or loading) to scheduled legs, and legs on demand. */
  private leave(
    place: Place,
    time: Millis,
    last: Leg | undefined,
    cost: number,
    count: number,
    label: number,
    departures: ReadonlyMap<Place, readonly ScheduledLeg[]>,
    onDemand: ReadonlyMap<Place, readonly Leg[]>,
  ): void {
    if (cost + (this.toGo.cost.get(place) ?? Infinity) >= this.best) return;
    const staying = last?.kind === 'scheduled' ? last.next : -1;
    if (last?.kind === 'scheduled' && staying >= 0) {
      const next = this.problem.legs[staying] as ScheduledLeg;
      const onBoard = this.spoilage(next.departs - time, last.spoilageFactor);
      this.ride(next, next.departs, cost + onBoard, count, label);
    }
    if (last && isClosed(place, time)) return;
    const handling = last ? place.transfer : place.load;
    const earliest = time + (last ? place.transferTime : place.loadTime);
    const scheduled = departures.get(place) ?? [];
    for (let index = firstNotBefore(scheduled, earliest); index < scheduled.length; index++) {
      const leg = scheduled[index]!;
      // The next leg of the same run is a stay on board, never a transfer, even where that would be cheaper.
      if (leg.index === staying || isClosed(place, leg.departs)) continue;
      this.ride(leg, leg.departs, cost + handling + this.waiting(place, leg.departs - time), count, label);
    }
    if (isClosed(place, earliest)) return;
    const waited = cost + handling + this.waiting(place, earliest - time);
    for (const leg of onDemand.get(place) ?? []) this.ride(leg, earliest, waited, count, label);
  }

  private ride(leg: Leg, departs: Millis, before: number, count: number, label: number): void {
    const arrives = leg.kind === 'scheduled' ? leg.arrives : departs + leg.duration;
    if (arrives > this.end) return;
    const cost =
      before +
      leg.cost +
      leg.co2eKg * this.problem.co2Price +
      this.spoilage(arrives - departs, leg.spoilageFactor) +
      this.resources.legPrice(leg.index, this.demand, this.prices);
    if (!(cost + (this.toGo.cost.get(leg.to) ?? Infinity) < this.best)) return;
    if (count + 1 + this.toGo.legs.get(leg.to)! > this.problem.maxLegs) {
      this.truncated = true;
      return;
    }
    this.keep(leg, arrives, cost, count + 1, label);
  }

  private keep(leg: Leg, arrives: Millis, cost: number, count: number, before: number): void {
    const { labels } = this;
    const moment = leg.kind === 'scheduled' ? leg.index : `${leg.index}@${arrives}`;
    const slot = this.counting ? `${moment}#${count}` : moment;
    let label = labels.slots.get(slot);
    if (label !== undefined && labels.cost[label]! <= cost) return;
    if (label === undefined) {
      label = labels.size++;
      labels.slots.set(slot, label);
      labels.heap.push(arrives, label);
    }
    labels.time[label] = arrives;
    labels.cost[label] = cost;
    labels.leg[label] = leg.index;
    labels.before[label] = before;
    labels.count[label] = count;
  }

  private waiting(place: Place, wait: Millis): number {
    const storage = wait > place.freeTime ? (place.storagePerDay * (wait - place.freeTime)) / DAY : 0;
    return storage + this.spoilage(wait, place.spoilageFactor);
  }

  private spoilage(duration: Millis, factor: number): number {
    return (this.demand.spoilagePerHour * duration * factor) / HOUR;
  }

  private path(label: number): number[] {
    const legs: number[] = [];
    for (let at = label; at >= 0; at = this.labels.before[at]!) legs.push(this.labels.leg[at]!);
    return legs.reverse();
  }
}

function firstNotBefore(legs: readonly ScheduledLeg[], time: Millis): number {
  let [low, high] = [0, legs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (legs[middle]!.departs < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The plain cost of what was found: without the prices. */
export function plainCost(found: Found, demand: Demand, resources: Resources, prices: Float64Array): Column {
  const column = { demand: demand.index, supply: found.supply, legs: found.legs };
  let cost = found.total;
  for (const [resource, use] of resources.usedBy(column)) cost -= use * prices[resource]!;
  return { ...column, cost };
}
