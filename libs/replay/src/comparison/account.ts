import type { PlannedState } from '@portolan/cells';
import {
  HOUR,
  type PathStep,
  type PlannedFlow,
  type Shipment,
  type State,
  formatInstant,
  kilometresBetween,
  priceItinerary,
  shipmentsOf,
  stepKey,
  stepOf,
} from '@portolan/domain';

/** Parts of what something costs, money. */
export type Cost = Record<(typeof costNames)[number], number>;
export const costNames = [
  'transport',
  'handling',
  'storage',
  'lateness',
  'spoilage',
  'emissions',
  'supply',
  'unserved',
  'revenue',
] as const;

/** One quantity of an order from its beginning to where it is delivered, or to where a plan would take it. */
export interface Journey {
  readonly quantity: number;
  readonly legs: readonly string[];
  readonly delivered?: string;
  readonly lateHours: number;
  readonly cost: Cost;
  readonly co2eKg: number;
  /** Unit-kilometres by mode. */
  readonly work: Readonly<Record<string, number>>;
}

/** What became, and is to become, of an order. */
export interface OrderAccount {
  readonly order: string;
  readonly customer?: string;
  readonly journeys: readonly Journey[];
  readonly unserved: number;
  readonly reason?: string;
  readonly unservedCost: number;
}

export const noCost = (): Cost => Object.fromEntries(costNames.map((name) => [name, 0])) as Cost;
export const totalOf = (cost: Cost): number =>
  costNames.reduce((sum, name) => sum + (name === 'revenue' ? -cost[name] : cost[name]), 0);

/** What each order has cost so far and costs further on by the last plan, as far as it was not cancelled. */
export function accountsOf(planned: PlannedState): Map<string, OrderAccount> {
  const accounts = new Map<string, OrderAccount>();
  const [flows, unserved] = [byDemand(planned.plan.flows), byDemand(planned.plan.unserved)];
  for (const shipment of shipmentsOf(planned.state)) {
    if (shipment.status === 'cancelled') continue;
    const { id, customer } = shipment.order;
    const account = accounts.get(id) ?? { order: id, ...(customer !== undefined && { customer }), ...nothing };
    const journeys = journeysOf(planned, shipment, flows.get(shipment.id) ?? []);
    const left = unserved.get(shipment.id)?.[0];
    const penalty = planned.problem.demandById.get(shipment.id)?.unservedPenalty ?? 0;
    accounts.set(id, {
      ...account,
      journeys: [...account.journeys, ...journeys],
      unserved: account.unserved + (left?.quantity ?? 0),
      ...(left && { reason: left.reason }),
      unservedCost: account.unservedCost + (left?.quantity ?? 0) * penalty,
    });
  }
  return accounts;
}

const nothing = { journeys: [], unserved: 0, unservedCost: 0 } as const;

function byDemand<T extends { readonly demand: string }>(things: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of things) groups.set(each.demand, [...(groups.get(each.demand) ?? []), each]);
  return groups;
}

function journeysOf(planned: PlannedState, shipment: Shipment, flows: readonly PlannedFlow[]): Journey[] {
  const { state } = planned;
  if (shipment.whereabouts?.kind === 'delivered') return [deliveredJourney(state, shipment, shipment.whereabouts.at)];
  const passed = travelled(state, shipment, stepsBegun(shipment));
  return flows.map((flow) => plannedJourney(planned, passed, flow));
}

/** A plan starts behind what has begun or is frozen. */
function stepsBegun({ start, steps }: Shipment): readonly PathStep[] {
  if (!start) return [];
  return steps.slice(0, start.kind === 'at' ? start.index : start.index + 1);
}

/** Per unit. */
interface Travelled {
  readonly legs: readonly string[];
  readonly cost: Cost;
  readonly co2eKg: number;
  readonly work: Readonly<Record<string, number>>;
  readonly last?: string;
}

function travelled(state: State, { part }: Shipment, steps: readonly PathStep[]): Travelled {
  const cost = noCost();
  const work: Record<string, number> = {};
  let co2eKg = 0;
  let last: string | undefined;
  for (const step of steps) {
    const terms = termsOf(state, step);
    if (!terms) continue;
    const handling = state.locations.get(terms.from)?.handling;
    cost.handling += (last === undefined ? handling?.load : handling?.transfer) ?? 0;
    cost.transport += terms.cost ?? 0;
    co2eKg += terms.co2eKg ?? 0;
    work[terms.mode] = (work[terms.mode] ?? 0) + kilometres(state, terms.from, terms.to);
    last = terms.to;
  }
  cost.emissions = (co2eKg * state.parameters.co2PricePerTonne) / 1000;
  cost.supply = state.lots.get(part?.supply ?? '')?.unitCost ?? 0;
  return { legs: steps.map(stepKey), cost, co2eKg, work, ...(last !== undefined && { last }) };
}

function termsOf(state: State, { service, leg }: PathStep) {
  const found = state.services.get(service);
  if (found?.kind === 'relation') return found;
  const run = found?.legs.find(({ id }) => id === leg);
  return run && { ...run, mode: found!.mode };
}

function kilometres(state: State, from: string, to: string): number {
  const [start, end] = [from, to].map((id) => state.locations.get(id)?.position);
  return start && end ? kilometresBetween(start, end) : 0;
}

function deliveredJourney(state: State, shipment: Shipment, at: number): Journey {
  const { order, quantity } = shipment;
  const passed = travelled(state, shipment, shipment.steps);
  const lateHours = Math.max(0, (at - (order.due ?? Infinity)) / HOUR);
  const unload = state.locations.get(order.to)?.handling?.unload ?? 0;
  const cost = {
    ...passed.cost,
    handling: passed.cost.handling + unload,
    lateness: lateHours * (order.latePerUnitHour ?? 0),
    revenue: order.revenue ?? 0,
  };
  return journeyOf(quantity, passed, cost, passed.co2eKg, passed.work, lateHours, formatInstant(at));
}

function plannedJourney({ state, problem }: PlannedState, passed: Travelled, flow: PlannedFlow): Journey {
  const { demand, supply, quantity, legs, delivered } = flow;
  const priced = priceItinerary(problem, demand, supply, legs.map(stepOf));
  if (!priced.possible) throw new Error(`the plan uses an impossible itinerary for ${demand}: ${priced.reason}`);
  const { supply: lot, ...ahead } = priced.parts;
  const cost = sumOf(passed.cost, { ...ahead, supply: passed.legs.length > 0 ? 0 : lot });
  const work = { ...passed.work };
  for (const { service, from, to } of legs) {
    const mode = state.services.get(service)?.mode ?? 'other';
    work[mode] = (work[mode] ?? 0) + kilometres(state, from, to);
  }
  const { due } = problem.demandById.get(demand)!;
  const lateHours = Math.max(0, (priced.delivered - due) / HOUR);
  const all = { ...passed, legs: [...passed.legs, ...legs.map(stepKey)] };
  return journeyOf(quantity, all, cost, passed.co2eKg + priced.co2eKg, work, lateHours, delivered);
}

const sumOf = (a: Cost, b: Partial<Cost>): Cost =>
  Object.fromEntries(costNames.map((name) => [name, a[name] + (b[name] ?? 0)])) as Cost;

/** From what is true of a unit. */
function journeyOf(
  quantity: number,
  { legs }: Pick<Travelled, 'legs'>,
  cost: Cost,
  co2eKg: number,
  work: Readonly<Record<string, number>>,
  lateHours: number,
  delivered: string | undefined,
): Journey {
  const times = <T extends Readonly<Record<string, number>>>(parts: T) =>
    Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, value * quantity])) as T;
  return {
    quantity,
    legs,
    ...(delivered !== undefined && { delivered }),
    lateHours: lateHours * quantity,
    cost: times(cost),
    co2eKg: co2eKg * quantity,
    work: times(work),
  };
}
