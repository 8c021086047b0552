import { escaped, moment, whole } from './markup.js';
import { scaleOf } from './scale.js';

/** Told apart also by people who see few colours, and in grey (Okabe and Ito). */
export const palette = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#7f3c8d',
  '#8c8c00',
  '#5b6770',
  '#b0413e',
];
export const INK = '#1f2933';
const [WIDTH, GRID] = [920, '#d9dee3'];

const svg = (height: number, title: string, content: string, width = WIDTH): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">${content}</svg>`;

const text = (x: number, y: number, content: string, extra = ''): string =>
  `<text x="${fixed(x)}" y="${fixed(y)}" ${extra}>${escaped(content)}</text>`;
const line = (x1: number, y1: number, x2: number, y2: number, colour = GRID, extra = ''): string =>
  `<line x1="${fixed(x1)}" y1="${fixed(y1)}" x2="${fixed(x2)}" y2="${fixed(y2)}" stroke="${colour}" ${extra}/>`;
const rect = (x: number, y: number, width: number, height: number, colour: string, title: string): string =>
  `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(Math.max(0, width))}" height="${fixed(height)}" fill="${colour}"><title>${escaped(title)}</title></rect>`;
const fixed = (value: number): string => String(Math.round(value * 10) / 10);
const shortened = (name: string, length: number): string =>
  name.length > length ? `${name.slice(0, length - 1)}…` : name;

export interface Bar {
  readonly name: string;
  /** By part; negative ones go to the left. */
  readonly parts: Readonly<Record<string, number>>;
  /** From and to, where it is spread over draws. */
  readonly spread?: readonly [number, number];
}

const [LABELS, ROW, MARGIN] = [230, 30, 60];

/** Bars of parts on both sides of nothing, one below the other, with the sum of each at its end as `number` writes it. */
export function dividedBars(
  title: string,
  bars: readonly Bar[],
  colours: ReadonlyMap<string, string>,
  number: (value: number) => string,
): string {
  const sides = bars.flatMap(({ parts, spread }) => [...sidesOf(parts), ...(spread ?? [])]);
  const scale = scaleOf([0, ...sides], LABELS, WIDTH - MARGIN, 6);
  const height = bars.length * ROW + 40;
  const axis = scale.ticks.map(
    (tick) =>
      line(scale.at(tick), 10, scale.at(tick), height - 28, tick === 0 ? INK : GRID) +
      text(scale.at(tick), height - 10, whole(tick), 'text-anchor="middle" class="tick"'),
  );
  const rows = bars.map((bar, index) => barRow(bar, 14 + index * ROW, { at: scale.at, colours, number }));
  return svg(height, title, [...axis, ...rows].join(''));
}

function sidesOf(parts: Bar['parts']): [number, number] {
  const values = Object.values(parts);
  const sum = (of: readonly number[]) => of.reduce((total, value) => total + value, 0);
  return [sum(values.filter((value) => value < 0)), sum(values.filter((value) => value > 0))];
}

interface BarLook {
  readonly at: (value: number) => number;
  readonly colours: ReadonlyMap<string, string>;
  readonly number: (value: number) => string;
}

function barRow({ name, parts, spread }: Bar, y: number, { at, colours, number }: BarLook): string {
  let [left, right] = [0, 0];
  const rects = Object.entries(parts).map(([part, value]) => {
    const from = value < 0 ? (left += value) : right;
    if (value > 0) right += value;
    const x = at(from);
    return rect(
      x,
      y,
      at(from + Math.abs(value)) - x,
      ROW - 10,
      colours.get(part) ?? '#999',
      `${part} ${number(value)}`,
    );
  });
  const middle = y + (ROW - 10) / 2;
  const whisker = spread
    ? line(at(spread[0]), middle, at(spread[1]), middle, INK, 'stroke-width="2"') +
      spread.map((end) => line(at(end), middle - 6, at(end), middle + 6, INK, 'stroke-width="2"')).join('')
    : '';
  const sum = left + right;
  const end = Math.max(at(right), spread ? at(spread[1]) : 0) + 6;
  return (
    text(LABELS - 10, middle + 4, shortened(name, 34), 'text-anchor="end"') +
    rects.join('') +
    whisker +
    text(end, middle + 4, number(sum), 'class="sum"')
  );
}

export interface Line {
  readonly name: string;
  readonly points: readonly { readonly at: string; readonly value: number }[];
  /** Default by its place among the lines. */
  readonly look?: { readonly colour: string; readonly dash?: string };
}

export interface LinesLook {
  readonly width: number;
  /** Of the plot alone. */
  readonly height: number;
  /** For the axis of values. */
  readonly left: number;
  /** About so many of each axis. */
  readonly ticks: { readonly values: number; readonly days: number };
}

const TOP = 14;
const WIDE: LinesLook = { width: WIDTH, height: 240, left: 84, ticks: { values: 5, days: 12 } };
/** Two beside each other. */
export const HALF: LinesLook = { width: 450, height: 110, left: 44, ticks: { values: 3, days: 5 } };

/** Values over time; they hold until the next. */
export function lines(title: string, all: readonly Line[], unit: string, look = WIDE): string {
  const { width, height, left, ticks } = look;
  const points = all.flatMap((each) => each.points);
  const times = points.map(({ at }) => Date.parse(at));
  const [first, last] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  const x = (instant: string) =>
    left + ((Date.parse(instant) - first) / Math.max(1, last - first)) * (width - left - 20);
  const y = scaleOf(
    points.map(({ value }) => value),
    TOP + height,
    TOP,
    ticks.values,
  );
  const grid = y.ticks.map(
    (tick) =>
      line(left, y.at(tick), width - 20, y.at(tick)) +
      text(left - 8, y.at(tick) + 4, whole(tick), 'text-anchor="end" class="tick"'),
  );
  const days = daysBetween(first, last, ticks.days).map((day) =>
    text(x(day), TOP + height + 20, moment(day).slice(0, -6), 'text-anchor="middle" class="tick"'),
  );
  const paths = all.map(({ name, points: own, look: asked }, index) => {
    const { colour, dash = 'none' } = asked ?? lookOf(index);
    const steps = own.map(({ at, value }, place) => {
      const [px, py] = [fixed(x(at)), fixed(y.at(value))];
      return place === 0 ? `M${px} ${py}` : `H${px}V${py}`;
    });
    return `<path d="${steps.join('')}" fill="none" stroke="${colour}" stroke-width="${index === 0 ? 2.5 : 1.8}" stroke-dasharray="${dash}"><title>${escaped(name)}</title></path>`;
  });
  const caption = text(left, 9, unit, 'class="tick"');
  return svg(TOP + height + 30, title, [...grid, ...days, ...paths, caption].join(''), width);
}

/** The baseline is ink. */
export const colourOf = (index: number): string => (index === 0 ? INK : palette[(index - 1) % palette.length]!);

const lookOf = (index: number): NonNullable<Line['look']> => ({
  colour: colourOf(index),
  dash: index === 0 ? 'none' : ['none', '7 3', '3 3', '9 3 2 3'][(index - 1) % 4]!,
});

function daysBetween(first: number, last: number, most: number): string[] {
  const DAY = 86_400_000;
  const every = Math.max(1, Math.ceil((last - first) / DAY / most)) * DAY;
  const days: string[] = [];
  for (let day = Math.ceil(first / DAY) * DAY; day <= last; day += every) days.push(new Date(day).toISOString());
  return days;
}

/** What the colours mean. */
export const legend = (entries: Iterable<readonly [name: string, colour: string]>): string =>
  `<p class="legend">${[...entries]
    .map(([name, colour]) => `<span><i style="background:${colour}"></i>${escaped(name)}</span>`)
    .join('')}</p>`;
