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
import { latenessAt } from './outlook.js';

/** Where goods are: at a place since a time, and the leg they came by. */
export interface Stop {
  readonly place: Place;
  readonly time: Millis;
  readonly last: Leg | undefined;
}

/** What the goods of one demand may do on their way, and what they pay for it. */
export class Travel {
  /**
   * @param legCosts by leg: what one unit pays for it
   * @param end the latest delivery
   */
  constructor(
    protected readonly problem: Problem,
    protected readonly demand: Demand,
    protected readonly legCosts: readonly number[],
    private readonly end: Millis,
  ) {}

  /** What taking these legs from a stop costs; Infinity where that is not possible. */
  along(legs: ArrayLike<number>, stop: Stop, delivers = true): number {
    let { time, last } = stop;
    let sum = 0;
    for (let at = 0; at < legs.length; at++) {
      const leg = this.problem.legs[legs[at]!]!;
      const staysOnBoard = last?.kind === 'scheduled' && last.next === leg.index && leg.kind === 'scheduled';
      if (staysOnBoard) sum += this.spoilage(leg.departs - time, last!.spoilageFactor);
      else sum += this.boarding(leg, time, last);
      const departs = leg.kind === 'scheduled' ? leg.departs : time + handlingTime(leg.from, last);
      const arrives = leg.kind === 'scheduled' ? leg.arrives : departs + leg.duration;
      sum += this.legCosts[leg.index]! + this.spoilage(arrives - departs, leg.spoilageFactor);
      time = arrives;
      last = leg;
    }
    return delivers ? this.total(time, sum, last !== undefined) : sum;
  }

  /** The same for goods that are ready at another time, where they begin with a scheduled leg: only their first waiting differs. */
  readyAt(
    time: Millis,
    { cost, before }: { readonly cost: number; readonly before: Millis },
    leg: ScheduledLeg,
  ): number {
    const { from, departs } = leg;
    if (departs < time + from.loadTime) return Infinity;
    return cost - this.waiting(from, departs - before) + this.waiting(from, departs - time);
  }

  /** Loading or a transfer, and the waiting before it. */
  private boarding(leg: Leg, time: Millis, last: Leg | undefined): number {
    const place = leg.from;
    const earliest = time + handlingTime(place, last);
    const departs = leg.kind === 'scheduled' ? leg.departs : earliest;
    if (departs < earliest || isClosed(place, departs) || (last && isClosed(place, time))) return Infinity;
    return (last ? place.transfer : place.load) + this.waiting(place, departs - time);
  }

  /** With delivery at the destination by rules 4, 5, 7, 8, 9 and 10; Infinity where that is not possible. */
  protected total(time: Millis, cost: number, travelled: boolean): number {
    const { demand } = this;
    const { to } = demand;
    if (travelled && isClosed(to, time)) return Infinity;
    const unloading = travelled ? to.unloadTime : 0;
    const at = time + unloading;
    if (at > this.end) return Infinity;
    const spoiled = demand.spoilagePerHour * (unloading / HOUR) * to.spoilageFactor;
    return cost + (travelled ? to.unload : 0) + latenessAt(demand, at) + spoiled;
  }

  protected waiting(place: Place, wait: Millis): number {
    const storage = wait > place.freeTime ? (place.storagePerDay * (wait - place.freeTime)) / DAY : 0;
    return storage + this.spoilage(wait, place.spoilageFactor);
  }

  protected spoilage(duration: Millis, factor: number): number {
    return (this.demand.spoilagePerHour * duration * factor) / HOUR;
  }
}

const handlingTime = (place: Place, last: Leg | undefined): Millis => (last ? place.transferTime : place.loadTime);
