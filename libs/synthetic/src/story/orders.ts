import { type EventData, type Millis, formatInstant } from '@portolan/domain';
import type { SyntheticOrder } from '../goods/order.js';
import { containers } from './containers.js';
import { type Telling, telling } from './telling.js';

type OrderPlaced = EventData<'org.portolan.order.placed'>;

/** An order as its customer places it; `number` makes the containers of what is on board its own. */
export function orderPlaced(order: SyntheticOrder, at: Millis, unitSize: number | undefined, number: number): Telling {
  const { id } = order;
  return telling('org.portolan.order.placed', { id: `${id}@1`, source: '/orders', subject: id, at }, () =>
    termsOf(order, unitSize, number),
  );
}

function termsOf(order: SyntheticOrder, unitSize: number | undefined, number: number): OrderPlaced {
  const { id, customer, from, product, to, quantity, reefer, minShelfLifeDays, spoilagePerUnitHour, aboard } = order;
  return {
    id,
    customer,
    ...(product === undefined ? { from: from! } : { product }),
    to,
    quantity,
    ...(unitSize !== undefined && { unitSize }),
    available: formatInstant(order.available),
    due: formatInstant(order.due),
    latest: formatInstant(order.latest),
    latePerUnitHour: order.latePerUnitHour,
    unservedPenalty: order.unservedPenalty,
    ...(minShelfLifeDays !== undefined && { minShelfLife: `P${minShelfLifeDays}D` }),
    ...(reefer && { reefer }),
    ...(spoilagePerUnitHour !== undefined && { spoilagePerUnitHour }),
    ...(aboard && { equipment: containers(number, quantity) }),
  };
}

/** The customer wants more, or less, than before. */
export function quantityRevised(order: SyntheticOrder, at: Millis, quantity: number, unitSize?: number): Telling {
  const { id } = order;
  return telling('org.portolan.order.placed', { id: `${id}@2`, source: '/orders', subject: id, at }, () =>
    termsOf({ ...order, quantity }, unitSize, 0),
  );
}

export const orderCancelled = ({ id }: SyntheticOrder, at: Millis): Telling =>
  telling('org.portolan.order.cancelled', { id: `${id}@3`, source: '/orders', subject: id, at }, () => ({
    order: id,
    reason: 'Cancelled by the customer',
  }));
