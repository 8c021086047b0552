import type { Fault, Outcome, Refusal } from './outcome.js';

const SHOWN = 50;

/** For people: a line a file with what became of its items, then everything rejected with its place and reason. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ file, accepted, duplicates, rejected, refused }) => [
    file,
    String(accepted.length),
    String(duplicates.length),
    refused === undefined ? String(itemsIn(rejected)) : 'all',
  ]);
  const lines = aligned([['file', 'accepted', 'duplicate', 'rejected'], ...rows]);
  const reasons = outcomes.flatMap(reasonsOf);
  const more = reasons.length > SHOWN ? [`… and ${reasons.length - SHOWN} more; --json shows all`] : [];
  return [...lines, ...(reasons.length > 0 ? [''] : []), ...reasons.slice(0, SHOWN), ...more, ''].join('\n');
}

/** For programs: counts, and each file's items. */
export const json = (outcomes: readonly Outcome[]): string =>
  `${JSON.stringify({
    accepted: sum(outcomes, ({ accepted }) => accepted.length),
    duplicates: sum(outcomes, ({ duplicates }) => duplicates.length),
    rejected: sum(outcomes, ({ rejected, refused }) => (refused === undefined ? itemsIn(rejected) : 1)),
    files: outcomes,
  })}\n`;

function reasonsOf({ file, rejected, refused }: Outcome): string[] {
  if (refused !== undefined) return [`${file}: ${refused}`];
  return rejected.flatMap((refusal) =>
    allOf(refusal).map(
      ({ pointer, reason, value }) => `${file} item ${refusal.index}: ${pointer || '/'}${found(value)}: ${reason}`,
    ),
  );
}

/** An item with several faults lists them all under `errors`. */
const allOf = (refusal: Refusal): readonly Fault[] => refusal.errors ?? [refusal];

const found = (value: unknown): string =>
  value === undefined ? '' : ` (${(JSON.stringify(value) ?? '').slice(0, 80)})`;
const itemsIn = (rejected: readonly Refusal[]): number => new Set(rejected.map(({ index }) => index)).size;
const sum = (outcomes: readonly Outcome[], count: (outcome: Outcome) => number): number =>
  outcomes.reduce((total, outcome) => total + count(outcome), 0);

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
}
