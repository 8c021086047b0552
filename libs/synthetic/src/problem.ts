import {
  type ProblemCurrent,
  type ProblemDemand,
  type ProblemDocument,
  type ProblemLeg,
  type ProblemLocation,
  type ProblemService,
  type ProblemSupply,
  formatDuration,
  formatInstant,
} from '@portolan/domain';
import { byId } from './by-id.js';
import type { SyntheticLot, SyntheticOrder } from './goods/order.js';
import type { Hinterland } from './hinterland.js';
import { HORIZON, START } from './network/clock.js';
import { handlingTerms } from './network/rates.js';
import type { Relation } from './network/roads.js';
import type { Run } from './network/run.js';
import type { Site } from './geography/site.js';

export const problemParameters = { co2PricePerTonne: 80, changePenaltyPerUnit: 4, maxLegs: 8 };

/** The planning problem at the start: every order is known, what has left cannot be boarded. Lists are in order of id. */
export function problemOf(hinterland: Hinterland): ProblemDocument {
  const { runs, relations, orders, lots } = hinterland;
  const loads = loadsOf(orders);
  return {
    format: 'portolan.problem/1',
    name: nameOf(hinterland),
    currency: 'EUR',
    unit: 'TEU',
    parameters: problemParameters,
    locations: hinterland.sites.map((site) => locationOf(site, hinterland)),
    services: [...runs.flatMap((run) => serviceOf(run, loads)), ...relations.map(relationOf)].sort(byId),
    supplies: lots.map(supplyOf),
    demands: orders.map((order) => demandOf(order, hinterland.unitSize)),
    current: currentOf(hinterland),
  };
}

/** Also the planning cell of the log. */
export const nameOf = ({ shipments, seed }: Hinterland): string => `hinterland-${shipments}-${seed}`;

function locationOf({ id, name, kind, position }: Site, { closures }: Hinterland): ProblemLocation {
  const { handling, handlingTime, storage } = handlingTerms[kind];
  const closed = closures.filter(({ location }) => location === id);
  return {
    id,
    name,
    position,
    handling,
    handlingTime,
    storage,
    ...(closed.length > 0 && {
      closures: closed.map(({ from, to }) => ({ from: formatInstant(from), to: formatInstant(to) })),
    }),
  };
}

/** Legs that can still be boarded, and those that goods are on, less what is on them. */
function serviceOf(run: Run, loads: ReadonlyMap<string, Load>): ProblemService[] {
  const legs = run.legs.flatMap((_, index) => {
    const leg = legOf(run, index);
    const { departs } = run.calls[index]!;
    const load = loads.get(`${run.id}/${leg.id}`);
    if (load) return [lessened(leg, load)];
    return departs! > START && departs! <= START + HORIZON ? [leg] : [];
  });
  return legs.length > 0 ? [{ id: run.id, mode: run.line.mode, operator: run.line.operator, legs }] : [];
}

/** What goods on board take of a leg. */
interface Load {
  readonly quantity: number;
  readonly reefers: number;
}

const lessened = (leg: ProblemLeg, { quantity, reefers }: Load): ProblemLeg => ({
  ...leg,
  capacity: Math.max(0, leg.capacity - quantity),
  reeferPlugs: Math.max(0, leg.reeferPlugs! - reefers),
});

function loadsOf(orders: readonly SyntheticOrder[]): Map<string, Load> {
  const loads = new Map<string, Load>();
  for (const { aboard, quantity, reefer } of orders) {
    if (!aboard) continue;
    const key = `${aboard.service}/${aboard.leg}`;
    const before = loads.get(key) ?? { quantity: 0, reefers: 0 };
    loads.set(key, { quantity: before.quantity + quantity, reefers: before.reefers + (reefer ? quantity : 0) });
  }
  return loads;
}

function legOf({ calls, legs, capacity, reeferPlugs }: Run, index: number): ProblemLeg {
  const { cost, co2eKg } = legs[index]!;
  const [from, to] = [calls[index]!, calls[index + 1]!];
  return {
    id: String(index + 1),
    from: from.location,
    to: to.location,
    departs: formatInstant(from.departs!),
    arrives: formatInstant(to.arrives!),
    capacity,
    cost,
    co2eKg,
    reeferPlugs,
  };
}

const relationOf = ({ id, from, to, duration, cost, co2eKg }: Relation): ProblemService => ({
  id,
  mode: 'truck',
  onDemand: { from, to, duration: formatDuration(duration), cost, co2eKg },
});

const supplyOf = ({ id, product, location, quantity, available, unitCost, expires }: SyntheticLot): ProblemSupply => ({
  id,
  product,
  location,
  quantity,
  available: formatInstant(Math.max(available, START)),
  unitCost,
  expires: formatInstant(expires),
});

/** Goods on a leg to their destination stay on it; nothing else is booked yet. */
function currentOf({ orders, runs }: Hinterland): ProblemCurrent[] {
  const runById = new Map(runs.map((run) => [run.id, run]));
  return orders.flatMap(({ id, aboard, to, quantity }) =>
    aboard && runById.get(aboard.service)!.calls[Number(aboard.leg)]!.location === to
      ? [{ demand: `${id}/1`, itinerary: [], quantity }]
      : [],
  );
}

/** What is on board is the first part of its order. */
function demandOf(order: SyntheticOrder, unitSize: number | undefined): ProblemDemand {
  const { id, from, product, aboard, to, quantity, reefer, minShelfLifeDays, spoilagePerUnitHour } = order;
  return {
    id: aboard ? `${id}/1` : id,
    ...(aboard ? { onBoard: aboard } : product === undefined ? { from: from! } : { product }),
    ...(!aboard && { available: formatInstant(order.available) }),
    to,
    quantity,
    due: formatInstant(order.due),
    latest: formatInstant(order.latest),
    latePerUnitHour: order.latePerUnitHour,
    unservedPenalty: order.unservedPenalty,
    ...(spoilagePerUnitHour !== undefined && { spoilagePerUnitHour }),
    ...(minShelfLifeDays !== undefined && { minShelfLife: `P${minShelfLifeDays}D` }),
    ...(reefer && { reefer }),
    ...(unitSize !== undefined && { unitSize }),
  };
}
