import { DAY, type Millis } from '../time/instant.js';
import type { InForce, Part } from './goods.js';
import { type Hold, holdsOn } from './holds.js';
import { containersOf, restQuantity, serves } from './order-goods.js';
import { type Condition, JOURNEY_BEFORE, conditionOf, natureOf } from './sensors.js';
import type { Order, State } from './state.js';
import type { Spot } from './travel.js';
import { type Standing, type Whereabouts, standingOf } from './whereabouts.js';

export type ShipmentStatus = 'planned' | 'moving' | 'delivered' | 'held' | 'unknown' | 'cancelled';

/** Goods planned as one: an order's rest under the order's id, or a part of it that has begun to move. */
export interface Shipment {
  readonly id: string;
  readonly order: Order;
  /** Set for parts. */
  readonly part?: Part;
  readonly status: ShipmentStatus;
  readonly statusReason?: string;
  readonly quantity: number;
  readonly equipment: readonly string[];
  /** Absent for the rest of an order for a product: it lies in lots. */
  readonly whereabouts?: Whereabouts;
  readonly presumed: boolean;
  /** Where a plan starts, for parts. */
  readonly start?: Spot;
  /** All steps of a part's way, travelled and ahead. */
  readonly steps: Standing['steps'];
  /** From where the plan starts. */
  readonly inForce: readonly InForce[];
  readonly holds: readonly Hold[];
  readonly reefer: boolean;
  readonly condition: Condition;
}

const TRACE = 1e-6;

/** All shipments, by id: of every order its rest, while there is any or nothing else, and its parts. */
export function shipmentsOf(state: State): Shipment[] {
  return [...state.orders.keys()].sort().flatMap((id) => shipmentsOfOrder(state, id));
}

/** The shipment of that id, if there is one. */
export function shipmentOf(state: State, id: string): Shipment | undefined {
  const slash = id.lastIndexOf('/');
  const orders = state.orders.has(id) ? [id] : [id.slice(0, Math.max(0, slash))];
  return orders.flatMap((order) => shipmentsOfOrder(state, order)).find((each) => each.id === id);
}

export function shipmentsOfOrder(state: State, id: string): Shipment[] {
  const order = state.orders.get(id);
  if (!order) return [];
  const goods = state.goods.get(id);
  const parts = (goods?.parts ?? []).map((part) => shipmentOfPart(state, order, part));
  const quantity = restQuantity(state, order, goods);
  return quantity > TRACE || parts.length === 0 ? [restOf(state, order, quantity, goods?.rest ?? []), ...parts] : parts;
}

function restOf(state: State, order: Order, quantity: number, rest: readonly InForce[]): Shipment {
  const claimed = new Set((state.goods.get(order.id)?.parts ?? []).flatMap((part) => part.equipment));
  const equipment = containersOf(state, order).filter((each) => !claimed.has(each));
  const holds = holdsOn(state, order, equipment);
  const hold = lastingHold(holds, state.now);
  const cancelled = order.cancelled;
  const status = cancelled !== undefined ? 'cancelled' : hold ? 'held' : 'planned';
  const statusReason = cancelled ?? hold?.reason;
  return {
    id: order.id,
    order,
    status,
    ...(statusReason !== undefined && { statusReason }),
    quantity,
    equipment,
    ...(order.from !== undefined && {
      whereabouts: { kind: 'at', location: order.from, since: order.available ?? 0 } as const,
    }),
    presumed: false,
    steps: [],
    inForce: rest,
    holds,
    reefer: reeferOf(state, order),
    condition: conditionOfGoods(state, order, equipment),
  };
}

function shipmentOfPart(state: State, order: Order, part: Part): Shipment {
  const standing = standingOf(state, order, part);
  const { status, reason } = statusOf(state, order, part, standing);
  return {
    id: part.id,
    order,
    part,
    status,
    ...(reason !== undefined && { statusReason: reason }),
    quantity: part.quantity,
    equipment: part.equipment,
    whereabouts: standing.whereabouts,
    presumed: standing.presumed,
    start: standing.start,
    steps: standing.steps,
    inForce: standing.ahead,
    holds: standing.holds,
    reefer: reeferOf(state, order),
    condition: conditionOfGoods(state, order, part.equipment),
  };
}

function statusOf(
  state: State,
  order: Order,
  part: Part,
  { whereabouts, holds }: Standing,
): { status: ShipmentStatus; reason?: string | undefined } {
  if (order.cancelled !== undefined) return { status: 'cancelled', reason: order.cancelled };
  if (whereabouts.kind === 'delivered') return { status: 'delivered' };
  if (!serves(state, part)) return { status: 'cancelled', reason: withdrawal(state, part) };
  if (whereabouts.kind === 'unknown') return { status: 'unknown', reason: whereabouts.reason };
  const hold = lastingHold(holds, state.now);
  return hold ? { status: 'held', reason: hold.reason } : { status: 'moving' };
}

const withdrawal = (state: State, { supply = '' }: Part): string =>
  `lot ${supply} was withdrawn: ${state.lots.get(supply)?.withdrawn ?? ''}`;

/** The hold that goods are under now; of several, the longest. */
export const lastingHold = (holds: readonly Hold[], now: Millis): Hold | undefined =>
  holds
    .filter(({ from, to }) => from <= now && to >= now && to > from)
    .reduce<Hold | undefined>((a, b) => (a && a.to >= b.to ? a : b), undefined);

export const reeferOf = (state: State, order: Order): boolean =>
  order.reefer ?? state.products.get(order.product ?? '')?.reefer ?? false;

function conditionOfGoods(state: State, order: Order, equipment: readonly string[]): Condition {
  const nature = natureOf(state.products.get(order.product ?? ''), order.setPoint);
  return conditionOf(state, equipment, nature, (order.available ?? 0) - JOURNEY_BEFORE);
}

/** When a lot expires, as its containers' sensors have it; the worst container counts for all. */
export function lotExpiry(state: State, id: string): Millis | undefined {
  const lot = state.lots.get(id);
  if (lot?.expires === undefined) return undefined;
  const nature = natureOf(state.products.get(lot.product), undefined);
  const { lost } = conditionOf(state, lot.equipment, nature, lot.available - 30 * DAY);
  return lot.expires - lost;
}

/** Where the goods of an order are, as text: to see whether an event moved any. */
export const shipmentPlaces = (state: State, order: string): string =>
  JSON.stringify(
    shipmentsOfOrder(state, order).map(({ id, quantity, whereabouts }) => [id, quantity, placeOf(whereabouts)]),
  );

function placeOf(whereabouts: Whereabouts | undefined): unknown {
  if (whereabouts?.kind === 'at') return whereabouts.location;
  if (whereabouts?.kind === 'on-leg') return [whereabouts.service, whereabouts.leg];
  return whereabouts?.kind === 'on-truck' ? whereabouts.service : whereabouts?.kind;
}

/** What is wrong with an order's goods, as text. */
export const shipmentConditions = (state: State, order: string): string =>
  [...new Set(shipmentsOfOrder(state, order).flatMap(({ condition }) => condition.flags))].join('; ');
