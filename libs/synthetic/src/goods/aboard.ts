import { HOUR, type Millis } from '@portolan/domain';
import { siteOf } from '../geography/sites.js';
import { START } from '../network/clock.js';
import type { Run, Sailing } from '../network/run.js';
import type { Stream } from '../random.js';
import type { SyntheticOrder } from './order.js';
import { termsOf } from './terms.js';

/** A leg that began before the start and ends after it. */
export interface LegUnderWay<T extends Sailing = Sailing> {
  readonly sailing: T;
  readonly leg: number;
}

export const legsUnderWay = <T extends Sailing>(sailings: readonly T[]): LegUnderWay<T>[] =>
  sailings.flatMap((sailing) => {
    const leg = sailing.legs.findIndex(
      (_, index) => sailing.calls[index]!.departs! < START && sailing.calls[index + 1]!.arrives! > START,
    );
    return leg < 0 ? [] : [{ sailing, leg }];
  });

/** Most goods of ours on one vessel under way: an eighth of it is ours to speak of. */
const SHARE_OF_ROOM = 0.125;

/** Orders whose goods are on board at the start, for later calls of the vessel: at most `count`, spread over what is under way. */
export function goodsAboard(runs: readonly Run[], count: number, random: Stream): SyntheticOrder[] {
  const under = legsUnderWay(runs);
  const orders: SyntheticOrder[] = [];
  for (let round = 0; round < 4; round++)
    for (const { sailing, leg } of under) {
      if (orders.length >= count) return orders;
      if (random.chance(0.6)) orders.push(orderAboard(sailing, leg, orders.length + 1, random));
    }
  return orders;
}

function orderAboard(run: Run, leg: number, number: number, random: Stream): SyntheticOrder {
  const from = siteOf(run.calls[leg]!.location);
  const to = siteOf(run.calls[random.whole(leg + 1, run.calls.length - 1)]!.location);
  const available: Millis = run.calls[leg]!.departs! - 6 * HOUR;
  const terms = termsOf(random, from, to, available, random.chance(0.08));
  const most = Math.max(1, Math.floor(run.capacity * SHARE_OF_ROOM));
  const late = Math.max(terms.due, run.calls.at(-1)!.arrives!);
  return {
    id: `BRD-${String(number).padStart(4, '0')}`,
    from: from.id,
    to: to.id,
    ...terms,
    due: late,
    latest: late + (terms.latest - terms.due),
    quantity: Math.min(terms.quantity, most),
    aboard: { service: run.id, leg: String(leg + 1) },
  };
}
