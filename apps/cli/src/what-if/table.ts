import type { Comparison } from '@portolan/replay';
import { printable } from '../output.js';
import { aligned } from '../send/report.js';

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const signed = (value: number): string => (Math.round(value) > 0 ? `+${whole(value)}` : whole(value));
const DECISIONS = 5;

/** For people: the baseline, then each variant's difference from it, and what would have had to be decided. */
export function comparisonTable({ name, currency, unit, base, baseline, variants }: Comparison): string {
  const { totals } = baseline;
  const rows = [
    ['', `cost ${currency}`, `planned ${currency}`, `unserved ${unit}`, 'late h', 't CO2e', 'orders that differ'],
    [
      'baseline',
      whole(totals.cost.total),
      whole(totals.planned),
      whole(totals.unserved.quantity),
      whole(totals.late.hours),
      whole(totals.co2eKg / 1000),
      '',
    ],
    ...variants.map(({ name: variant, difference, shipments }) => [
      variant,
      signed(difference.total),
      signed(difference.planned),
      signed(difference.unserved),
      signed(difference.lateHours),
      signed(difference.co2eKg / 1000),
      whole(shipments.length),
    ]),
  ];
  const span = `${base.from} to ${base.until}, ${whole(base.events)} events, ${whole(base.steps)} plans`;
  return `${[`${name}: ${span}`, '', ...aligned(rows), ...variants.flatMap(variantLines), ''].join('\n')}\n`;
}

function variantLines({ name, warnings, decisions, quantiles }: Comparison['variants'][number]): string[] {
  const own = decisions.filter(({ only, decideBy }) => only === 'variant' && decideBy !== undefined);
  const spread = quantiles?.of['total'];
  const lines = [
    ...warnings.map(({ pointer, message }) => `  ${printable(`${pointer} ${message}`)}`),
    ...(spread
      ? [
          `  ${quantiles!.runs} runs: cost ${whole(spread.p5)} to ${whole(spread.p95)} (5 to 95 %), half below ${whole(spread.p50)}`,
        ]
      : []),
    ...own.slice(0, DECISIONS).map(({ summary, decideBy }) => `  by ${decideBy}: ${summary}`),
    ...(own.length > DECISIONS ? [`  … and ${own.length - DECISIONS} decisions more`] : []),
  ];
  return lines.length > 0 ? ['', name, ...lines] : [];
}
