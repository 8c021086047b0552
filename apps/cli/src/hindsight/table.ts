import type { Hindsight } from '@portolan/replay';
import { aligned } from '../send/report.js';

const SHOWN = 10;
const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** For people: both costs and what lies between them, the orders it lies in, and what decisions were worth. */
export function hindsightTable({
  currency,
  unit,
  base,
  realised,
  perfect,
  regret,
  orders,
  recommendations,
}: Hindsight): string {
  const sides = [
    ['as it went', realised],
    ['knowing all', perfect],
  ] as const;
  const totals = aligned([
    ['', `cost ${currency}`, `unserved ${unit}`, 'late h', 't CO2e'],
    ...sides.map(([name, { cost, unserved, late, co2eKg }]) => [
      name,
      whole(cost.total),
      whole(unserved.quantity),
      whole(late.hours),
      whole(co2eKg / 1000),
    ]),
  ]);
  const worst = aligned([
    ['order', 'as it went', 'knowing all', 'regret'],
    ...orders
      .slice(0, SHOWN)
      .map((each) => [each.order, whole(each.realised), whole(each.perfect), whole(each.regret)]),
  ]);
  const decided = aligned([
    ['accepted', 'by', 'kind', 'shipments', `promised ${currency}`, `worth ${currency}`],
    ...recommendations.map(({ acceptedAt, by, kind, shipments, promised, worth }) => [
      acceptedAt,
      by,
      kind,
      shipments.slice(0, 2).join(' ') + (shipments.length > 2 ? ' …' : ''),
      whole(promised),
      whole(worth),
    ]),
  ]);
  const span = `${base.from} to ${base.until}, ${whole(base.events)} events, ${whole(base.steps)} plans`;
  return [
    `${span}: not knowing has cost ${currency} ${whole(regret)}`,
    '',
    ...totals,
    '',
    ...worst,
    ...(recommendations.length > 0 ? ['', ...decided] : []),
    '',
  ].join('\n');
}
