import {
  type PlanDocument,
  type PlannedFlow,
  type Problem,
  itineraryId,
  legKey,
  priceItinerary,
} from '@portolan/domain';
import { voyageCost } from './itineraries.js';

/** What a plan costs by its flows, its unserved goods and what it keeps of what is in force; impossible flows throw. */
export function recomputedTotal(problem: Problem, { flows, unserved }: PlanDocument): number {
  const penalties = unserved.map(({ demand, quantity }) => problem.demandById.get(demand)!.unservedPenalty * quantity);
  return sum([...flows.map((flow) => unitCost(problem, flow) * flow.quantity), ...penalties, changes(problem, flows)]);
}

/** Money per unit, by the rules and not by the plan. */
function unitCost(problem: Problem, { demand, supply, legs }: PlannedFlow): number {
  const steps = legs.map(({ service, leg }) => ({ service, ...(leg !== undefined && { leg }) }));
  if (problem.kind === 'static') return staticUnitCost(problem, demand, steps);
  const priced = priceItinerary(problem, demand, supply, steps);
  if (!priced.possible) throw new Error(`${demand} cannot travel so: ${priced.reason}`);
  return priced.unitCost;
}

function staticUnitCost(problem: Problem, id: string, steps: readonly { service: string; leg?: string }[]): number {
  const demand = problem.demandById.get(id)!;
  const voyages = steps.map(({ service, leg }) =>
    problem.voyages.find((voyage) => voyage.service === service && String(voyage.call) === leg)!,
  );
  const places = [demand.from, ...voyages.map(({ to }) => to)];
  if (voyages.some(({ from }, index) => from !== places[index]) || places.at(-1) !== demand.to)
    throw new Error(`${id} cannot travel so: ${JSON.stringify(steps)}`);
  return voyageCost(problem, demand, voyages);
}

function changes({ document, changePenalty }: Problem, flows: readonly PlannedFlow[]): number {
  const travels = new Map(flows.map((flow) => [itineraryId(flow.demand, flow.supply, flow.legs), flow.quantity]));
  const changed = (document.current ?? []).map(
    ({ demand, supply, itinerary, quantity }) =>
      quantity - Math.min(quantity, travels.get(itineraryId(demand, supply, itinerary)) ?? 0),
  );
  return changePenalty * sum(changed);
}

/** How far a plan's quantities are beyond demands, supplies, capacities and plugs: the worst, in the problem's unit. */
export function worstExcess(problem: Problem, { flows, unserved }: PlanDocument): number {
  const of = (
    list: readonly { quantity: number; demand: string; supply?: string }[],
    key: 'demand' | 'supply',
    id: string,
  ) => sum(list.filter((entry) => entry[key] === id).map(({ quantity }) => quantity));
  return Math.max(
    0,
    ...flows.map(({ quantity }) => -quantity),
    ...problem.demands.map(({ id, quantity }) => Math.abs(of([...flows, ...unserved], 'demand', id) - quantity)),
    ...problem.supplies.map(({ id, quantity }) => of(flows, 'supply', id) - quantity),
    ...legExcess(problem, flows),
  );
}

function legExcess(problem: Problem, flows: readonly PlannedFlow[]): number[] {
  const used = new Map<string, { units: number; reefers: number }>();
  for (const { demand, legs, quantity } of flows)
    for (const { service, leg } of legs) {
      const { units, reefers } = used.get(legKey(service, leg)) ?? { units: 0, reefers: 0 };
      const plugged = problem.demandById.get(demand)!.reefer ? quantity : 0;
      used.set(legKey(service, leg), { units: units + quantity, reefers: reefers + plugged });
    }
  return [...used].flatMap(([key, { units, reefers }]) => {
    const leg = problem.legByKey.get(key);
    if (leg) return [units - leg.capacity, reefers - leg.plugs];
    return [units - problem.voyages.find(({ service, call }) => legKey(service, String(call)) === key)!.capacity];
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
