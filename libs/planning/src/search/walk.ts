import {
  type Demand,
  type Leg,
  type Millis,
  type Place,
  type Problem,
  type ScheduledLeg,
  isClosed,
} from '@portolan/domain';
import type { Tree } from './distances.js';
import type { LegCosts } from './leg-costs.js';
import type { Outlook } from './outlook.js';
import { type Fan, type Timetable, firstNotBefore } from './timetable.js';
import { type Stop, Travel } from './travel.js';

/** Where a search begins. Having come by a leg, leg 1 stays on board or is a transfer. */
export interface Start extends Stop {
  /** Legs used so far. */
  readonly count: number;
  readonly supply: number;
}

/** The legs that lead to a label, by the labels before. */
export function pathTo(label: number, leg: ArrayLike<number>, before: ArrayLike<number>): number[] {
  const legs: number[] = [];
  for (let at = label; at >= 0; at = before[at]!) legs.push(leg[at]!);
  return legs.reverse();
}

/** All that the goods of one demand may do from one start: what searches have in common. */
export abstract class Walk extends Travel {
  protected readonly toGo: Tree;

  /**
   * @param end the latest delivery
   * @param limit only what costs less is of interest
   */
  constructor(
    problem: Problem,
    private readonly timetable: Timetable,
    demand: Demand,
    protected readonly costs: LegCosts,
    private readonly outlook: Outlook,
    end: Millis,
    public limit: number,
  ) {
    super(problem, demand, costs.of(demand), end);
    this.toGo = costs.distances.to(demand.to);
  }

  /**
   * A leg has been taken, and the goods have come to its end for less than the limit.
   * @param cost so far
   * @param least what completing it costs at least, whatever the number of legs
   * @param key the same, with as many legs as are left
   * @param before the label it was taken from, -1 for the start
   */
  protected abstract keep(
    leg: Leg,
    arrives: Millis,
    cost: number,
    least: number,
    key: number,
    count: number,
    before: number,
  ): void;

  /** The goods have been delivered for less than the limit. */
  protected abstract delivered(total: number, label: number): void;

  /** A leg was not taken, since with the legs that are left nothing below the limit follows. */
  protected cut(_least: number): void {}

  protected begin(start: Start): void {
    const { place, time, last, count } = start;
    if (last || place === this.demand.to) this.deliver(place, time, 0, -1, last !== undefined);
    this.leave(place, time, last, 0, count, -1);
  }

  protected deliver(place: Place, time: Millis, cost: number, label: number, travelled: boolean): void {
    if (place !== this.demand.to) return;
    const total = this.total(time, cost, travelled);
    if (total < this.limit) this.delivered(total, label);
  }

  /** Every way on from a place: staying on board, transfers (or loading) to scheduled legs, and legs on demand. */
  protected leave(place: Place, time: Millis, last: Leg | undefined, cost: number, count: number, label: number): void {
    const onwards = this.toGo.cost[place.index] ?? Infinity;
    if (cost + onwards >= this.limit) return;
    const staying = last?.kind === 'scheduled' ? last.next : -1;
    if (last?.kind === 'scheduled' && staying >= 0) {
      const next = this.problem.legs[staying] as ScheduledLeg;
      const onBoard = this.spoilage(next.departs - time, last.spoilageFactor);
      this.ride(next, next.departs, cost + onBoard, count, label);
    }
    if (last && isClosed(place, time)) return;
    const handling = last ? place.transfer : place.load;
    const earliest = time + (last ? place.transferTime : place.loadTime);
    const scheduled = this.timetable.scheduled(place);
    const { scheduled: fan, onDemand } = this.timetable.fansFrom(place);
    const after = this.outlook.afterScheduled;
    for (let index = firstNotBefore(scheduled, earliest); index < scheduled.length; index++) {
      const number = fan.numbers[index]!;
      if (after && cost + handling + this.legCosts[number]! + after[number]! >= this.limit) continue;
      const leg = scheduled[index]!;
      // The next leg of the same run is a stay on board, never a transfer, even where that would be cheaper.
      const boarded = cost + handling + this.waiting(place, leg.departs - time);
      // Whoever leaves later has waited longer and is later: nothing better can follow.
      if (boarded + this.outlook.departing(place, leg.departs) >= this.limit) break;
      if (leg.index === staying || isClosed(place, leg.departs)) continue;
      this.ride(leg, leg.departs, boarded, count, label);
    }
    if (isClosed(place, earliest)) return;
    const waited = cost + handling + this.waiting(place, earliest - time);
    this.rideOnDemand(this.timetable.onDemand(place), onDemand, earliest, waited, count, label);
  }

  /** Most rides lead elsewhere: they are left out before anything is looked at but their cost and the distance. */
  private rideOnDemand(
    rides: readonly Leg[],
    { numbers, to, transfer }: Fan,
    departs: Millis,
    paid: number,
    count: number,
    label: number,
  ): void {
    const { legCosts, toGo } = this;
    const destination = this.demand.to.index;
    for (let at = 0; at < numbers.length; at++) {
      const there = to[at]!;
      const after = there === destination ? 0 : toGo.cost[there]! + transfer[at]!;
      if (paid + legCosts[numbers[at]!]! + after < this.limit) this.ride(rides[at]!, departs, paid, count, label);
    }
  }

  private ride(leg: Leg, departs: Millis, before: number, count: number, label: number): void {
    const arrives = leg.kind === 'scheduled' ? leg.arrives : departs + leg.duration;
    const cost = before + this.legCosts[leg.index]! + this.spoilage(arrives - departs, leg.spoilageFactor);
    if (!(cost + this.costs.after(leg, this.demand.to, this.toGo) < this.limit)) return;
    const least = cost + this.outlook.after(leg, arrives);
    if (!(least < this.limit)) return;
    const left = this.problem.maxLegs - count - 1;
    const fewLegs = left < 0 ? Infinity : cost + this.costs.afterWithin(leg, this.demand.to, this.toGo, left);
    if (fewLegs < this.limit) this.keep(leg, arrives, cost, least, Math.max(least, fewLegs), count + 1, label);
    else this.cut(least);
  }
}
