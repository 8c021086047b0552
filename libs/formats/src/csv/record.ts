import type { Fault, Millis } from '@portolan/domain';
import { pointerKey } from '../reading.js';
import { type Cell, type Row, SheetError, textOfCell } from '../tables/cell.js';
import { rowPlace, rowPointer } from '../tables/place.js';
import type { Header } from './header.js';

/** A row, read: its values by column, without the empty ones, and what is wrong. */
export interface Read {
  readonly row: Row;
  readonly pointer: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}

export function recordOf({ columns, width }: Header, row: Row, received: Millis): Read {
  const pointer = rowPointer(row);
  const values: Record<string, unknown> = {};
  const faults: Fault[] = extraCells(row, width, pointer);
  for (const { index, name, read, required } of columns) {
    const cell = row.cells[index] ?? '';
    if (cell !== '') {
      const result = cell instanceof SheetError ? sheetError(cell) : read(textOfCell(cell), received);
      if (result.ok) values[name] = result.value;
      else faults.push(cellFault(row, name, result.message, textOfCell(cell)));
    } else if (required === 'cell') faults.push(cellFault(row, name, 'is required'));
  }
  return { row, pointer, values, faults };
}

export const sheetError = ({ text }: SheetError) =>
  ({ ok: false, message: `is an error of the spreadsheet (${text}): mend its formula` }) as const;

/** Row, column, value, and what would be right. */
export const cellFault = (row: Row, name: string, message: string, value?: unknown): Fault => ({
  pointer: `${rowPointer(row)}${pointerKey(name)}`,
  ...(value !== undefined && { value }),
  message: `${rowPlace(row)}, column ${name}: ${message}`,
});

/** Cells beyond the header: mostly a delimiter inside a cell that has no quotes. */
export function extraCells(row: Row, width: number, pointer: string): Fault[] {
  if (row.cells.length <= width) return [];
  const extra = row.cells.slice(width).filter((cell: Cell) => cell !== '');
  if (extra.length === 0) return [];
  const message = `${rowPlace(row)} has ${row.cells.length} cells, the header names ${width}: put cells with a delimiter inside in double quotes`;
  return [{ pointer, value: extra.map(textOfCell).join(' '), message }];
}
