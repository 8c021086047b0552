import type { Fault, Millis } from '@portolan/domain';
import { pointerKey } from '../reading.js';
import type { Header } from './header.js';
import { kinds } from './kinds.js';
import type { Row } from './table.js';

/** A row, read: its values by column, without the empty ones, and what is wrong. */
export interface Read {
  readonly row: Row;
  readonly pointer: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}

export function recordOf({ kind, names }: Header, row: Row, received: Millis): Read {
  const pointer = `/rows/${row.index}`;
  const values: Record<string, unknown> = {};
  const faults: Fault[] = extraCells(row, names.length, pointer);
  for (const [index, name] of names.entries()) {
    const cell = row.cells[index] ?? '';
    if (name === undefined) continue;
    const { read, required } = kinds[kind][name]!;
    if (cell !== '') {
      const result = read(cell, received);
      if (result.ok) values[name] = result.value;
      else faults.push(cellFault(row, name, result.message, cell));
    } else if (required === 'cell') faults.push(cellFault(row, name, 'is required'));
  }
  return { row, pointer, values, faults };
}

/** Row, column, value, and what would be right. */
export const cellFault = ({ index, line }: Row, name: string, message: string, value?: unknown): Fault => ({
  pointer: `/rows/${index}${pointerKey(name)}`,
  ...(value !== undefined && { value }),
  message: `line ${line}, column ${name}: ${message}`,
});

function extraCells({ cells, line }: Row, columns: number, pointer: string): Fault[] {
  const extra = cells.slice(columns).filter((cell) => cell !== '');
  if (extra.length === 0) return [];
  const message = `line ${line} has ${cells.length} cells, the header names ${columns}: put cells with a delimiter inside in double quotes`;
  return [{ pointer, value: extra.join(' '), message }];
}
