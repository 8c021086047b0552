import { DAY, HOUR } from '@portolan/domain';
import { type Site, kilometres } from '../geography/site.js';
import { type Area, isQuay } from '../network/area.js';
import { at } from '../network/clock.js';
import { type Stream, choiceOf } from '../random.js';
import type { SyntheticLot, SyntheticOrder } from './order.js';
import { termsOf } from './terms.js';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly valuePerUnit: number;
  readonly shelfLifeDays: number;
  /** °C */
  readonly setPoint: number;
  readonly q10: number;
  readonly spoilagePerUnitHour: number;
  /** Shelf life that must be left on arrival. */
  readonly minShelfLifeDays: number;
}

export const products: readonly Product[] = [
  ['bananas', 'Bananas, green, Cavendish', 9500, 34, 13.3, 2.8, 3.2, 9],
  ['fries', 'Frozen fries', 11000, 540, -20, 2, 0.2, 365],
  ['pears', 'Pears, Conference, class I', 12500, 75, -0.5, 2.5, 1.4, 40],
].map(([id, name, valuePerUnit, shelfLifeDays, setPoint, q10, spoilagePerUnitHour, minShelfLifeDays]) => ({
  id: id as string,
  name: name as string,
  valuePerUnit: valuePerUnit as number,
  shelfLifeDays: shelfLifeDays as number,
  setPoint: setPoint as number,
  q10: q10 as number,
  spoilagePerUnitHour: spoilagePerUnitHour as number,
  minShelfLifeDays: minShelfLifeDays as number,
}));

export interface ProductGoods {
  readonly orders: readonly SyntheticOrder[];
  readonly lots: readonly SyntheticLot[];
}

/** Where lots of a product lie and where its orders go. */
interface Trade {
  readonly product: Product;
  readonly origins: readonly Site[];
  readonly customers: readonly Site[];
}

/** Orders for products and lots to serve them: more than enough in all, seldom all at the nearest place. */
export function productGoods(area: Area, count: number, random: Stream): ProductGoods {
  const trades = tradesOf(area);
  if (trades.length === 0 || count === 0) return { orders: [], lots: [] };
  const digits = Math.max(4, String(count).length);
  const orders = Array.from({ length: count }, (_, index) =>
    orderOf(trades[index % trades.length]!, String(index + 1).padStart(digits, '0'), random),
  );
  const lots = trades.flatMap((trade) => lotsFor(trade, orders, random));
  return { orders, lots };
}

/** Fruit comes off vessels at the fruit wharfs and goes to ripening rooms; what is grown or made inland goes to sea. */
function tradesOf({ sites }: Area): Trade[] {
  const quays = sites.filter(isQuay);
  const wharfs = quays.filter(({ id }) => id.endsWith('BNFW'));
  return products
    .map((product) => ({
      product,
      origins: product.id === 'bananas' ? wharfs : sites.filter(({ makes }) => makes === product.id),
      customers: product.id === 'bananas' ? sites.filter(({ takes }) => takes === product.id) : quays.slice(0, 4),
    }))
    .filter(({ origins, customers }) => origins.length > 0 && customers.length > 0);
}

function orderOf({ product, origins, customers }: Trade, number: string, random: Stream): SyntheticOrder {
  const to = random.weighted(choiceOf(customers, ({ share }) => share));
  const farthest = origins.reduce((a, b) => (kilometres(a, to) >= kilometres(b, to) ? a : b));
  return {
    id: `LOT-${product.id.toUpperCase()}-${number}`,
    product: product.id,
    to: to.id,
    ...termsOf(random, farthest, to, at(random.between(6, 330)), true),
    spoilagePerUnitHour: product.spoilagePerUnitHour,
    minShelfLifeDays: product.minShelfLifeDays,
  };
}

/** One lot for every few orders, ready before the first of them, with a fifth more than they want. */
function lotsFor({ product, origins }: Trade, all: readonly SyntheticOrder[], random: Stream): SyntheticLot[] {
  const orders = all.filter((order) => order.product === product.id).sort((a, b) => a.available - b.available);
  const each = Math.max(3, Math.round(3 * Math.sqrt(orders.length / 50)));
  const groups = Array.from({ length: Math.ceil(orders.length / each) }, (_, index) =>
    orders.slice(index * each, (index + 1) * each),
  );
  const digits = Math.max(2, String(groups.length).length);
  return groups.map((group, index) => {
    const available = group[0]!.available - random.whole(1, 36) * HOUR;
    const wanted = group.reduce((sum, { quantity }) => sum + quantity, 0);
    return {
      id: `${product.id.toUpperCase()}-${String(index + 1).padStart(digits, '0')}`,
      product: product.id,
      location: random.pick(origins).id,
      quantity: 2 * Math.ceil(wanted * 0.6),
      available,
      expires: available + (product.minShelfLifeDays + random.whole(9, 16)) * DAY,
      unitCost: Math.round(product.valuePerUnit * random.between(0.03, 0.045)),
    };
  });
}
