import type { Fault, Outcome, Refusal } from './outcome.js';

const SHOWN = 50;

/** For people: a line a file with what became of its items, then everything rejected with its place and reason. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes
    .map(countsOf)
    .map(({ file, accepted, duplicates, rejected, refused }) => [
      file,
      String(accepted),
      String(duplicates),
      refused === undefined
        ? String(rejected)
        : rejected + accepted + duplicates === 0
          ? 'all'
          : `${rejected} and more`,
    ]);
  const lines = aligned([['file', 'accepted', 'duplicate', 'rejected'], ...rows]);
  const reasons = outcomes.flatMap(reasonsOf);
  const more = reasons.length > SHOWN ? [`… and ${reasons.length - SHOWN} more; --json shows all`] : [];
  return [...lines, ...(reasons.length > 0 ? [''] : []), ...reasons.slice(0, SHOWN), ...more, ''].join('\n');
}

/** For programs: counts, and each file's items. */
export function json(outcomes: readonly Outcome[]): string {
  const counts = outcomes.map(countsOf);
  const sum = (count: (of: Counts) => number) => counts.reduce((total, each) => total + count(each), 0);
  return `${JSON.stringify({
    accepted: sum(({ accepted }) => accepted),
    duplicates: sum(({ duplicates }) => duplicates),
    rejected: sum(({ rejected, refused }) => rejected + (refused === undefined ? 0 : 1)),
    files: outcomes,
  })}\n`;
}

interface Counts {
  readonly file: string;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly refused?: string | undefined;
}

const countsOf = ({ file, accepted, duplicates, rejected, refused, omitted }: Outcome): Counts => ({
  file,
  accepted: accepted.length + (omitted?.accepted ?? 0),
  duplicates: duplicates.length + (omitted?.duplicates ?? 0),
  rejected: itemsIn(rejected) + (omitted?.rejected ?? 0),
  refused,
});

function reasonsOf({ file, rejected, refused }: Outcome): string[] {
  const whole = refused === undefined ? [] : refused.split('\n').map((why) => `${file}: ${why}`);
  const items = rejected.flatMap((refusal) =>
    allOf(refusal).map(
      ({ pointer, reason, value }) => `${file} item ${refusal.index}: ${pointer || '/'}${found(value)}: ${reason}`,
    ),
  );
  return [...whole, ...items];
}

/** An item with several faults lists them all under `errors`. */
const allOf = (refusal: Refusal): readonly Fault[] => refusal.errors ?? [refusal];

/** A wrong value, behind its place. */
export const found = (value: unknown): string =>
  value === undefined ? '' : ` (${(JSON.stringify(value) ?? '').slice(0, 80)})`;
const itemsIn = (rejected: readonly Refusal[]): number => new Set(rejected.map(({ index }) => index)).size;

/** Columns of one width: the first to the left, the others to the `rest`. */
export function aligned(rows: readonly (readonly string[])[], rest: 'left' | 'right' = 'right'): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const padded = (cell: string, column: number) =>
    column === 0 || rest === 'left' ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return rows.map((row) => row.map(padded).join('  '));
}
