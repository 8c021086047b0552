import type { ComparedLoads, ComparedVariant, Comparison, LoadPoint } from '../comparison/document.js';
import { HALF, INK, type Line, legend, lines } from './charts.js';
import { escaped } from './markup.js';
import { partsFrom } from './series.js';

const SHOWN = 6;
const [ROOM, DASH] = ['#7b8794', '2 3'];

/** What plans load, over time, on the resources where a variant does otherwise. */
export function loadCharts(
  { baseline, unit }: Comparison,
  { name, series, loads }: ComparedVariant,
  colour: string,
): string {
  // What is known at the end only has one plan to show, which the tables tell.
  if (loads.length === 0 || partsFrom(baseline.series, series) >= series.length - 1) return '';
  const span = [series[0]!.now, series.at(-1)!.now] as const;
  const charts = loads.slice(0, SHOWN).map((each) => {
    const title = titleOf(each);
    return `<div><h4>${escaped(title)}</h4>${lines(title, linesOf(each, name, span, colour), each.resource === 'capacity' ? unit : 'plugs', HALF)}</div>`;
  });
  return `<h3>What plans load, over time</h3>
<p class="note">Of the legs where the variant loads most otherwise. A leg that has left has nothing ahead.</p>
${legend([
  ['Baseline', INK],
  [name, colour],
  ['Room', ROOM],
])}<div class="halves">${charts.join('')}</div>`;
}

export const titleOf = ({ service, leg, resource }: Pick<ComparedLoads, 'service' | 'leg' | 'resource'>): string =>
  `${service}${leg === undefined ? '' : ` / ${leg}`}${resource === 'reeferPlugs' ? ' (reefer plugs)' : ''}`;

function linesOf(
  { baseline, variant }: ComparedLoads,
  name: string,
  span: readonly [string, string],
  colour: string,
): Line[] {
  const line = (points: readonly LoadPoint[], of: (point: LoadPoint) => number, before: number) => {
    const values = points.map((point) => ({ at: point.now, value: of(point) }));
    const first = values[0]?.at === span[0] ? [] : [{ at: span[0], value: before }];
    return [...first, ...values, { at: span[1], value: values.at(-1)?.value ?? before }];
  };
  const known = variant.length > 0 ? variant : baseline;
  return [
    { name: 'Baseline', points: line(baseline, ({ used }) => used, 0), look: { colour: INK } },
    { name, points: line(variant, ({ used }) => used, 0), look: { colour } },
    {
      name: 'Room',
      points: line(known, ({ capacity }) => capacity, known[0]!.capacity),
      look: { colour: ROOM, dash: DASH },
    },
  ];
}
