import type { Millis } from '../time/instant.js';
import type { Evidence } from './evidence.js';
import type { Part, PathStep } from './goods.js';
import { type Hold, releasedBy } from './holds.js';
import type { Leg, Relation } from './service.js';
import type { Order, State } from './state.js';

/** A place on an itinerary: `index` counts the steps before it, or is that of the step the goods are on. */
export type Spot =
  | {
      readonly kind: 'at';
      readonly index: number;
      readonly location: string;
      readonly since: Millis;
      /** When a transport could take them at the earliest. */
      readonly loadable: Millis;
    }
  | { readonly kind: 'on-leg'; readonly index: number; readonly service: string; readonly leg: Leg }
  | {
      readonly kind: 'on-truck';
      readonly index: number;
      readonly relation: Relation;
      readonly departs: Millis;
      readonly arrives: Millis;
    };

export type GoodsAt = Pick<Part, 'origin' | 'path' | 'inForce' | 'quantity' | 'equipment' | 'supply'>;

/** Goods with all that their way depends on. */
export interface Travel {
  readonly state: State;
  readonly order: Order;
  readonly goods: GoodsAt;
  readonly holds: readonly Hold[];
  readonly evidence?: Evidence;
}

interface Ends {
  readonly from: string;
  readonly to: string;
  readonly departs?: Millis;
  readonly arrives?: Millis;
}

/** Where a step leads from and to, and when where it is scheduled; `undefined` while its service or leg is not known. */
export function endsOf(state: State, step: { service: string; leg?: string | undefined }): Ends | undefined {
  const service = state.services.get(step.service);
  if (service?.kind === 'relation') return step.leg === undefined ? service : undefined;
  return service?.legs.find(({ id }) => id === step.leg);
}

export const handlingTime = (state: State, location: string, which: 'load' | 'unload' | 'transfer'): Millis =>
  state.locations.get(location)?.handlingTime[which] ?? 0;

export interface Walked {
  readonly spot: Spot;
  /** Since when nobody confirms what is presumed. */
  readonly unconfirmed?: Millis;
}

export type Clock = (location: string) => Millis;

/** Goes on along the steps as far as the clock allows. `clock` may run ahead, by place, to see what is frozen. */
export function walk(travel: Travel, steps: readonly PathStep[], from: Spot, clock: Clock): Walked {
  let spot = from;
  let unconfirmed: Millis | undefined;
  for (;;) {
    const next = advance(travel, steps, spot, clock);
    if (!next) return { spot, ...(unconfirmed !== undefined && { unconfirmed }) };
    unconfirmed = next.confirmed ? undefined : (unconfirmed ?? next.when);
    spot = next.spot;
  }
}

interface Advance {
  readonly spot: Spot;
  readonly when: Millis;
  readonly confirmed: boolean;
}

export function advance(travel: Travel, steps: readonly PathStep[], spot: Spot, clock: Clock): Advance | undefined {
  if (spot.kind === 'at') return board(travel, steps[spot.index], spot, clock(spot.location));
  const { state } = travel;
  if (spot.kind === 'on-truck') {
    if (spot.arrives > clock(spot.relation.to)) return undefined;
    return { spot: landed(state, spot.index, spot.relation.to, spot.arrives), when: spot.arrives, confirmed: false };
  }
  const { leg, index } = spot;
  const stay = stayOnBoard(state, steps, spot);
  if (stay)
    return stay.leg.departs <= clock(leg.to)
      ? { spot: stay, when: stay.leg.departs, confirmed: stay.leg.departed }
      : undefined;
  if (leg.arrives > clock(leg.to)) return undefined;
  return { spot: landed(state, index, leg.to, leg.arrives), when: leg.arrives, confirmed: leg.arrived };
}

const landed = (state: State, index: number, location: string, at: Millis): Spot & { kind: 'at' } => ({
  kind: 'at',
  index: index + 1,
  location,
  since: at,
  loadable: at + handlingTime(state, location, 'transfer'),
});

/** The next leg where the goods stay on board, if that is what is in force. */
function stayOnBoard(
  state: State,
  steps: readonly PathStep[],
  { index, service, leg }: Spot & { kind: 'on-leg' },
): (Spot & { kind: 'on-leg' }) | undefined {
  const next = steps[index + 1];
  if (next?.service !== service || next.leg !== String(Number(leg.id) + 1)) return undefined;
  const run = state.services.get(service);
  const after = run?.kind === 'run' ? run.legs.find(({ id }) => id === next.leg) : undefined;
  return after && !after.cancelled ? { kind: 'on-leg', index: index + 1, service, leg: after } : undefined;
}

/** Boarding the next step from a place, where it is possible and due. */
function board(
  travel: Travel,
  step: PathStep | undefined,
  spot: Spot & { kind: 'at' },
  clock: Millis,
): Advance | undefined {
  const departure = step && departureOf(travel, step, spot);
  if (!departure || departure.when > clock) return undefined;
  return departure;
}

/** How goods leave a place by a step, or `undefined` where they cannot: not in time, not there, closed, cancelled. */
export function departureOf(travel: Travel, step: PathStep, spot: Spot & { kind: 'at' }): Advance | undefined {
  const { state, holds } = travel;
  const service = state.services.get(step.service);
  if (!service) return undefined;
  const load = handlingTime(state, spot.location, 'load');
  if (service.kind === 'relation') return departureByTruck(travel, service, step, spot, load);
  const leg = service.legs.find(({ id }) => id === step.leg);
  if (!leg || leg.cancelled || leg.from !== spot.location || step.since > leg.departs) return undefined;
  const loadable = releasedBy(holds, spot.loadable - load, leg.departs) + load;
  if (loadable > leg.departs || closedAt(state, leg.from, leg.departs)) return undefined;
  return {
    spot: { kind: 'on-leg', index: spot.index, service: service.id, leg },
    when: leg.departs,
    confirmed: leg.departed,
  };
}

/** An on-demand truck leaves as soon as the goods are loaded. */
function departureByTruck(
  { state, holds }: Travel,
  relation: Relation,
  step: PathStep,
  spot: Spot & { kind: 'at' },
  load: Millis,
): Advance | undefined {
  if (relation.from !== spot.location || relation.cancelled !== undefined || step.leg !== undefined) return undefined;
  const unheld = Math.max(spot.loadable, step.since + load);
  const departs = releasedBy(holds, unheld - load, unheld) + load;
  if (departs === Infinity || closedAt(state, relation.from, departs)) return undefined;
  const arrives = departs + relation.duration;
  return {
    spot: { kind: 'on-truck', index: spot.index, relation, departs, arrives },
    when: departs,
    confirmed: false,
  };
}

export const closedAt = (state: State, location: string, at: Millis): boolean =>
  (state.closures.get(location) ?? []).some(({ from, to }) => from <= at && at < to);

/** The first moment from `at` on which a location is open. */
export function openFrom(state: State, location: string, at: Millis): Millis {
  const closure = (state.closures.get(location) ?? []).find(({ from, to }) => from <= at && at < to);
  return closure ? openFrom(state, location, closure.to) : at;
}

/** Where a plan that starts here begins. */
export function endOf(start: Spot): string {
  if (start.kind === 'at') return start.location;
  return start.kind === 'on-leg' ? start.leg.to : start.relation.to;
}

/** Goods on a leg or truck once they are off it, where it leads. */
export const landedFrom = (state: State, spot: Exclude<Spot, { kind: 'at' }>): Spot & { kind: 'at' } =>
  spot.kind === 'on-leg'
    ? landed(state, spot.index, spot.leg.to, spot.leg.arrives)
    : landed(state, spot.index, spot.relation.to, spot.arrives);
