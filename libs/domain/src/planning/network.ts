import type { Millis } from '../time/instant.js';
import type { Leg, Relation, Run } from '../state/service.js';
import type { Shipment } from '../state/shipments.js';
import type { Location, State } from '../state/state.js';
import type { ProblemDemand, ProblemLeg, ProblemLocation, ProblemService } from '../problem-format/document.js';
import { clean, durationText, given, instantText } from './numbers.js';

/** All locations, with the closures that are not over. */
export function locationsIn(state: State): ProblemLocation[] {
  return [...state.locations.keys()].sort().map((id) => locationOf(state, state.locations.get(id)!));
}

function locationOf(state: State, location: Location): ProblemLocation {
  const { id, name, position, handling, handlingTime, storage, spoilageFactor } = location;
  const closures = (state.closures.get(id) ?? []).filter(({ to }) => to > state.now);
  return {
    id,
    ...given({ name, position, handling, storage, spoilageFactor }),
    handlingTime: {
      load: durationText(handlingTime.load),
      unload: durationText(handlingTime.unload),
      transfer: durationText(handlingTime.transfer),
    },
    ...(closures.length > 0 && {
      closures: closures.map(({ from, to }) => ({ from: instantText(from), to: instantText(to) })),
    }),
  };
}

/** What goods that are on a leg or truck, or as good as on it, take of its capacity and plugs. */
type Load = ReadonlyMap<string, Taken>;
interface Taken {
  readonly quantity: number;
  readonly reefers: number;
}

function loadOf(shipments: readonly Shipment[]): Load {
  const load = new Map<string, Taken>();
  for (const { start, status, quantity, reefer } of shipments) {
    if (!start || start.kind === 'at' || status === 'cancelled' || status === 'delivered') continue;
    const key = start.kind === 'on-leg' ? `${start.service}/${start.leg.id}` : start.relation.id;
    const before = load.get(key) ?? { quantity: 0, reefers: 0 };
    load.set(key, { quantity: before.quantity + quantity, reefers: before.reefers + (reefer ? quantity : 0) });
  }
  return load;
}

/** Legs that can still be boarded within the horizon, those that demands are on, and on-demand relations. */
export function servicesIn(
  state: State,
  shipments: readonly Shipment[],
  demands: readonly ProblemDemand[],
): ProblemService[] {
  const load = loadOf(shipments);
  const occupied = new Set(demands.flatMap(({ onBoard }) => (onBoard ? [`${onBoard.service}/${onBoard.leg}`] : [])));
  return [...state.services.keys()].sort().flatMap((id) => {
    const service = state.services.get(id)!;
    const terms = service.kind === 'run' ? runOf(state, service, load, occupied) : relationOf(state, service, load);
    if (!terms) return [];
    const { mode, operator } = service;
    return [{ id, mode, ...given({ operator }), ...terms }];
  });
}

function runOf(state: State, run: Run, load: Load, occupied: ReadonlySet<string>): { legs: ProblemLeg[] } | undefined {
  const end = state.now + state.parameters.horizon;
  const legs = run.legs.flatMap((leg) => {
    const key = `${run.id}/${leg.id}`;
    const known = state.locations.has(leg.from) && state.locations.has(leg.to);
    const open = leg.departs > state.now && leg.departs <= end && run.cancelled === undefined;
    return known && (occupied.has(key) || open) ? [legOf(state, leg, key, load)] : [];
  });
  return legs.length > 0 ? { legs } : undefined;
}

/** Legs and relations that nobody of ours is on look the same in every problem, until they change: written once. */
const writtenLegs = new WeakMap<Leg, ProblemLeg>();
const writtenRelations = new WeakMap<Relation, Relations>();

function legOf(state: State, leg: Leg, key: string, load: Load): ProblemLeg {
  const taken = load.get(key);
  if (taken || leg.departs <= state.now) return writeLeg(leg, state.now, taken);
  const known = writtenLegs.get(leg) ?? writeLeg(leg, state.now, taken);
  writtenLegs.set(leg, known);
  return known;
}

/** Goods that stay on board at a call are still on the leg that brought them: it arrives now, as far as they can act. */
function writeLeg(leg: Leg, now: Millis, taken: Taken | undefined): ProblemLeg {
  return {
    id: leg.id,
    from: leg.from,
    to: leg.to,
    departs: instantText(leg.departs),
    arrives: instantText(leg.departs <= now ? Math.max(leg.arrives, now) : leg.arrives),
    capacity: left(leg.capacity ?? 0, taken?.quantity),
    ...termsOf(leg, taken?.reefers),
  };
}

type Relations = { readonly onDemand: NonNullable<ProblemService['onDemand']> };

function relationOf(state: State, relation: Relation, load: Load): Relations | undefined {
  const { id, from, to, cancelled } = relation;
  if (cancelled !== undefined || !state.locations.has(from) || !state.locations.has(to)) return undefined;
  const taken = load.get(id);
  if (taken) return writeRelation(relation, taken);
  const known = writtenRelations.get(relation) ?? writeRelation(relation, taken);
  writtenRelations.set(relation, known);
  return known;
}

function writeRelation(relation: Relation, taken: Taken | undefined): Relations {
  const { from, to, duration, capacity } = relation;
  return {
    onDemand: {
      from,
      to,
      duration: durationText(duration),
      ...(capacity !== undefined && { capacity: left(capacity, taken?.quantity) }),
      ...termsOf(relation, taken?.reefers),
    },
  };
}

const termsOf = ({ cost, co2eKg, reeferPlugs, spoilageFactor }: Leg | Relation, reefers: number | undefined) =>
  given({
    cost: cost === undefined ? undefined : clean(cost),
    co2eKg: co2eKg === undefined ? undefined : clean(co2eKg),
    reeferPlugs: reeferPlugs === undefined ? undefined : left(reeferPlugs, reefers),
    spoilageFactor,
  });

const left = (capacity: number, taken = 0): number => clean(Math.max(0, capacity - taken));
