import { DAY, HOUR, type Millis } from '@portolan/domain';
import type { SyntheticOrder } from '../goods/order.js';
import type { Hinterland } from '../hinterland.js';
import { isTerminal } from '../network/area.js';
import { END, START, at } from '../network/clock.js';
import type { Run } from '../network/run.js';
import { Stream } from '../random.js';
import { closedOf } from './opening.js';
import { orderCancelled, orderPlaced, quantityRevised } from './orders.js';
import { type Telling, telling } from './telling.js';

/** Shares of runs and orders that something happens to. */
const OVERBOOKED = 0.02;
const CANCELLED_RUNS = 0.004;
const REVISED = 0.01;
const CANCELLED_ORDERS = 0.005;
/** From the ninth day on the Rhine is low for five days. */
const LOW_WATER = { from: START + 8 * DAY, to: START + 13 * DAY, factor: 0.65 };

/** All that nobody foresaw in the two weeks, in no order. */
export function surprises(hinterland: Hinterland): Telling[] {
  const { runs, orders, rush, seed, unitSize } = hinterland;
  return [
    ...runSurprises(runs, new Stream(seed, 'surprises of runs')),
    ...lowWater(runs),
    ...strikes(hinterland, new Stream(seed, 'strikes')),
    ...orderSurprises(orders, new Stream(seed, 'surprises of orders'), unitSize),
    ...rushOrders(rush, new Stream(seed, 'rush orders'), unitSize),
  ];
}

/** Runs that leave within the two weeks and can still surprise us. */
const leavesLater = ({ calls }: Run): boolean =>
  calls[0]!.departs! > START + 12 * HOUR && calls[0]!.departs! < END + DAY;

function runSurprises(runs: readonly Run[], random: Stream): Telling[] {
  return runs.filter(leavesLater).flatMap((run) => {
    const told = toldBefore(run.calls[0]!.departs!, 4, 40, random);
    const factor = random.whole(4, 14) / 10;
    if (random.chance(CANCELLED_RUNS)) return [runCancelled(run, told)];
    return random.chance(OVERBOOKED)
      ? [capacityChanged(run, told, factor, factor < 1 ? 'Overbooked' : 'Larger vessel')]
      : [];
  });
}

/** Some hours before an instant, but not before the story begins. */
const toldBefore = (when: Millis, least: number, most: number, random: Stream): Millis =>
  Math.max(START + HOUR, Math.min(END - HOUR, when - Math.round(random.between(least, most)) * HOUR));

const capacityChanged = ({ id }: Run, told: Millis, factor: number, reason: string): Telling =>
  telling(
    'org.portolan.capacity.changed',
    { id: `${id}/${reason}`, source: '/operators', subject: id, at: told },
    () => ({
      service: id,
      factor,
      reason,
    }),
  );

const runCancelled = ({ id }: Run, told: Millis): Telling =>
  telling(
    'org.portolan.service.cancelled',
    { id: `${id}/cancelled`, source: '/operators', subject: id, at: told },
    () => ({
      service: id,
      reason: 'No crew, no path',
    }),
  );

/** Barges past Kaub load less, all of them, and it is known two days before. */
function lowWater(runs: readonly Run[]): Telling[] {
  const past = runs.filter(({ line, calls }) => {
    const leaves = calls[0]!.departs!;
    return /^(UPPER|MAIN|NECKAR)/.test(line.code) && leaves >= LOW_WATER.from && leaves < LOW_WATER.to;
  });
  const told = LOW_WATER.from - 2 * DAY + 7 * HOUR;
  return past.map((run, index) => capacityChanged(run, told + index * 1000, LOW_WATER.factor, 'Low water at Kaub'));
}

/** Two terminals stop work for a day; one of them resumes early. */
function strikes({ sites }: Hinterland, random: Stream): Telling[] {
  const terminals = sites.filter(isTerminal);
  return [3, 9].flatMap((day, index) => {
    const { id: location } = random.pick(terminals);
    const from = at(24 * day + random.whole(5, 8));
    const to = from + random.whole(18, 36) * HOUR;
    const id = `STRIKE-${index + 1}`;
    const closed = closedOf({ id, location, from, to, reason: 'Strike' }, from - random.whole(12, 30) * HOUR);
    return index === 0 ? [closed, reopened(id, location, to - 6 * HOUR)] : [closed];
  });
}

const reopened = (closure: string, location: string, when: Millis): Telling =>
  telling(
    'org.portolan.location.reopened',
    { id: `${closure}/over`, source: '/terminals', subject: location, at: when },
    () => ({
      closure,
      location,
    }),
  );

/** Customers want more or less, or nothing any more: told at least four hours before the goods are ready. */
function orderSurprises(orders: readonly SyntheticOrder[], random: Stream, unitSize?: number): Telling[] {
  return orders.flatMap((order) => {
    if (order.aboard || order.available < START + 12 * HOUR || !random.chance(REVISED + CANCELLED_ORDERS)) return [];
    const told = toldBefore(order.available, 4, 48, random);
    if (random.chance(CANCELLED_ORDERS / (REVISED + CANCELLED_ORDERS))) return [orderCancelled(order, told)];
    const quantity = Math.max(1, order.quantity + random.pick([-2, -1, 1, 2, 4]));
    return [quantityRevised(order, told, quantity, unitSize)];
  });
}

const rushOrders = (rush: readonly SyntheticOrder[], random: Stream, unitSize?: number): Telling[] =>
  rush.map((order) => orderPlaced(order, toldBefore(order.available, 2, 30, random), unitSize, 0));
