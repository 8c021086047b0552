import { cpus, totalmem } from 'node:os';
import type { Measured } from './measurement.js';
import { type SolverName, solverNames } from './solvers.js';

/** The figures as a page. */
export function pageOf(measured: readonly Measured[], { date, command }: { date: string; command: string }): string {
  const [{ model } = { model: 'unknown' }] = cpus();
  return `# Benchmarks of the planning core

Measured by \`${command}\` on ${date}, in one run: ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}. Every optimum
below was proven, the certificate's gap at most 1e-6; where another solver ended, it ended at the same objective (1e-6 relative).

![From a change to the proven plan](benchmarks.svg)

## From nothing, and after a change

Cold is from the document to the proven optimum; then random changes one by one, each from the change to the proven optimum.

${table(
  ['problem', 'demands', 'cold', 'changes', 'p50', 'p90', 'p99', 'memory'],
  measured.map((each) => [
    each.name,
    count(each.demands),
    coldText(each),
    each.warm ? count(each.warm.changes) : '–',
    each.warm ? duration(each.warm.p50) : '–',
    each.warm ? duration(each.warm.p90) : '–',
    each.warm ? duration(each.warm.p99) : '–',
    `${Math.round(each.memory)} MB`,
  ]),
)}

## Against solvers that begin from scratch

Each in a process of its own, with its own defaults, without the time to read the program. In brackets: how many times as long as the
median change takes here. *Final itineraries only* is easier than the problem: the solver is given what the search has found, and need not
prove that there is nothing better.

${table(
  ['problem', 'they solve', ...solverNames],
  measured
    .filter(({ others }) => Object.keys(others).length > 0)
    .map((each) => [each.name, each.compared, ...solverNames.map((solver) => comparisonText(each, solver))]),
)}
`;
}

function coldText({ cold }: Measured): string {
  return cold.gap > 1e-6
    ? `stopped at ${duration(cold.milliseconds)}, gap ${(100 * cold.gap).toFixed(2)} %`
    : duration(cold.milliseconds);
}

function comparisonText({ others, warm }: Measured, solver: SolverName): string {
  const solved = others[solver];
  if (!solved) return 'not in time, or wrong';
  return warm
    ? `${duration(solved.milliseconds)} (${ratio(solved.milliseconds / warm.p50)})`
    : duration(solved.milliseconds);
}

const ratio = (value: number): string => `${value >= 10 ? count(Math.round(value)) : value.toFixed(1)} ×`;
const count = (value: number): string => value.toLocaleString('en-GB').replaceAll(',', ' ');

export function duration(milliseconds: number): string {
  if (milliseconds >= 100_000) return `${Math.round(milliseconds / 1000)} s`;
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds >= 10 ? milliseconds.toFixed(0) : milliseconds.toFixed(1)} ms`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const WIDTH = 760;
const LEFT = 190;
const ROW = 34;
/** Milliseconds at the two ends of the scale, as powers of ten. */
const [LEAST, MOST] = [-1, 4];

/** The times from a change to the proven plan as a plot: a bar from the median to the 99th of a hundred, on a logarithmic scale. */
export function plotOf(measured: readonly Measured[]): string {
  const rows = measured.filter(({ warm }) => warm);
  const height = 60 + ROW * rows.length;
  const x = (milliseconds: number) => {
    const power = Math.min(MOST, Math.max(LEAST, Math.log10(milliseconds)));
    return LEFT + ((WIDTH - LEFT - 40) * (power - LEAST)) / (MOST - LEAST);
  };
  const powers = Array.from({ length: MOST - LEAST + 1 }, (_, at) => 10 ** (LEAST + at));
  const grid = powers.map(
    (value) =>
      `<line x1="${x(value)}" x2="${x(value)}" y1="30" y2="${height - 25}" stroke="#ddd"/><text x="${x(value)}" y="${height - 8}" text-anchor="middle">${scaleText(value)}</text>`,
  );
  const bars = rows.map(({ name, warm }, at) => {
    const y = 48 + ROW * at;
    const [from, to] = [x(warm!.p50), x(warm!.p99)];
    return [
      `<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end">${name}</text>`,
      `<rect x="${from}" y="${y - 6}" width="${Math.max(1, to - from)}" height="12" fill="#9ec5e8"/>`,
      `<circle cx="${from}" cy="${y}" r="5" fill="#1f5f99"/>`,
      `<line x1="${x(warm!.p90)}" x2="${x(warm!.p90)}" y1="${y - 6}" y2="${y + 6}" stroke="#1f5f99" stroke-width="2"/>`,
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${height}" fill="white"/>
<text x="${LEFT}" y="18">From a change to the proven plan: median (dot), 90 % (line), 99 % (end of the bar)</text>
${grid.join('\n')}
${bars.join('\n')}
</svg>
`;
}

const scaleText = (milliseconds: number): string =>
  milliseconds >= 1000 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;
