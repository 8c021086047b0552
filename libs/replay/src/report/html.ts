import type { ComparedVariant, Comparison } from '../comparison/document.js';
import { type Bar, colourOf, dividedBars, legend, lines, palette } from './charts.js';
import { escaped, moment, signed, whole } from './markup.js';
import { style } from './style.js';
import { partsFrom } from './series.js';
import { variantSection } from './variant-section.js';

/** Variants on one page: more are left to the tables. */
const SHOWN = 40;
const LINES = 8;

/** A comparison as one page that needs nothing else: no network, no script. */
export function htmlReport(comparison: Comparison): string {
  const { name, base, cell, variants } = comparison;
  const span = `${moment(base.from)} to ${moment(base.until)} UTC, cell ${cell}: ${whole(base.events)} events, ${whole(base.steps)} plans`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(name)}</h1>
<p class="about">${escaped(span)}</p>
${summary(comparison)}
${costChart(comparison)}
${modeChart(comparison)}
${timeCharts(comparison)}
${variants
  .slice(0, SHOWN)
  .map((variant, index) => variantSection(comparison, variant, colourOf(index + 1)))
  .join('\n')}
</body>
</html>
`;
}

function summary({ baseline, variants, currency, unit }: Comparison): string {
  const { totals } = baseline;
  const head = ['', `Cost, ${currency}`, `of it ahead`, `Unserved, ${unit}`, `Late, ${unit}·h`, 'CO2e, t'];
  const first = [
    whole(totals.cost.total),
    whole(totals.planned),
    whole(totals.unserved.quantity),
    whole(totals.late.hours),
    whole(totals.co2eKg / 1000),
  ];
  const rows = variants.map(({ name, difference: d, quantiles }) => {
    const spread = quantiles?.of['total'];
    const runs = spread
      ? `<small>${quantiles!.runs} runs, 5 to 95 %: ${whole(spread.p5)} to ${whole(spread.p95)}</small>`
      : '';
    const cells = [d.total, d.planned, d.unserved, d.lateHours, d.co2eKg / 1000].map(differenceCell);
    return `<tr><td>${escaped(name)}${runs}</td>${cells.join('')}</tr>`;
  });
  const baselineCells = first.map((value) => `<td class="number">${value}</td>`).join('');
  return `<table>
<tr>${head.map((title, index) => `<th${index > 0 ? ' class="number"' : ''}>${escaped(title)}</th>`).join('')}</tr>
<tr class="baseline"><td>Baseline</td>${baselineCells}</tr>
${rows.join('\n')}
</table>
<p class="note">Variants as differences from the baseline. A cost below nothing is a gain: revenue is taken off.</p>`;
}

function differenceCell(value: number): string {
  const shown = signed(value);
  const kind = shown === '0' ? '' : value > 0 ? ' worse' : ' better';
  return `<td class="number${kind}">${shown}</td>`;
}

const colouredBy = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name, index) => [name, palette[index % palette.length]!]));

function costChart({ variants, baseline, currency }: Comparison): string {
  const bars = variants.slice(0, SHOWN).map(costBar);
  const parts = [...new Set(bars.flatMap((bar) => Object.keys(bar.parts)))];
  if (parts.length === 0) return '';
  const colours = colouredBy(parts);
  const title = `What it costs more or less than the baseline, ${currency}`;
  const spread = variants.some(({ quantiles }) => quantiles) ? ' The line spans 5 to 95 % of the runs.' : '';
  const note = `The baseline costs ${whole(baseline.totals.cost.total)}.${spread}`;
  return `<h2>${title}</h2><p class="note">${note}</p>${legend(colours)}${dividedBars(title, bars, colours, signed)}`;

  function costBar({ name, difference, quantiles }: ComparedVariant): Bar {
    const shown = Object.entries(difference.parts)
      .map(([part, value]) => (part === 'revenue' ? (['revenue forgone', -value] as const) : ([part, value] as const)))
      .filter(([, value]) => Math.abs(value) >= 0.5);
    const total = quantiles?.of['total'];
    const spreadOf =
      total && ([total.p5 - baseline.totals.cost.total, total.p95 - baseline.totals.cost.total] as const);
    return { name, parts: Object.fromEntries(shown), ...(spreadOf && { spread: spreadOf }) };
  }
}

function modeChart({ baseline, variants, unit }: Comparison): string {
  const bars = [{ name: 'Baseline', totals: baseline.totals }, ...variants.slice(0, SHOWN)].map(({ name, totals }) => ({
    name,
    parts: totals.modes,
  }));
  const modes = [...new Set(bars.flatMap(({ parts }) => Object.keys(parts)))].sort();
  if (modes.length === 0) return '';
  const title = `How it travels, ${unit}-kilometres`;
  const colours = colouredBy(modes);
  return `<h2>${escaped(title)}</h2>${legend(colours)}${dividedBars(title, bars, colours, whole)}`;
}

function timeCharts({ baseline, variants, currency, unit }: Comparison): string {
  // Variants that are known at the end only have nothing to show.
  if (!variants.some(({ series }) => partsFrom(baseline.series, series) < series.length - 1)) return '';
  const runs = [{ name: 'Baseline', series: baseline.series }, ...variants.slice(0, LINES)];
  const chart = (title: string, of: (point: Comparison['baseline']['series'][number]) => number, axis: string) =>
    `<h3>${escaped(title)}</h3>${lines(
      title,
      runs.map(({ name, series }) => ({ name, points: series.map((point) => ({ at: point.now, value: of(point) })) })),
      axis,
    )}`;
  return `<h2>Over time</h2>
<p class="note">Each plan, of what was still ahead then.</p>
${legend(runs.map(({ name }, index) => [name, colourOf(index)] as const))}
${chart('Cost of the plan', ({ objective }) => objective, currency)}
${chart('Late', ({ late }) => late, unit)}`;
}

/** The first plan that comes to something else. */
