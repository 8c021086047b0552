import { DAY, type Millis } from '../time/instant.js';
import { type Around, type Evidence, evidenceOf } from './evidence.js';
import type { InForce, PathStep } from './goods.js';
import { type Hold, holdsOn } from './holds.js';
import type { Order, State } from './state.js';
import {
  type Clock,
  type GoodsAt,
  type Spot,
  type Travel,
  type Walked,
  advance,
  endOf,
  handlingTime,
  openFrom,
  walk,
} from './travel.js';
import { type Way, placesAround, wayOf } from './way.js';

export type Whereabouts =
  | { readonly kind: 'at'; readonly location: string; readonly since: Millis }
  | { readonly kind: 'on-leg'; readonly service: string; readonly leg: string }
  | { readonly kind: 'on-truck'; readonly service: string; readonly to: string; readonly arrives: Millis }
  | { readonly kind: 'unknown'; readonly since: Millis; readonly reason: string }
  | { readonly kind: 'delivered'; readonly at: Millis };

/** Where goods stand now, where a plan for them starts, and what is in force from there. */
export interface Standing {
  readonly whereabouts: Whereabouts;
  /** Nobody saw it: it follows from what is in force. */
  readonly presumed: boolean;
  /** Where a plan starts: the present, or behind what is frozen. */
  readonly start: Spot;
  readonly origin: string;
  /** All steps, travelled and ahead; those before the start's are begun or frozen. */
  readonly steps: readonly PathStep[];
  /** In force from the start on. */
  readonly ahead: readonly InForce[];
  readonly holds: readonly Hold[];
  readonly evidence?: Evidence;
}

/** Where goods of an order stand, from the newest evidence and, since then, from what is in force. */
export function standingOf(state: State, order: Order, goods: GoodsAt): Standing {
  const evidence = newestEvidence(state, order, goods.equipment, placesAround(state, order, goods));
  return standingBy(state, order, goods, evidence);
}

export function newestEvidence(
  state: State,
  order: Order,
  equipment: readonly string[],
  around: Around,
): Evidence | undefined {
  let newest: Evidence | undefined;
  for (const each of equipment) {
    const evidence = evidenceOf(state, order, each, around);
    if (evidence && (!newest || evidence.at > newest.at)) newest = evidence;
  }
  return newest;
}

/** As `standingOf`, with the evidence to go by. */
export function standingBy(state: State, order: Order, goods: GoodsAt, evidence?: Evidence): Standing {
  const holds = holdsOn(state, order, goods.equipment);
  const travel: Travel = { state, order, goods, holds, ...(evidence && { evidence }) };
  const way = wayOf(travel);
  const walked = walk(travel, way.steps, way.spot, () => state.now);
  const start = frozenStart(travel, way.steps, walked.spot);
  return {
    whereabouts: whereaboutsOf(travel, way, walked),
    presumed: walked.spot !== way.spot,
    start,
    origin: way.origin,
    steps: way.steps,
    ahead: aheadOf(travel, way, start),
    holds,
    ...(evidence && { evidence }),
  };
}

/** What starts within the freeze window, or too soon to be loaded otherwise, is as good as begun: the plan starts there. */
function frozenStart(travel: Travel, steps: readonly PathStep[], now: Spot): Spot {
  const { state } = travel;
  const { freezeWindow } = state.parameters;
  let start = now;
  let reach = now;
  const clock: Clock = (location) => state.now + Math.max(freezeWindow, handlingTime(state, location, 'load'));
  for (;;) {
    const next = advance(travel, steps, reach, clock);
    if (!next) return start;
    reach = next.spot;
    if (reach.kind !== 'at') start = reach;
  }
}

function whereaboutsOf(travel: Travel, way: Way, { spot, unconfirmed }: Walked): Whereabouts {
  const { state, evidence } = travel;
  if (way.gone) return { kind: 'unknown', since: way.gone.at, reason: goneReason(way.gone) };
  const delivered = deliveredAt(travel, way, spot) ?? Infinity;
  const { unknownAfter } = state.parameters;
  const lost = evidence && unconfirmed !== undefined && Math.min(delivered, state.now) - unconfirmed > unknownAfter;
  if (lost) return { kind: 'unknown', since: unconfirmed, reason: silence(state) };
  if (delivered <= state.now) return { kind: 'delivered', at: delivered };
  if (spot.kind === 'at') return { kind: 'at', location: spot.location, since: spot.since };
  if (spot.kind === 'on-leg') return { kind: 'on-leg', service: spot.service, leg: spot.leg.id };
  return { kind: 'on-truck', service: spot.relation.id, to: spot.relation.to, arrives: spot.arrives };
}

const silence = ({ parameters }: State): string =>
  `nobody has seen them for ${Math.round((parameters.unknownAfter / DAY) * 10) / 10} days after they should have moved on`;

const goneReason = (evidence: Evidence): string =>
  evidence.kind === 'gone'
    ? `loaded on a transport that is not known here (${evidence.transport})`
    : evidence.kind === 'left'
      ? `left ${evidence.location}, nobody said where to`
      : 'on a leg that its service no longer has';

/** When the goods are handed over, where nothing but that is left. */
function deliveredAt({ state, order, evidence }: Travel, way: Way, spot: Spot): Millis | undefined {
  if (spot.kind !== 'at' || spot.location !== order.to) return undefined;
  if (evidence?.kind === 'at' && spot.since === evidence.at) return evidence.at;
  if (spot.index < way.steps.length) return undefined;
  if (way.steps.length === 0) return spot.since;
  return openFrom(state, spot.location, spot.since) + handlingTime(state, spot.location, 'unload');
}

/** What is in force from the start on; nothing where it would lead nowhere. */
function aheadOf({ order, goods }: Travel, way: Way, start: Spot): readonly InForce[] {
  const steps = way.steps.slice(start.kind === 'at' ? start.index : start.index + 1);
  if (!way.single)
    return goods.inForce.map((branch) => ({ quantity: branch.quantity, steps: [...steps, ...branch.steps] }));
  return steps.length > 0 || endOf(start) === order.to ? [{ quantity: goods.quantity, steps }] : [];
}
