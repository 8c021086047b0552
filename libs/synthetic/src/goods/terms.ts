import { HOUR, type Millis } from '@portolan/domain';
import { type Site, kilometres } from '../geography/site.js';
import { lasting } from '../network/clock.js';
import { type Choice, type Stream, choiceOf } from '../random.js';
import type { SyntheticOrder } from './order.js';

type Terms = Pick<
  SyntheticOrder,
  | 'customer'
  | 'quantity'
  | 'available'
  | 'due'
  | 'latest'
  | 'latePerUnitHour'
  | 'unservedPenalty'
  | 'reefer'
  | 'spoilagePerUnitHour'
>;

/** How many TEU an order has: mostly one or two containers, now and then a block train's worth. */
const sizes: Choice<readonly [number, number]> = choiceOf(
  [
    [1, 1],
    [2, 2],
    [3, 4],
    [5, 8],
    [9, 20],
  ] as const,
  ([least]) => ({ 1: 24, 2: 36, 3: 20, 5: 14, 9: 6 })[least],
);

const customers =
  'North Sea Impex,Campine Trading,Brabo Trading,Meuse Imports,Condroz Commerce,Rhineland Trade,Hesbaye Exports,Leie Foods,Zeeland Commodities,Ardennes Industries,Taunus Components,Basel Trade,Limburg Retail,Scheldt Chemicals,Ruhr Materials,Artois Textiles,Lombardy Retail,Danube Machines,Moselle Steel,Neckar Motors'.split(
    ',',
  );

export function quantityOf(random: Stream): number {
  const [least, most] = random.weighted(sizes);
  return random.whole(least, most);
}

/** Terms of goods ready at `available` that are to go from one place to the other: two to six days, longer where it is far. */
export function termsOf(random: Stream, from: Site, to: Site, available: Millis, reefer: boolean): Terms {
  const shortest = Math.min(48 + kilometres(from, to) / 10, 110);
  const due = available + lasting(random.between(shortest, reefer ? shortest + 24 : 144));
  const grace = (reefer ? random.between(12, 36) : random.between(24, 72)) + kilometres(from, to) / 12;
  return {
    customer: random.pick(customers),
    quantity: quantityOf(random),
    available,
    due,
    latest: due + Math.round(grace) * HOUR,
    latePerUnitHour: reefer ? random.whole(10, 20) : random.whole(2, 9),
    unservedPenalty: 100 * random.whole(40, 70),
    reefer,
    ...(reefer && { spoilagePerUnitHour: random.whole(1, 16) / 5 }),
  };
}
