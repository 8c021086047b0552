import { byId } from './by-id.js';
import type { Site } from './geography/site.js';
import { goodsAboard, legsUnderWay } from './goods/aboard.js';
import { bookings } from './goods/bookings.js';
import { productGoods } from './goods/lots.js';
import type { SyntheticLot, SyntheticOrder } from './goods/order.js';
import { areaOf } from './network/area.js';
import { type PlannedClosure, closures } from './network/closures.js';
import { type Relation, roads } from './network/roads.js';
import { withRoom } from './network/room.js';
import type { Run } from './network/run.js';
import { timetable } from './network/timetable.js';
import { Stream } from './random.js';

/** What to make: the same size gives the same bytes. */
export interface HinterlandSize {
  /** How many demands the problem has: 1 to 1 000 000. */
  readonly shipments: number;
  /** A whole number from 0 on. */
  readonly seed: number;
  /** Goods move in whole multiples of it (TEU); left out, they may be split. */
  readonly unitSize?: number;
}

/** All there is in a synthetic hinterland, before it is written as a problem or told as events. */
export interface Hinterland extends HinterlandSize {
  readonly sites: readonly Site[];
  readonly closures: readonly PlannedClosure[];
  readonly runs: readonly Run[];
  readonly relations: readonly Relation[];
  readonly orders: readonly SyntheticOrder[];
  readonly lots: readonly SyntheticLot[];
  /** Orders nobody knows of at the start: part of the log, not of the problem. */
  readonly rush: readonly SyntheticOrder[];
}

const SERVED_FROM_LOTS = 0.05;
const ON_BOARD = 0.015;
const RUSH = 0.02;

export function hinterlandOf(size: HinterlandSize): Hinterland {
  const { shipments, seed } = size;
  const sailings = timetable(shipments, seed);
  const area = areaOf(sailings);
  const aboard = Math.min(Math.round(shipments * ON_BOARD), 2 * legsUnderWay(sailings).length);
  const fromLots = productGoods(area, Math.round(shipments * SERVED_FROM_LOTS), new Stream(seed, 'lots'));
  const booked = bookings(area, shipments - aboard - fromLots.orders.length, new Stream(seed, 'bookings'));
  const runs = withRoom(area, sailings, booked, new Stream(seed, 'room'));
  const riding = goodsAboard(runs, aboard, new Stream(seed, 'aboard'));
  const rush = bookings(area, Math.ceil(shipments * RUSH), new Stream(seed, 'rush'));
  const orders = [...booked, ...fromLots.orders, ...riding].sort(byId);
  return {
    ...size,
    sites: [...area.sites].sort(byId),
    closures: closures(area, new Stream(seed, 'closures')),
    runs: [...runs].sort(byId),
    relations: roads(area, pairsOf([...orders, ...rush], fromLots.lots, runs)),
    orders,
    lots: [...fromLots.lots].sort(byId),
    rush: rush.map((order) => ({ ...order, id: `RUSH-${order.id}` })),
  };
}

/** Where a truck could take goods all the way: from where they are, or where a vessel next calls, to where they go. */
function* pairsOf(
  orders: readonly SyntheticOrder[],
  lots: readonly SyntheticLot[],
  runs: readonly Run[],
): Iterable<readonly [string, string]> {
  const runById = new Map(runs.map((run) => [run.id, run]));
  const origins = new Map<string, Set<string>>();
  for (const { product, location } of lots)
    origins.set(product, (origins.get(product) ?? new Set<string>()).add(location));
  for (const { from, to, product, aboard } of orders) {
    if (product !== undefined) for (const origin of origins.get(product) ?? []) yield [origin, to];
    else if (aboard) yield [runById.get(aboard.service)!.calls[Number(aboard.leg)]!.location, to];
    else yield [from!, to];
  }
}
