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
import { DetailedOutlook } from './detailed-outlook.js';
import { Labels } from './labels.js';
import type { Tree } from './distances.js';
import type { LegCosts } from './leg-costs.js';
import { type Outlook, latenessAt } from './outlook.js';
import { QuickOutlook } from './quick-outlook.js';
import { type Fan, Timetable, firstNotBefore } from './timetable.js';

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
 * Cheapest itineraries of timed problems under prices of resources: a best-first search (A*). A scheduled leg has one label (its
 * arrival is fixed); an on-demand leg one for each moment it can arrive, since it leaves when the goods are ready. Waiting is priced where
 * it ends, because storage is not linear in time. What is left to go costs at least its legs at their prices, whatever the times.
 */
export class TimedSearch {
  private readonly labels = new Labels();

  /**
   * @param timetable kept by the caller where legs come and go
   * @param patience labels after which a search begins again with a better outlook
   */
  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly timetable: Timetable = new Timetable(problem),
    private readonly patience: Patience = PATIENCE,
  ) {}

  /** Where the goods of a demand can start: where they lie, each lot that can serve it, or the leg they are on. */
  startsOf(demand: Demand): Start[] {
    const { onBoard, from, available = -Infinity } = demand;
    if (onBoard) return [{ place: onBoard.to, time: onBoard.arrives, last: onBoard, count: 0, supply: -1 }];
    if (from) return [{ place: from, time: available, last: undefined, count: 0, supply: -1 }];
    return [...this.problem.supplyById.values()].flatMap(({ product, place, index, available: since }) =>
      product === demand.product
        ? [{ place, time: Math.max(available, since ?? -Infinity), last: undefined, count: 0, supply: index }]
        : [],
    );
  }

  /** The cheapest itinerary of a demand below `bound` at these prices, from whichever start; ties go to the first. */
  cheapest(demand: Demand, costs: LegCosts, bound = Infinity): Found | undefined {
    let best: Found | undefined;
    for (const start of this.startsOf(demand)) {
      const found = this.from(start, demand, costs, best?.total ?? bound);
      if (found) best = found;
    }
    return best;
  }

  /** The same by a quick look; `hard` where that does not tell. */
  quickly(demand: Demand, costs: LegCosts, bound: number): Found | undefined | 'hard' {
    let best: Found | undefined;
    for (const start of this.startsOf(demand)) {
      const terms = this.termsOf(start, demand, costs, best?.total ?? bound);
      const { search, legs } = this.quickRun(start, demand, costs, terms);
      if (search.exhausted) return 'hard';
      if (legs) best = { supply: start.supply, legs, total: search.best + terms.base };
    }
    return best;
  }

  /**
   * The cheapest itineraries below `bound`, from whichever start, cheapest first: no more than `count`, and fewer where it takes too long
   * to find all. Where `maxLegs` is what forbids the cheapest ways on, some may be missing.
   */
  several(demand: Demand, costs: LegCosts, count: number, bound: number): Found[] {
    costs.preparePriced(demand.to, demand, this.timetable);
    const found = this.startsOf(demand).flatMap((start) => {
      const terms = this.termsOf(start, demand, costs, bound);
      const limits = { ...terms, most: MANY_LABELS, uncounted: true, several: count };
      const run = this.run(demand, costs, new QuickOutlook(costs, demand, terms.end), limits);
      return run.several(start).map(({ total, legs }) => ({ supply: start.supply, legs, total: total + terms.base }));
    });
    return found.sort((a, b) => a.total - b.total).slice(0, count);
  }

  /** The cheapest way on from a start, below `bound`; the price of the supply and the revenue are counted in. */
  from(start: Start, demand: Demand, costs: LegCosts, bound = Infinity): Found | undefined {
    const terms = this.termsOf(start, demand, costs, bound);
    let { search, legs } = this.quickRun(start, demand, costs, terms);
    if (search.exhausted) {
      search = this.run(demand, costs, this.detailed(start, demand, costs, terms), { ...terms, most: Infinity });
      legs = search.search(start);
    }
    return legs && { supply: start.supply, legs, total: search.best + terms.base };
  }

  /** What may not be exceeded from a start, and what is paid before any leg. */
  termsOf({ supply: index }: Start, demand: Demand, costs: LegCosts, bound: number) {
    const supply = index < 0 ? undefined : this.problem.supplies[index]!;
    const base = (supply ? supply.unitCost + costs.priceOf(this.resources.supply(index)) : 0) - demand.revenue;
    const end = Math.min(demand.latest, supply ? supply.expires - demand.minShelfLife : Infinity);
    return { end, base, bound: bound - base };
  }

  /** Without prices in its table a search is soon given up, and begun again with a table that has them. */
  private quickRun(start: Start, demand: Demand, costs: LegCosts, limits: Omit<Limits, 'most'>) {
    const { unpriced, priced } = this.patience;
    const known = costs.pricedTo(demand.to, demand) !== undefined;
    const look = (most: number, uncounted: boolean) => {
      const search = this.run(demand, costs, new QuickOutlook(costs, demand, limits.end), {
        ...limits,
        most,
        uncounted,
      });
      return { search, legs: search.search(start) };
    };
    const first = look(known ? priced : unpriced, !known);
    if (known || !first.search.exhausted) return first;
    costs.preparePriced(demand.to, demand, this.timetable);
    return look(priced, false);
  }

  private run(demand: Demand, costs: LegCosts, outlook: Outlook, limits: Limits): Run {
    return new Run(this.problem, this.labels, this.timetable, demand, costs, outlook, limits);
  }

  private detailed(
    { place, time: begin }: Start,
    demand: Demand,
    costs: LegCosts,
    { end, bound }: Pick<Limits, 'end' | 'bound'>,
  ): Outlook {
    const { places, legs } = this.problem;
    const reached = costs.distances.atLeastFrom(place);
    const toGo = costs.distances.to(demand.to).cost;
    const legCosts = costs.of(demand);
    // A detour beyond the bound is no way at all.
    const worth = ({ index, from, to }: Leg) => reached[from.index]! + legCosts[index]! + toGo[to.index]! < bound;
    return new DetailedOutlook(this.timetable, { demand, begin, end, legs, legCosts, worth }, places.values());
  }
}

/** How many labels a search may have before a better outlook is made, which costs about as much as they do. */
export interface Patience {
  /** With a table that knows no prices. */
  readonly unpriced: number;
  /** With one that does. */
  readonly priced: number;
}

const PATIENCE: Patience = { unpriced: 400, priced: 1500 };
/** Labels after which a search for several itineraries is content with what it has. */
const MANY_LABELS = 20_000;

interface Limits {
  /** The latest delivery. */
  readonly end: Millis;
  /** Only what costs less is of interest. */
  readonly bound: number;
  /** Labels after which the search gives up. */
  readonly most: number;
  /** Gives up rather than tell labels apart by their number of legs. */
  readonly uncounted?: boolean;
  /** So many itineraries are sought, and the bound is what the dearest of them costs. */
  readonly several?: number;
}

interface Ending {
  readonly label: number;
  readonly total: number;
}

/** One search of one demand from one start. */
class Run {
  best: number;
  private ending = -1;
  /** Of several, cheapest first. */
  private readonly endings: Ending[] = [];
  /** The least that anything cut for its number of legs could have led to. */
  private leastCut = Infinity;
  private counting = false;
  /** It gave up: what it found is not known to be the best. */
  exhausted = false;

  private readonly legCosts: readonly number[];
  private readonly toGo: Tree;

  constructor(
    private readonly problem: Problem,
    private readonly labels: Labels,
    private readonly timetable: Timetable,
    private readonly demand: Demand,
    private readonly costs: LegCosts,
    private readonly outlook: Outlook,
    private readonly limits: Limits,
  ) {
    this.best = limits.bound;
    this.legCosts = costs.of(demand);
    this.toGo = costs.distances.to(demand.to);
  }

  search(start: Start): number[] | undefined {
    const first = this.pass(start);
    if (this.exhausted || this.leastCut >= this.best) return first;
    if (this.limits.uncounted) {
      this.exhausted = true;
      return undefined;
    }
    // Something promising was cut for its number of legs: a dearer way with fewer may lead on, so labels are kept by number, too.
    this.counting = true;
    this.best = this.limits.bound;
    return this.pass(start);
  }

  /** Those found that nothing still open can undercut, cheapest first. */
  several(start: Start): { legs: number[]; total: number }[] {
    this.pass(start);
    const { heap } = this.labels;
    const open = this.exhausted && heap.size > 0 ? heap.least : Infinity;
    return this.endings
      .filter(({ total }) => total <= open)
      .map(({ label, total }) => ({ legs: this.path(label), total }));
  }

  private pass(start: Start): number[] | undefined {
    const { labels, demand } = this;
    const { most } = this.limits;
    labels.reset();
    this.ending = -2;
    if (start.last || start.place === demand.to) this.deliver(start.place, start.time, 0, -1, start.last !== undefined);
    this.leave(start.place, start.time, start.last, 0, start.count, -1);
    while (labels.heap.size > 0 && labels.heap.least < this.best) {
      if (labels.size > most) {
        this.exhausted = true;
        return undefined;
      }
      const label = labels.heap.pop();
      if (labels.settled[label]) continue;
      labels.settled[label] = true;
      const leg = this.problem.legs[labels.leg[label]!]!;
      const [time, cost] = [labels.time[label]!, labels.cost[label]!];
      this.deliver(leg.to, time, cost, label, true);
      this.leave(leg.to, time, leg, cost, labels.count[label]!, label);
    }
    if (!this.counting) this.lookAtLeft();
    return this.ending === -2 ? undefined : this.path(this.ending);
  }

  /** What was left since it has too many legs to get on cheaply may stand in the way of a dearer label with fewer. */
  private lookAtLeft(): void {
    const { labels } = this;
    for (let label = 0; label < labels.size; label++)
      if (!labels.settled[label]) this.leastCut = Math.min(this.leastCut, labels.least[label]!);
  }

  /** Rules 4, 5, 7, 8, 9 and 10 at the destination. */
  private deliver(place: Place, time: Millis, cost: number, label: number, travelled: boolean): void {
    const { demand } = this;
    if (place !== demand.to) return;
    if (travelled && isClosed(place, time)) return;
    const unloading = travelled ? place.unloadTime : 0;
    const delivered = time + unloading;
    if (delivered > this.limits.end) return;
    const spoiled = demand.spoilagePerHour * (unloading / HOUR) * place.spoilageFactor;
    const total = cost + (travelled ? place.unload : 0) + this.lateness(delivered) + spoiled;
    if (total >= this.best) return;
    if (this.limits.several !== undefined) return this.note({ label, total }, this.limits.several);
    this.best = total;
    this.ending = label;
  }

  private note(ending: Ending, most: number): void {
    this.endings.push(ending);
    this.endings.sort((a, b) => a.total - b.total);
    if (this.endings.length > most) this.endings.pop();
    if (this.endings.length === most) this.best = this.endings[most - 1]!.total;
  }

  /** Every way on from a place: staying on board, transfers (or loading) to scheduled legs, and legs on demand. */
  private leave(place: Place, time: Millis, last: Leg | undefined, cost: number, count: number, label: number): void {
    const onwards = this.toGo.cost[place.index] ?? Infinity;
    if (cost + onwards >= this.best) return;
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
      if (after && cost + handling + this.legCosts[number]! + after[number]! >= this.best) continue;
      const leg = scheduled[index]!;
      // The next leg of the same run is a stay on board, never a transfer, even where that would be cheaper.
      const boarded = cost + handling + this.waiting(place, leg.departs - time);
      // Whoever leaves later has waited longer and is later: nothing better can follow.
      if (boarded + this.outlook.departing(place, leg.departs) >= this.best) break;
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
      if (paid + legCosts[numbers[at]!]! + after < this.best) this.ride(rides[at]!, departs, paid, count, label);
    }
  }

  private ride(leg: Leg, departs: Millis, before: number, count: number, label: number): void {
    const arrives = leg.kind === 'scheduled' ? leg.arrives : departs + leg.duration;
    const cost = before + this.legCosts[leg.index]! + this.spoilage(arrives - departs, leg.spoilageFactor);
    if (!(cost + this.costs.after(leg, this.demand.to, this.toGo) < this.best)) return;
    const least = cost + this.outlook.after(leg, arrives);
    if (!(least < this.best)) return;
    const left = this.problem.maxLegs - count - 1;
    const fewLegs = left < 0 ? Infinity : cost + this.costs.afterWithin(leg, this.demand.to, this.toGo, left);
    if (fewLegs < this.best) this.keep(leg, arrives, cost, least, Math.max(least, fewLegs), count + 1, label);
    else this.leastCut = Math.min(this.leastCut, least);
  }

  /**
   * @param least what completing the label costs at least, whatever the number of legs
   * @param key the same, with as many legs as are left
   */
  private keep(
    leg: Leg,
    arrives: Millis,
    cost: number,
    least: number,
    key: number,
    count: number,
    before: number,
  ): void {
    const { labels } = this;
    const label = this.labelOf(leg, arrives, count, cost);
    if (label < 0 || labels.cost[label]! <= cost) return;
    labels.cost[label] = cost;
    labels.before[label] = before;
    labels.count[label] = count;
    labels.least[label] = least;
    labels.heap.push(key, label);
  }

  private labelOf(leg: Leg, arrives: Millis, count: number, cost: number): number {
    const { several } = this.limits;
    if (several !== undefined) return this.labels.another(leg, arrives, cost, several);
    return this.counting ? this.labels.ofCount(leg, arrives, count, cost) : this.labels.of(leg, arrives);
  }

  private lateness(time: Millis): number {
    return latenessAt(this.demand, time);
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

/** The plain cost of what was found: without the prices. */
export function plainCost(found: Found, demand: Demand, resources: Resources, prices: ArrayLike<number>): Column {
  const column = { demand: demand.index, supply: found.supply, legs: found.legs };
  let cost = found.total;
  for (const { resource, units } of resources.usesOf(column)) cost -= units * (prices[resource] ?? 0);
  return { ...column, cost };
}
