import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { LinearProgram } from '@portolan/planning';

/** A program as lines: its rows, then some columns a line, so that no text becomes too long for one string. JSON knows no infinity: `inf`. */
export function writeProgram(file: string, { rows, columns }: LinearProgram): void {
  const target = openSync(file, 'w');
  const line = (value: unknown) => writeSync(target, `${JSON.stringify(value, finite)}\n`);
  line(rows);
  for (let from = 0; from < columns.length; from += BATCH) line(columns.slice(from, from + BATCH));
  closeSync(target);
}

export function readProgram(file: string): LinearProgram {
  const [rows, ...batches] = lines(file).map((line) => JSON.parse(line, infinite) as unknown);
  return { rows: rows as LinearProgram['rows'], columns: batches.flat() as unknown as LinearProgram['columns'] };
}

const BATCH = 10_000;

/** Cut as bytes: a whole file may be longer than a string can be. */
function lines(file: string): string[] {
  const bytes = readFileSync(file);
  const found: string[] = [];
  for (let from = 0, to; (to = bytes.indexOf(10, from)) >= 0; from = to + 1)
    found.push(bytes.toString('utf8', from, to));
  return found;
}

const finite = (_: string, value: unknown): unknown =>
  value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value;
const infinite = (_: string, value: unknown): unknown =>
  value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value;
