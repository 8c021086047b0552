import type { Demand, Leg, Millis, Problem } from '@portolan/domain';
import type { Column, Resources } from '../columns.js';
import { DetailedOutlook } from './detailed-outlook.js';
import { Labels } from './labels.js';
import { Enumeration, Room, type Via, type Way } from './enumeration.js';
import type { LegCosts } from './leg-costs.js';
import type { Outlook } from './outlook.js';
import { QuickOutlook } from './quick-outlook.js';
import { Timetable } from './timetable.js';
import { type Start, Walk, pathTo } from './walk.js';

export interface Found {
  readonly supply: number;
  readonly legs: readonly number[];
  /** Money per unit at the prices given, revenue subtracted. */
  readonly total: number;
}

/** What is sought: see `Asked`. */
export interface Sought {
  readonly most: number;
  readonly labels?: number;
  /** With an outlook of its own, which takes as long as a thousand labels. */
  readonly closely?: boolean;
  /** Only itineraries over one of these legs; of those on demand until some moment at most, by leg. */
  readonly via?: readonly Leg[];
  readonly until?: ReadonlyMap<number, Millis> | undefined;
  readonly tighten?: (found: Found) => number;
}

export interface Enumerated {
  readonly ways: readonly Found[];
  /** No itinerary that is not among the ways costs less. */
  readonly reach: number;
}

/**
 * Cheapest itineraries of timed problems under prices of resources: a best-first search (A*). A scheduled leg has one label (its
 * arrival is fixed); an on-demand leg one for each moment it can arrive, since it leaves when the goods are ready. Waiting is priced where
 * it ends, because storage is not linear in time. What is left to go costs at least its legs at their prices, whatever the times.
 */
export class TimedSearch {
  private readonly labels = new Labels();
  private readonly room = new Room(MOST_LABELS);

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

  /** The same, those first from where the goods have the least to pay. */
  startsNearest(demand: Demand, costs: LegCosts): Start[] {
    const starts = this.startsOf(demand);
    if (starts.length < 2) return starts;
    const toGo = costs.distances.to(demand.to).cost;
    const leastOf = (start: Start) => toGo[start.place.index]! + this.termsOf(start, demand, costs, Infinity).base;
    return starts.sort((a, b) => leastOf(a) - leastOf(b));
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

  /**
   * The cheapest itineraries below `bound`, from whichever start, cheapest first: no more than `count`, and fewer where it takes too long
   * to find all. Left out are those that come back to where they were, see `Enumeration`.
   */
  several(demand: Demand, costs: LegCosts, count: number, bound: number): Found[] {
    costs.preparePriced(demand.to, demand, this.timetable);
    const found = this.startsOf(demand).flatMap((start) => {
      const { ways, reach } = this.enumerate(start, demand, costs, bound, { most: count });
      return ways.filter(({ total }) => total <= reach);
    });
    return found.sort((a, b) => a.total - b.total).slice(0, count);
  }

  /** All itineraries from a start below `bound`, cheapest first, and maybe some more. */
  enumerate(start: Start, demand: Demand, costs: LegCosts, bound: number, asked: Sought): Enumerated {
    const terms = this.termsOf(start, demand, costs, bound);
    const quick = new QuickOutlook(costs, demand, terms.end);
    if (this.isHopeless(start, demand, quick, terms.bound)) return { ways: [], reach: bound };
    const outlook = asked.closely ? this.detailed(start, demand, costs, terms) : quick;
    const { problem, timetable, room } = this;
    const run = new Enumeration(problem, timetable, demand, costs, outlook, terms.end, terms.bound, room);
    const foundOf = ({ total, legs }: Way) => ({ supply: start.supply, legs, total: total + terms.base });
    const { most, labels = MANY_LABELS, tighten, via } = asked;
    const reach = run.from(start, {
      most,
      labels,
      via: via && this.viaOf(asked, demand, costs, outlook),
      tighten: tighten && ((way) => tighten(foundOf(way)) - terms.base),
    });
    return { ways: run.ways.map(foundOf), reach: reach + terms.base };
  }

  /** Does every way from the start cost more? */
  private isHopeless({ place, time, last }: Start, { to }: Demand, outlook: Outlook, bound: number): boolean {
    return !last && place !== to && place.load + outlook.departing(place, time + place.loadTime) >= bound;
  }

  private viaOf({ via: legs = [], until }: Sought, demand: Demand, costs: LegCosts, outlook: Outlook): Via {
    const legCosts = costs.of(demand);
    const ahead = legs.map((leg) => {
      const { from } = leg;
      const isScheduled = leg.kind === 'scheduled';
      const toGo = isScheduled ? outlook.after(leg, leg.arrives) : costs.atLeastAfter(leg, demand.to);
      return {
        from,
        departs: isScheduled ? leg.departs : (until?.get(leg.index) ?? Infinity),
        bounds: costs.boundsTo(from),
        distance: costs.distances.atLeastTo(from),
        paid: legCosts[leg.index]! + toGo,
      };
    });
    return {
      legs: new Set(legs.map(({ index }) => index)),
      least(leg, since) {
        let least = Infinity;
        for (const { from, departs, bounds, distance, paid } of ahead) {
          if (since > departs) continue;
          if (leg.to === from) {
            least = Math.min(least, paid);
            continue;
          }
          const plain = distance[leg.to.index]! + paid;
          if (plain >= least || bounds.arrivalAfter(leg, since) > departs) continue;
          least = Math.min(least, Math.max(plain, bounds.costAfter(leg, since) - from.unload + paid));
        }
        return least;
      },
    };
  }

  /** The cheapest way on from a start, below `bound`; the price of the supply and the revenue are counted in. */
  from(start: Start, demand: Demand, costs: LegCosts, bound = Infinity): Found | undefined {
    const terms = this.termsOf(start, demand, costs, bound);
    const { search, legs } = this.quickRun(start, demand, costs, terms);
    if (search.exhausted) return this.closelyFrom(start, demand, costs, bound);
    return legs && { supply: start.supply, legs, total: search.limit + terms.base };
  }

  /** The same with an outlook of its own from the beginning: for the few searches for which tables by destination do not pay. */
  closelyFrom(start: Start, demand: Demand, costs: LegCosts, bound = Infinity): Found | undefined {
    const terms = this.termsOf(start, demand, costs, bound);
    const outlook = this.detailed(start, demand, costs, terms);
    const search = this.run(demand, costs, outlook, { ...terms, most: Infinity });
    const legs = search.search(start);
    return legs && { supply: start.supply, legs, total: search.limit + terms.base };
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
/** The most that may be asked for. */
const MOST_LABELS = 100_000;

interface Limits {
  /** The latest delivery. */
  readonly end: Millis;
  /** Only what costs less is of interest. */
  readonly bound: number;
  /** Labels after which the search gives up. */
  readonly most: number;
  /** Gives up rather than tell labels apart by their number of legs. */
  readonly uncounted?: boolean;
}

/** One search of one demand from one start. */
class Run extends Walk {
  private ending = -1;
  /** The least that anything cut for its number of legs could have led to. */
  private leastCut = Infinity;
  private counting = false;
  /** It gave up: what it found is not known to be the best. */
  exhausted = false;

  constructor(
    problem: Problem,
    private readonly labels: Labels,
    timetable: Timetable,
    demand: Demand,
    costs: LegCosts,
    outlook: Outlook,
    private readonly limits: Limits,
  ) {
    super(problem, timetable, demand, costs, outlook, limits.end, limits.bound);
  }

  search(start: Start): number[] | undefined {
    const first = this.pass(start);
    if (this.exhausted || this.leastCut >= this.limit) return first;
    if (this.limits.uncounted) {
      this.exhausted = true;
      return undefined;
    }
    // Something promising was cut for its number of legs: a dearer way with fewer may lead on, so labels are kept by number, too.
    this.counting = true;
    this.limit = this.limits.bound;
    return this.pass(start);
  }

  private pass(start: Start): number[] | undefined {
    const { labels } = this;
    const { most } = this.limits;
    labels.reset();
    this.ending = -2;
    this.begin(start);
    while (labels.heap.size > 0 && labels.heap.least < this.limit) {
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
    return this.ending === -2 ? undefined : pathTo(this.ending, labels.leg, labels.before);
  }

  /** What was left since it has too many legs to get on cheaply may stand in the way of a dearer label with fewer. */
  private lookAtLeft(): void {
    const { labels } = this;
    for (let label = 0; label < labels.size; label++) if (!labels.settled[label]) this.cut(labels.least[label]!);
  }

  protected override cut(least: number): void {
    this.leastCut = Math.min(this.leastCut, least);
  }

  protected delivered(total: number, label: number): void {
    this.limit = total;
    this.ending = label;
  }

  protected keep(
    leg: Leg,
    arrives: Millis,
    cost: number,
    least: number,
    key: number,
    count: number,
    before: number,
  ): void {
    const { labels } = this;
    const label = this.counting ? labels.ofCount(leg, arrives, count, cost) : labels.of(leg, arrives);
    if (label < 0 || labels.cost[label]! <= cost) return;
    labels.cost[label] = cost;
    labels.before[label] = before;
    labels.count[label] = count;
    labels.least[label] = least;
    labels.heap.push(key, label);
  }
}

/** The plain cost of what was found: without the prices. */
export function plainCost(found: Found, demand: Demand, resources: Resources, prices: ArrayLike<number>): Column {
  const { supply, legs, total } = found;
  return { demand: demand.index, supply, legs, cost: total - resources.pricesOn(found, demand, prices) };
}
