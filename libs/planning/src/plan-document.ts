import { createHash } from 'node:crypto';
import {
  type Demand,
  type Objective,
  type PlanDocument,
  type PlannedFlow,
  type Problem,
  type Step,
  formatInstant,
  priceItinerary,
  round,
  stepOfLeg,
  travelledLeg,
} from '@portolan/domain';
import { type Column, type Flow, type Resources, stepsOf, termsOf } from './columns.js';
import { followingCalls, staticHandling } from './search/static-search.js';

export interface PlanFacts {
  readonly problem: Problem;
  readonly resources: Resources;
  readonly flows: readonly Flow[];
  readonly prices: { readonly demands: Float64Array; readonly resources: Float64Array };
  readonly certificate: {
    readonly dualBound: number;
    readonly primalInfeasibility: number;
    readonly dualInfeasibility: number;
  };
  readonly reason: (demand: Demand) => string;
  /** Columns rated for an earlier plan: most are still what they were. Those that are not rated yet are added. */
  readonly ratings: WeakMap<Column, RatedColumn>;
  readonly statistics: PlanDocument['statistics'];
}

/** What rounds to nothing is nothing. */
const TRACE = 5e-7;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The plan as a document: canonical order, numbers rounded to 1e-6, the parts of the objective from the rules themselves. */
export function planDocumentOf(facts: PlanFacts): PlanDocument {
  const { problem, certificate } = facts;
  const flows = facts.flows.filter(({ quantity }) => quantity > TRACE);
  const priced = pricedFlows(facts, flows);
  const unserved = unservedOf(facts, flows);
  const objective = objectiveOf(problem, priced, unserved, changesOf(problem, priced));
  const gap = (objective.total - certificate.dualBound) / Math.max(1, Math.abs(objective.total));
  return {
    format: 'portolan.plan/1',
    problem: problem.document.name || createHash('sha256').update(JSON.stringify(problem.document)).digest('hex'),
    status: gap < 1e-6 ? 'optimal' : 'feasible',
    objective,
    certificate: {
      dualBound: round(certificate.dualBound),
      gap: round(Math.max(0, gap)),
      primalInfeasibility: round(certificate.primalInfeasibility),
      dualInfeasibility: round(certificate.dualInfeasibility),
    },
    flows: priced.map(({ flow }) => flow),
    unserved,
    prices: pricesOf(facts, flows),
    statistics: facts.statistics,
  };
}

/** One unit on a column. */
export interface RatedColumn {
  /** Sorts flows, and tells them apart. */
  readonly key: string;
  readonly flow: Pick<PlannedFlow, 'unitCost' | 'co2eKg' | 'delivered' | 'legs'>;
  readonly parts: Partial<Record<keyof Objective, number>>;
}

interface PricedFlow {
  readonly rated: RatedColumn;
  /** Not rounded. */
  readonly quantity: number;
  readonly flow: PlannedFlow;
}

function pricedFlows({ problem, ratings }: PlanFacts, flows: readonly Flow[]): PricedFlow[] {
  const following = problem.kind === 'static' ? followingCalls(problem) : new Int32Array();
  const priced = flows.map(({ column, quantity }) => {
    const rated = ratings.get(column) ?? ratedColumn(problem, following, column);
    ratings.set(column, rated);
    const demand = problem.demands[column.demand]!.id;
    const supply = problem.supplies[column.supply]?.id;
    const flow = { demand, ...(supply !== undefined && { supply }), quantity: round(quantity), ...rated.flow };
    return { rated, quantity, flow };
  });
  return priced.sort((a, b) => byText(a.rated.key, b.rated.key));
}

function ratedColumn(problem: Problem, following: Int32Array, column: Column): RatedColumn {
  const demand = problem.demands[column.demand]!.id;
  const supply = problem.supplies[column.supply]?.id;
  const { flow, parts } =
    problem.kind === 'static' ? staticFlow(problem, following, column) : timedFlow(problem, column);
  return { key: flowKey(demand, supply, flow.legs), flow, parts };
}

function flowKey(demand: string, supply: string | undefined, legs: PlannedFlow['legs'] | readonly Step[]): string {
  let key = `${demand}\u0001${supply ?? ''}`;
  for (const { service, leg } of legs) key += `\u0001${service}\u0000${leg ?? ''}`;
  return key;
}

type Rated = Omit<RatedColumn, 'key'>;

function timedFlow(problem: Problem, column: Column): Rated {
  const demand = problem.demands[column.demand]!;
  const priced = priceItinerary(problem, demand.id, problem.supplies[column.supply]?.id, stepsOf(problem, column.legs));
  if (!priced.possible) throw new Error(`the planner used an impossible itinerary for ${demand.id}: ${priced.reason}`);
  const legs = priced.legs.map(travelledLeg);
  const { unitCost, co2eKg, delivered, parts } = priced;
  return {
    flow: { unitCost: round(unitCost), co2eKg: round(co2eKg), delivered: formatInstant(delivered), legs },
    parts,
  };
}

function staticFlow(problem: Problem, following: Int32Array, column: Column): Rated {
  const demand = problem.demands[column.demand]!;
  const handling = staticHandling(problem, following, demand, column.legs);
  const legs = column.legs.map((index) => {
    const voyage = problem.voyages[index]!;
    return { ...stepOfLeg(voyage), from: voyage.from.id, to: voyage.to.id };
  });
  return {
    flow: { unitCost: round(handling - demand.revenue), co2eKg: 0, legs },
    parts: { handling, revenue: demand.revenue },
  };
}

function unservedOf({ problem, reason }: PlanFacts, flows: readonly Flow[]): PlanDocument['unserved'] {
  const served = new Float64Array(problem.demands.length);
  for (const { column, quantity } of flows) served[column.demand]! += quantity;
  return [...problem.demandById.values()]
    .map((demand) => ({ demand, quantity: demand.quantity - served[demand.index]! }))
    .filter(({ quantity }) => quantity > TRACE)
    .map(({ demand, quantity }) => ({ demand: demand.id, quantity: round(quantity), reason: reason(demand) }))
    .sort((a, b) => byText(a.demand, b.demand));
}

/** What is not kept of the entries of `current`, at the change penalty. */
function changesOf({ changePenalty, document }: Problem, priced: readonly PricedFlow[]): number {
  if (changePenalty === 0) return 0;
  const quantities = new Map(priced.map(({ rated, quantity }) => [rated.key, quantity]));
  return (document.current ?? []).reduce((sum, { demand, supply, itinerary, quantity }) => {
    const kept = Math.min(quantity, quantities.get(flowKey(demand, supply, itinerary)) ?? 0);
    return sum + changePenalty * (quantity - kept);
  }, 0);
}

function objectiveOf(
  problem: Problem,
  priced: readonly PricedFlow[],
  unserved: PlanDocument['unserved'],
  changes: number,
): Objective {
  const sum = (part: keyof Objective) =>
    priced.reduce((total, { flow, rated }) => total + flow.quantity * (rated.parts[part] ?? 0), 0);
  const penalties = unserved.reduce(
    (total, { demand, quantity }) => total + quantity * problem.demandById.get(demand)!.unservedPenalty,
    0,
  );
  const parts = {
    transport: sum('transport'),
    handling: sum('handling'),
    storage: sum('storage'),
    lateness: sum('lateness'),
    spoilage: sum('spoilage'),
    emissions: sum('emissions'),
    supply: sum('supply'),
    unserved: penalties,
    changes,
    revenue: sum('revenue'),
  };
  const { revenue, ...costs } = parts;
  const total = Object.values(costs).reduce((all, cost) => all + cost, 0) - revenue;
  const rounded = Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, round(value)]));
  return { total: round(total), ...rounded } as Objective;
}

function pricesOf({ problem, resources, prices }: PlanFacts, flows: readonly Flow[]): PlanDocument['prices'] {
  const used = resources.usedBy(flows);
  const priceOf = (resource: number) => prices.resources[resource]!;
  const figures = (at: number) => ({
    used: round(used[at]!),
    capacity: resources.limit(at),
    shadowPrice: round(-priceOf(at)),
  });
  const isShown = (at: number) => (used[at]! > TRACE || priceOf(at) > TRACE) && Number.isFinite(resources.limit(at));
  const legs: PlanDocument['prices']['legs'][number][] = [];
  for (const term of termsOf(problem)) {
    if (!term) continue;
    const [capacity, plugs] = [resources.capacity(term.index), resources.plugs(term.index)];
    if (isShown(capacity)) legs.push({ ...stepOfLeg(term), resource: 'capacity', ...figures(capacity) });
    if (isShown(plugs)) legs.push({ ...stepOfLeg(term), resource: 'reeferPlugs', ...figures(plugs) });
  }
  const supplies = [...problem.supplyById.values()].map(({ id, index, quantity }) => {
    const at = resources.supply(index);
    return { supply: id, used: round(used[at]!), quantity, shadowPrice: round(-priceOf(at)) };
  });
  const demands = [...problem.demandById.values()].map(({ id, index }) => ({
    demand: id,
    marginalCost: round(prices.demands[index]!),
  }));
  return {
    legs: legs.sort((a, b) => byText(resourceKey(a), resourceKey(b))),
    supplies: supplies.sort((a, b) => byText(a.supply, b.supply)),
    demands: demands.sort((a, b) => byText(a.demand, b.demand)),
  };
}

const resourceKey = ({
  service,
  leg,
  resource,
}: {
  service: string;
  leg?: string | undefined;
  resource: string;
}): string => [service, leg ?? '', resource].join('\u0001');
