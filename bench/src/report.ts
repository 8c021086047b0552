import { cpus, totalmem } from 'node:os';
import type { Compared, Comparison } from './comparison.js';
import type { Measured } from './measurement.js';
import { type SolverName, solverNames } from './solvers.js';

/** A problem of the report: measured, not on this machine, or measured wrongly, and then without figures. */
export type Row =
  | ({ readonly kind: 'measured'; readonly others: Comparison } & Measured)
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'failed'; readonly name: string; readonly reason: string };

export type MeasuredRow = Extract<Row, { kind: 'measured' }>;

export const isMeasured = (row: Row): row is MeasuredRow => row.kind === 'measured';

/** The figures as a page of Markdown. */
export function pageOf(rows: readonly Row[], { date, command }: { date: string; command: string }): string {
  const compared = rows.filter(isMeasured).filter(({ others }) => Object.keys(others).length > 0);
  return `# Benchmarks of the planning core

Measured by \`${command}\` on ${date}, in one run: ${machine()}. Where no gap is given, the optimum was
proven: the certificate's gap is at most 1e-6, at the beginning and after each change.

![From a change to the proven plan](benchmarks.svg)

## From nothing, and after a change

_Cold_ is from the document to the proven optimum of the linear program. Then random changes come one by one, and p50, p90 and p99 are from a
change to the proven optimum; to write the plan down and to make it whole units is not in it. _Memory_ is resident, in a process that has
this problem only: the most until the cold plan, and at the end of the changes. _Full_ is the share of a static network's voyages that are
full in its optimal plan. A liner network is made by our own rules in the manner of LINERLIB, a hinterland by \`portolan generate\`.

${table(
  ['problem', 'demands', 'full', 'cold', 'changes', 'p50', 'p90', 'p99', 'memory'],
  rows.map((row) => (isMeasured(row) ? figuresOf(row) : [row.name, absenceOf(row), ...Array<string>(7).fill('–')])),
)}

## Against solvers that begin from scratch

Each in a process of its own, with its own defaults, without the time to load it and to give the program the shape it reads. In brackets: how
many times as long as our cold solve, and as our median change. A solver that ended has the same optimum (1e-6 relative).

- _The same problem_: as a program of arc flows, the goods of an origin together.
- _Its final itineraries only_: easier than the problem. The solver is given the itineraries that our search has found, and need not find any.

${table(
  ['problem', 'they solve', ...solverNames],
  compared.map((row) => [row.name, row.compared, ...solverNames.map((solver) => otherText(row, solver))]),
)}
`;
}

export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

const absenceOf = ({ kind }: Exclude<Row, MeasuredRow>): string =>
  kind === 'missing' ? 'not here' : 'wrong: no figures';

function figuresOf({ name, demands, full, cold, warm, memory }: MeasuredRow): string[] {
  return [
    name,
    count(demands),
    full === undefined ? '–' : `${Math.round(100 * full)} %`,
    duration(cold.milliseconds) + (cold.stopped ? `, stopped: gap ${(100 * cold.gap).toPrecision(3)} %` : ''),
    ...(warm ? [count(warm.changes), ...[warm.p50, warm.p90, warm.p99].map(duration)] : Array<string>(4).fill('–')),
    `${Math.round(memory.cold)}, ${Math.round(memory.end)} MB`,
  ];
}

function otherText({ others, cold, warm }: MeasuredRow, solver: SolverName): string {
  const other = others[solver];
  if (!other) return '–';
  if (other.kind === 'failed') return 'failed';
  if (other.kind === 'different') return `another optimum: ${other.objective}`;
  const [sign, milliseconds] = boundOf(other);
  const ratios = [cold.milliseconds, ...(warm ? [warm.p50] : [])].map((ours) => sign + ratio(milliseconds / ours));
  const time = other.kind === 'stopped' ? `${other.seconds} s` : duration(milliseconds);
  return `${sign}${time} (${ratios.join(', ')})`;
}

const boundOf = (other: Extract<Compared, { kind: 'same' | 'stopped' }>): [string, number] =>
  other.kind === 'same' ? ['', other.milliseconds] : ['> ', other.seconds * 1000];

const ratio = (value: number): string =>
  `${value >= 10 ? count(Math.round(value)) : value.toFixed(value >= 1 ? 1 : 2)} ×`;
const count = (value: number): string => value.toLocaleString('en-GB').replaceAll(',', ' ');

/** Milliseconds as people write them. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 99_950) return `${Math.round(milliseconds / 1000)} s`;
  if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds >= 9.95 ? milliseconds.toFixed(0) : milliseconds.toFixed(1)} ms`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** In three digits that matter. */
export const thousands = (value: number): string =>
  Number(value.toPrecision(3)).toLocaleString('en-GB').replaceAll(',', ' ');
