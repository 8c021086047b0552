import type { Goods } from './goods.js';
import type { Lot, Order, State } from './state.js';

/** A lot that can be drawn from. */
export function lotOf(state: State, id: string): Lot | undefined {
  const lot = state.lots.get(id);
  return lot && lot.withdrawn === undefined ? lot : undefined;
}

/** Where goods of an order lie before they move: its origin, or the lot's location. */
export const originOf = (state: State, order: Order, supply: string | undefined): string | undefined =>
  supply === undefined ? order.from : state.lots.get(supply)?.location;

/** Goods that moved from a lot withdrawn since no longer serve the order. */
export const serves = (state: State, part: { readonly supply?: string }): boolean =>
  part.supply === undefined || state.lots.get(part.supply)?.withdrawn === undefined;

/** What of an order has not begun to move. */
export function restQuantity(state: State, order: Order, goods: Goods | undefined): number {
  const moving = (goods?.parts ?? []).filter((part) => serves(state, part));
  return Math.max(0, round(order.quantity - moving.reduce((sum, { quantity }) => sum + quantity, 0)));
}

/** What is left in a lot after the goods that began to move from it. */
export function lotQuantity(state: State, lot: Lot): number {
  const taken = partsOf(state, lot.id).reduce((sum, { quantity }) => sum + quantity, 0);
  return Math.max(0, round(lot.quantity - taken));
}

const partsOf = (state: State, lot: string) =>
  (state.ordersBy.get(`lot:${lot}`) ?? []).flatMap((id) =>
    (state.goods.get(id)?.parts ?? []).filter(({ supply }) => supply === lot),
  );

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** An order's containers: those it names, or those whose moves name it. */
export const containersOf = (state: State, order: Order): readonly string[] =>
  order.equipment.length > 0
    ? order.equipment
    : [order.id, ...order.references].flatMap((each) => state.ordersBy.get(`containers:${each}`) ?? []);

export interface Container {
  readonly equipment: string;
  readonly supply?: string;
}

/** Containers of an order, or of the lots in force for it, that are in none of the parts. */
export function unclaimed(state: State, order: Order, goods: Goods): readonly Container[] {
  const claimed = new Set(goods.parts.flatMap(({ equipment }) => equipment));
  if (order.from !== undefined)
    return containersOf(state, order).flatMap((equipment) => (claimed.has(equipment) ? [] : [{ equipment }]));
  const lots = [...new Set(goods.rest.flatMap(({ supply }) => supply ?? []))];
  return lots.flatMap((supply) => {
    const lot = lotOf(state, supply);
    if (!lot || lot.equipment.length === 0) return [];
    const taken = new Set([...claimed, ...partsOf(state, supply).flatMap(({ equipment }) => equipment)]);
    return lot.equipment.flatMap((equipment) => (taken.has(equipment) ? [] : [{ equipment, supply }]));
  });
}

/** How much one container holds: the order's, or the lot's, quantity over its containers. */
export function unitsPerContainer(state: State, order: Order, supply: string | undefined): number {
  const lot = supply === undefined ? undefined : state.lots.get(supply);
  if (lot) return lot.quantity / Math.max(1, lot.equipment.length);
  if (order.equipment.length > 0) return order.quantity / order.equipment.length;
  return order.unitSize ?? order.quantity;
}
