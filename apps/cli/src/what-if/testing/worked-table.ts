import type { Comparison } from '@portolan/replay';

/** A comparison as rows of a Markdown table, as docs/what-if.md has them. */
export function workedTable({ currency, unit, variants }: Comparison): string[] {
  const modes = [...new Set(variants.flatMap(({ difference }) => Object.keys(difference.modes)))].sort();
  const rows = variants.map(({ name, difference: d, decisions }) => [
    name,
    signed(d.total),
    signed(d.unserved),
    signed(d.lateHours),
    signed(d.co2eKg),
    ...modes.map((mode) => signed(d.modes[mode] ?? 0)),
    String(decisions.filter(({ only, decideBy }) => only === 'variant' && decideBy !== undefined).length),
  ]);
  const units = [
    `${currency}`,
    `${unit} unserved`,
    `${unit}·h late`,
    'kg CO2e',
    ...modes.map((mode) => `${unit}·km by ${mode}`),
  ];
  return [['variant', ...units, 'decisions'], ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

const signed = (value: number): string => {
  const whole = Math.round(value);
  return whole > 0 ? `+${whole}` : String(whole);
};
