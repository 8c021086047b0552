import { type Demand, type Problem, type Step, legKey } from '@portolan/domain';
import { Resources, stepsOf } from './columns.js';
import { LegCosts } from './search/leg-costs.js';
import { TimedSearch } from './search/timed-search.js';
import type { Start } from './search/walk.js';

/** How goods can go on behind a beginning that is fixed, in a timed problem. */
export class Continuations {
  private readonly search: TimedSearch;
  private readonly costs: LegCosts;

  constructor(private readonly problem: Problem) {
    const resources = new Resources(problem);
    this.search = new TimedSearch(problem, resources);
    this.costs = new LegCosts(problem, resources, []);
  }

  /**
   * The cheapest itinerary, at plain cost, that begins with these steps; `undefined` where there is none.
   * @param demandId one that is in the problem
   */
  of(demandId: string, supplyId: string | undefined, beginning: readonly Step[]): Step[] | undefined {
    const demand = this.problem.demandById.get(demandId)!;
    const start = this.behind(demand, supplyId, beginning);
    const found = start && this.search.closelyFrom(start, demand, this.costs);
    return found && [...beginning, ...stepsOf(this.problem, found.legs)];
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
