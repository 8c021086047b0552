import type { Cell } from '../csv/cells.js';

/** Numbers as a table writes them. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  readonly thousands?: '.' | ',' | ' ' | "'" | undefined;
}

/** A reader of numbers with that decimal sign, and perhaps something between thousands. Spaces may be narrow or unbreakable. */
export function numberReader({ decimal, thousands }: NumberStyle): (text: string) => Cell<number> {
  const gap = thousands === ' ' ? '[ \\u00a0\\u202f]' : `\\${thousands ?? ''}`;
  const whole = thousands === undefined ? '\\d+' : `(?:\\d{1,3}(?:${gap}\\d{3})+|\\d+)`;
  const shape = new RegExp(`^[+-]?${whole}(?:\\${decimal}\\d+)?(?:[eE][+-]?\\d{1,3})?$`);
  const gaps = thousands === undefined ? undefined : new RegExp(gap, 'g');
  const example = `1${thousands ?? ''}250${decimal}5`;
  return (text) => {
    const plain = gaps ? text.replaceAll(gaps, '') : text;
    const value = shape.test(text) ? Number(decimal === ',' ? plain.replace(',', '.') : plain) : NaN;
    if (Number.isFinite(value)) return { ok: true, value };
    return { ok: false, message: `must be a number with "${decimal}" as decimal sign, such as ${example}` };
  };
}
