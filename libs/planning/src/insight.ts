import {
  type Alternative,
  type Demand,
  type ItineraryLeg,
  type PlanDocument,
  type Problem,
  type Step,
  formatInstant,
  itineraryKey,
  legKey,
  priceItinerary,
  round,
  stepOf,
  travelledLeg,
} from '@portolan/domain';
import { type Column, Resources, stepsOf } from './columns.js';
import { LegCosts } from './search/leg-costs.js';
import { type Barred, type Found, type Start, TimedSearch } from './search/timed-search.js';
import { fullOn } from './unserved.js';

/** Answers about a plan of a timed problem, from its final prices, without another solve. */
export class PlanInsight {
  private readonly resources: Resources;
  private readonly search: TimedSearch;
  private readonly prices: Float64Array;
  private readonly costs: LegCosts;
  private readonly free: LegCosts;
  private readonly flows = new Map<string, PlanDocument['flows'][number][]>();
  private readonly modes: ReadonlyMap<string, string>;

  constructor(
    private readonly problem: Problem,
    plan: PlanDocument,
  ) {
    this.resources = new Resources(problem);
    this.search = new TimedSearch(problem, this.resources);
    this.prices = pricesOf(problem, this.resources, plan);
    this.costs = new LegCosts(problem, this.resources, this.prices);
    this.free = new LegCosts(problem, this.resources, []);
    this.modes = new Map(problem.document.services.map(({ id, mode = 'other' }) => [id, mode]));
    for (const flow of plan.flows) this.flows.set(flow.demand, [...(this.flows.get(flow.demand) ?? []), flow]);
  }

  /**
   * Up to `count` next best itineraries of a demand at the plan's prices, cheapest first: each avoids a leg (or lot) of one that is
   * better. `costsMore` is per unit, against the demand's cheapest itinerary at these prices.
   */
  alternatives(demandId: string, count: number): Alternative[] {
    const demand = this.problem.demandById.get(demandId)!;
    const best = this.search.cheapest(demand, this.costs);
    if (!best) return [];
    const planned = new Set(
      (this.flows.get(demandId) ?? []).map((flow) => itineraryKey({ ...flow, itinerary: flow.legs.map(stepOf) })),
    );
    const found = new Map([[this.keyOf(best), best]]);
    const near = [...this.avoiding(demand, best)];
    for (const each of near) found.set(this.keyOf(each), each);
    // One leg barred may give fewer than asked for: then bar one of those, too.
    for (const base of near)
      if (found.size <= count) for (const each of this.avoiding(demand, base)) found.set(this.keyOf(each), each);
    return [...found]
      .filter(([key]) => !planned.has(key))
      .sort(([a, x], [b, y]) => x.total - y.total || (a < b ? -1 : 1))
      .slice(0, count)
      .map(([, each]) => this.alternative(demand, each, best.total));
  }

  /** The cheapest itinerary, at plain cost, that begins with these steps; `undefined` where there is none. */
  continuation(demandId: string, supplyId: string | undefined, beginning: readonly Step[]): Step[] | undefined {
    const demand = this.problem.demandById.get(demandId)!;
    const start = this.behind(demand, supplyId, beginning);
    const found = start && this.search.from(start, demand, this.free);
    return found && [...beginning, ...stepsOf(this.problem, found.legs)];
  }

  private *avoiding(demand: Demand, { legs, supply }: Found): Iterable<Found> {
    const barred: Barred[] = [...new Set(legs)].map((leg) => ({ leg }));
    if (supply >= 0) barred.push({ supply });
    for (const each of barred) {
      const found = this.search.cheapest(demand, this.costs, demand.unservedPenalty, each);
      if (found) yield found;
    }
  }

  private keyOf({ supply, legs }: Found): string {
    const id = this.problem.supplies[supply]?.id;
    return itineraryKey({ ...(id !== undefined && { supply: id }), itinerary: stepsOf(this.problem, legs) });
  }

  private alternative(demand: Demand, found: Found, bestTotal: number): Alternative {
    const supply = this.problem.supplies[found.supply]?.id;
    const priced = priceItinerary(this.problem, demand.id, supply, stepsOf(this.problem, found.legs));
    if (!priced.possible) throw new Error(`an alternative of ${demand.id} is impossible: ${priced.reason}`);
    const legs: ItineraryLeg[] = priced.legs.map((leg) => ({
      ...travelledLeg(leg),
      mode: this.modes.get(leg.service) ?? 'other',
    }));
    const column = { demand: demand.index, supply: found.supply, legs: found.legs, cost: 0 };
    return {
      legs,
      ...(supply !== undefined && { supply }),
      costsMore: round(Math.max(0, found.total - bestTotal)),
      delivered: formatInstant(priced.delivered),
      co2eKg: round(priced.co2eKg),
      because: this.because(demand, column, priced.parts),
    };
  }

  /** What makes an alternative dearer: what is full on it, being late, or its largest cost. */
  private because(
    demand: Demand,
    column: Column,
    parts: { lateness: number; transport: number; handling: number; storage: number; spoilage: number },
  ): string {
    const full = fullOn(this.problem, this.resources, this.prices, { ...column, demand: demand.index });
    if (full.length > 0) return `${full.join(', ')} is full`;
    if (parts.lateness > 0) return 'it delivers late';
    const { transport, handling, storage, spoilage } = parts;
    const [largest] = Object.entries({ transport, handling, storage, spoilage }).sort(([, a], [, b]) => b - a);
    return `it costs more, mostly ${largest![0]}`;
  }

  /** Where goods stand when these steps are behind them. */
  private behind(demand: Demand, supplyId: string | undefined, beginning: readonly Step[]): Start | undefined {
    const lot = supplyId === undefined ? -1 : (this.problem.supplyById.get(supplyId)?.index ?? -1);
    const origin = this.search.startsOf(demand).find(({ supply }) => supply === lot);
    if (!origin) return undefined;
    let { place, time, last } = origin;
    for (const { service, leg: id } of beginning) {
      const leg = this.problem.legByKey.get(legKey(service, id));
      if (!leg) return undefined;
      time =
        leg.kind === 'scheduled' ? leg.arrives : time + (last ? place.transferTime : place.loadTime) + leg.duration;
      [place, last] = [leg.to, leg];
    }
    return { place, time, last, count: origin.count + beginning.length, supply: lot };
  }
}

function pricesOf(problem: Problem, resources: Resources, { prices: { legs, supplies } }: PlanDocument): Float64Array {
  const prices = new Float64Array(resources.count);
  for (const { service, leg, resource, shadowPrice } of legs) {
    const { index } = problem.legByKey.get(legKey(service, leg))!;
    prices[resource === 'capacity' ? resources.capacity(index) : resources.plugs(index)] = -shadowPrice;
  }
  supplies.forEach(({ supply, shadowPrice }) => {
    const { index } = problem.supplyById.get(supply)!;
    prices[resources.supply(index)] = -shadowPrice;
  });
  return prices;
}
