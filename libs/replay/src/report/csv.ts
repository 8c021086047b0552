import type { Comparison } from '../comparison/document.js';

type Cell = string | number | undefined;

/** The comparison as tables, by file name (RFC 4180). */
export function csvFiles({ baseline, variants }: Comparison): Readonly<Record<string, string>> {
  const parts = Object.keys(baseline.totals.cost);
  const totals = [{ name: 'baseline', totals: baseline.totals }, ...variants].map(({ name, totals: t }): Cell[] => [
    name,
    t.planned,
    t.unserved.orders,
    t.unserved.quantity,
    t.late.orders,
    t.late.quantity,
    t.late.hours,
    t.co2eKg,
    ...Object.values(t.cost),
  ]);
  const series = [{ name: 'baseline', series: baseline.series }, ...variants].flatMap(({ name, series: points }) =>
    points.map(({ now, objective, unserved, late, co2eKg }): Cell[] => [name, now, objective, unserved, late, co2eKg]),
  );
  const shipments = variants.flatMap(({ name, shipments: all }) =>
    all.map((each): Cell[] => [
      name,
      each.order,
      each.customer,
      each.costs,
      each.baseline?.cost,
      each.variant?.cost,
      ways(each.baseline),
      ways(each.variant),
      each.causes.map(({ summary }) => summary).join('; '),
      each.bottlenecks.join('; '),
    ]),
  );
  const resources = variants.flatMap(({ name, resources: all }) =>
    all.map(({ service, leg, resource, baseline: a, variant: b }): Cell[] => [
      name,
      service,
      leg,
      resource,
      ...[a?.used, a?.capacity, a?.shadowPrice, b?.used, b?.capacity, b?.shadowPrice],
    ]),
  );
  const loads = variants.flatMap(({ name, loads: all }) =>
    all.flatMap(({ service, leg, resource, ...runs }) =>
      (['baseline', 'variant'] as const).flatMap((run) =>
        runs[run].map(({ now, used, capacity, shadowPrice }): Cell[] => [
          ...[name, service, leg, resource],
          ...[run, now, used, capacity, shadowPrice],
        ]),
      ),
    ),
  );
  const decisions = variants.flatMap(({ name, decisions: all }) =>
    all.map(({ only, kind, summary, proposed, decideBy, accepted }): Cell[] => [
      name,
      only,
      kind,
      summary,
      proposed,
      decideBy,
      accepted ? 'accepted' : 'open',
    ]),
  );
  return {
    'totals.csv': table(
      ['run', 'planned', 'unservedOrders', 'unserved', 'lateOrders', 'late', 'lateHours', 'co2eKg', ...parts],
      totals,
    ),
    'series.csv': table(['run', 'now', 'objective', 'unserved', 'late', 'co2eKg'], series),
    'shipments.csv': table(
      [
        'variant',
        'order',
        'customer',
        'costsMore',
        'costBaseline',
        'costVariant',
        'waysBaseline',
        'waysVariant',
        'causes',
        'bottlenecks',
      ],
      shipments,
    ),
    'resources.csv': table(
      [
        'variant',
        'service',
        'leg',
        'resource',
        'usedBaseline',
        'capacityBaseline',
        'priceBaseline',
        'usedVariant',
        'capacityVariant',
        'priceVariant',
      ],
      resources,
    ),
    'loads.csv': table(['variant', 'service', 'leg', 'resource', 'run', 'now', 'used', 'capacity', 'price'], loads),
    'decisions.csv': table(['variant', 'only', 'kind', 'summary', 'proposed', 'decideBy', 'answer'], decisions),
  };
}

/** `4 × BARGE/1 > TRUCK; 2 unserved` */
export function ways(side: Comparison['variants'][number]['shipments'][number]['baseline']): string {
  if (!side) return '';
  const moved = side.journeys.map(({ quantity, legs }) => `${quantity} × ${legs.join(' > ')}`);
  return [...moved, ...(side.unserved > 0 ? [`${side.unserved} unserved`] : [])].join('; ');
}

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');

/** Text that a spreadsheet would take for a formula begins with an apostrophe. */
function cellText(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const harmless = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
