import type { Comparison } from '@portolan/replay';

/** A comparison as rows of a table, as docs/what-if.md has them: the variant's name, then whole numbers. */
export function workedTable({ variants }: Comparison): (string | number)[][] {
  const modes = [...new Set(variants.flatMap(({ difference }) => Object.keys(difference.modes)))].sort();
  return variants.map(({ name, difference: d, decisions }) => [
    name,
    ...[d.total, d.unserved, d.lateHours, d.co2eKg, ...modes.map((mode) => d.modes[mode] ?? 0)].map(Math.round),
    decisions.filter(({ only, decideBy }) => only === 'variant' && decideBy !== undefined).length,
  ]);
}

/** The row of a page's tables that begins with this name. */
export function rowIn(page: string, name: string): (string | number)[] {
  const line = page.split('\n').find((each) => each.startsWith(`| ${name} `));
  if (line === undefined) throw new Error(`no row for ${name}`);
  const [first, ...numbers] = line.split('|').slice(1, -1);
  return [first!.trim(), ...numbers.map(Number)];
}
