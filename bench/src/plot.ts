import { type MeasuredRow, type Row, isMeasured } from './report.js';

const WIDTH = 760;
const LEFT = 190;
const RIGHT = 40;
const TOP = 48;
const ROW = 34;

type Warm = MeasuredRow & { readonly warm: NonNullable<MeasuredRow['warm']> };

/** A place on the logarithmic scale: pixels from milliseconds. */
type Scale = (milliseconds: number) => number;

/** The times from a change to the proven plan as SVG: a bar from the median to the 99th of a hundred, on a scale that has room for all. */
export function plotOf(rows: readonly Row[]): string {
  const drawn = rows.filter(isMeasured).filter((row): row is Warm => row.warm !== undefined);
  const height = TOP + 12 + ROW * drawn.length;
  const powers = powersFor(drawn.flatMap(({ warm }) => [warm.p50, warm.p99]));
  const [least, most] = [powers[0]!, powers.at(-1)!];
  const x: Scale = (milliseconds) =>
    LEFT + ((WIDTH - LEFT - RIGHT) * (Math.log10(milliseconds) - least)) / (most - least);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${height}" fill="white"/>
<text x="${LEFT}" y="18">From a change to the proven plan: median (dot), 90 % (line), 99 % (end of the bar)</text>
${powers.map((power) => gridLine(x(10 ** power), height, scaleText(10 ** power))).join('\n')}
${drawn.map((row, at) => bar(row, TOP + ROW * at, x)).join('\n')}
</svg>
`;
}

/** Whole powers of ten around all values, two at least. */
function powersFor(values: readonly number[]): number[] {
  const logs = values.map((value) => Math.log10(value));
  const least = Math.floor(Math.min(0, ...logs));
  const most = Math.max(least + 1, Math.ceil(Math.max(0, ...logs)));
  return Array.from({ length: most - least + 1 }, (_, at) => least + at);
}

const gridLine = (x: number, height: number, text: string): string =>
  `<line x1="${x}" x2="${x}" y1="30" y2="${height - 25}" stroke="#ddd"/>` +
  `<text x="${x}" y="${height - 8}" text-anchor="middle">${text}</text>`;

function bar({ name, warm }: Warm, y: number, x: Scale): string {
  const [p50, p90, p99] = [x(warm.p50), x(warm.p90), x(warm.p99)];
  return [
    `<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end">${name}</text>`,
    `<rect x="${p50}" y="${y - 6}" width="${Math.max(1, p99 - p50)}" height="12" fill="#9ec5e8"/>`,
    `<circle cx="${p50}" cy="${y}" r="5" fill="#1f5f99"/>`,
    `<line x1="${p90}" x2="${p90}" y1="${y - 6}" y2="${y + 6}" stroke="#1f5f99" stroke-width="2"/>`,
  ].join('');
}

const scaleText = (milliseconds: number): string =>
  milliseconds >= 1000 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;
