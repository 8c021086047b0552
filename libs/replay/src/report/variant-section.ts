import type { ComparedVariant, Comparison } from '../comparison/document.js';
import { ways } from './csv.js';
import { loadCharts, titleOf } from './load-charts.js';
import { escaped, moment, signed, whole } from './markup.js';

const SHOWN = 25;

/** What a variant does, in detail. @param colour of its lines */
export function variantSection(comparison: Comparison, variant: ComparedVariant, colour: string): string {
  const { currency, unit } = comparison;
  const { name, difference: d, leaves, run, runs } = variant;
  const leaving = leaves ? `Leaves the baseline on ${moment(leaves.at)} UTC.` : 'Changes nothing.';
  const drawn = runs > 1 ? ` Details are of run ${run} of ${runs}, whose cost is the median.` : '';
  const tiles = [
    [signed(d.total), currency],
    [signed(d.unserved), `${unit} unserved`],
    [signed(d.lateHours), `${unit}·h late`],
    [signed(d.co2eKg), 'kg CO2e'],
    [whole(variant.shipments.length), 'orders that differ'],
  ].map(([value, what]) => `<div><b>${value}</b><span>${escaped(what!)}</span></div>`);
  return `<section class="variant">
<h2>${escaped(name)}</h2>
<p class="about">${leaving}${drawn}</p>
${variant.warnings.map(warning).join('')}
<div class="tiles">${tiles.join('')}</div>
${decisions(variant)}
${shipments(variant, currency)}
${resources(variant, currency)}
${loadCharts(comparison, variant, colour)}
</section>`;
}

const warning = ({ pointer, message }: ComparedVariant['warnings'][number]): string =>
  `<p class="warning">${escaped(`${pointer} ${message}`)}</p>`;

const tableOf = (head: readonly string[], rows: readonly string[]): string =>
  `<table><tr>${head.map((title) => `<th${title.startsWith('#') ? ' class="number"' : ''}>${escaped(title.replace(/^#/, ''))}</th>`).join('')}</tr>${rows.join('')}</table>`;
const more = (count: number): string =>
  count > SHOWN ? `<p class="note">… and ${whole(count - SHOWN)} more, in the CSV tables.</p>` : '';

function decisions({ decisions: all }: ComparedVariant): string {
  const own = all.filter(({ only }) => only === 'variant');
  if (own.length === 0) return '';
  const rows = own
    .slice(0, SHOWN)
    .map(
      ({ decideBy, summary, kind }) =>
        `<tr><td>${decideBy === undefined ? '' : moment(decideBy)}</td><td>${escaped(kind)}</td><td>${escaped(briefly(summary))}</td></tr>`,
    );
  const gone = all.length - own.length;
  const instead =
    gone > 0 ? `<p class="note">${whole(gone)} proposals of the baseline would not have been made.</p>` : '';
  return `<h3>What would have had to be decided, and by when</h3>${tableOf(['By', 'Kind', 'Proposal'], rows)}${more(own.length)}${instead}`;
}

const briefly = (text: string): string => (text.length > 320 ? `${text.slice(0, 319)}…` : text);

function shipments({ shipments: all }: ComparedVariant, currency: string): string {
  if (all.length === 0) return '';
  const rows = all.slice(0, SHOWN).map(({ order, customer, baseline, variant, costs, causes, bottlenecks }) => {
    const why = [
      ...causes.map(({ summary }) => summary),
      ...(bottlenecks.length > 0 ? [`another price for room on ${bottlenecks.slice(0, 4).join(', ')}`] : []),
    ];
    const after = [ways(variant), ...(variant?.reason === undefined ? [] : [variant.reason])].join(': ');
    return `<tr><td>${escaped(order)}<small>${escaped(customer ?? '')}</small></td><td class="number">${signed(costs)}</td><td>${escaped(ways(baseline))}</td><td>${escaped(after)}</td><td><small>${escaped(why.slice(0, 3).join('; '))}</small></td></tr>`;
  });
  const head = ['Order', `#Costs more, ${currency}`, 'Baseline', 'Instead', 'Why'];
  return `<h3>Orders that differ most</h3>${tableOf(head, rows)}${more(all.length)}`;
}

function resources({ resources: all }: ComparedVariant, currency: string): string {
  const dear = all.filter(({ baseline, variant }) => (baseline?.shadowPrice ?? 0) !== (variant?.shadowPrice ?? 0));
  if (dear.length === 0) return '';
  const cell = (load: ComparedVariant['resources'][number]['baseline']) =>
    load
      ? `<td class="number">${whole(load.used)} of ${whole(load.capacity)}</td><td class="number">${whole(-load.shadowPrice)}</td>`
      : '<td></td><td></td>';
  const rows = dear
    .slice(0, SHOWN)
    .map(
      ({ baseline, variant, ...name }) =>
        `<tr><td>${escaped(titleOf(name))}</td>${cell(baseline)}${cell(variant)}</tr>`,
    );
  const head = ['Leg', '#Baseline: load', `#${currency} for one more`, '#Variant: load', `#${currency} for one more`];
  return `<h3>What one more place would be worth</h3>${tableOf(head, rows)}${more(dear.length)}`;
}
