import type { Parsed } from '@portolan/domain';
import { type Row, type Table, textOfCell } from '../tables/cell.js';
import { unnamed } from '../tables/delimited.js';
import { Archive, WorkbookFault } from './archive.js';
import { type SheetEntry, bookOf } from './book.js';
import { type Sheet, sheetOf } from './sheet.js';

/** Is it a zip archive, as workbooks are? */
export const looksLikeWorkbook = (bytes: Uint8Array | string): bytes is Uint8Array =>
  typeof bytes !== 'string' && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

export interface SheetChoice {
  /** Name or number from 1; default all. */
  readonly sheet?: string | number | undefined;
  readonly headerRow?: number | undefined;
}

/** The sheets of an Excel workbook that have anything in them, as tables. `limit`: only so many rows of each. */
export function tablesOf(bytes: Uint8Array, choice: SheetChoice = {}, limit?: number): Parsed<Table[]> {
  try {
    const archive = new Archive(bytes);
    const book = bookOf(archive);
    const entries = chosen(book.sheets, choice.sheet);
    const rows = limit === undefined ? undefined : limit + (choice.headerRow ?? 1);
    return { ok: true, value: entries.flatMap((entry) => tableIn(sheetOf(archive, book, entry, rows), choice)) };
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error;
    return { ok: false, faults: [{ pointer: '', message: error.message }] };
  }
}

function chosen(sheets: readonly SheetEntry[], sheet: string | number | undefined): readonly SheetEntry[] {
  if (sheet === undefined) return sheets;
  const named = sheets.filter(
    ({ name }, index) => index + 1 === sheet || name.toLowerCase() === String(sheet).trim().toLowerCase(),
  );
  if (named.length > 0) return named.slice(0, 1);
  throw new WorkbookFault(
    `has no sheet ${sheet}; there are ${sheets
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 300)}`,
  );
}

function tableIn({ name, rows, merged }: Sheet, { headerRow = 1 }: SheetChoice): Table[] {
  if (rows.length === 0) return [];
  if (headerRow === 0) return [{ ...unnamed(rows), sheet: name }];
  const top = rows[headerRow - 1];
  if (!top) throw new WorkbookFault(`ends before row ${headerRow} of sheet ${name}, which should name the columns`);
  const below = rows.slice(headerRow).map((row, index): Row => ({ ...row, index }));
  const flags = merged
    .filter((range) => covers(range, top.line))
    .map((range) => `merged-header: ${range} of sheet ${name} is one cell, so that columns may lack their names`);
  return [{ header: top.cells.map(textOfCell), rows: below, sheet: name, ...(flags.length > 0 && { flags }) }];
}

/** Is the row among those of a range such as `A1:C2`? */
function covers(range: string, line: number): boolean {
  const [first = NaN, last = first] = (range.match(/\d+/g) ?? []).map(Number);
  return first <= line && line <= last;
}
