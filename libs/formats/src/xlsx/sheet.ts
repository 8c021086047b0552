import { type Cell, type Row, SheetError, SheetMoment } from '../tables/cell.js';
import { type Archive, WorkbookFault } from './archive.js';
import type { Book, SheetEntry } from './book.js';
import { momentOfSerial } from './serial.js';
import { type Attributes, walk } from './xml.js';

/** Limits of one sheet. What it claims of its size does not matter, only the cells that are there. */
export const MAX_COLUMNS = 1_000;
const MAX_ROWS = 200_000;
const MAX_CELLS = 4_000_000;
const MAX_TEXT = 40_000_000;

export interface Sheet {
  readonly name: string;
  /** Rows with something in them; `line` is the number of the row in the sheet. */
  readonly rows: readonly Row[];
  /** Ranges of merged cells, such as `A1:C1`. */
  readonly merged: readonly string[];
}

/** A sheet, cell by cell (ECMA-376 part 1, 18.3): formulas count by their results. `limit`: only so many rows. */
export function sheetOf(archive: Archive, book: Book, entry: SheetEntry, limit = Infinity): Sheet {
  const reader = new SheetReader(book, entry.name, limit);
  walk(archive, entry.part, reader);
  return { name: entry.name, rows: reader.rows, merged: reader.merged };
}

class SheetReader {
  readonly rows: Row[] = [];
  readonly merged: string[] = [];
  private cells: Cell[] = [];
  private line = 0;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private inValue = false;
  private counted = 0;
  private characters = 0;

  constructor(
    private readonly book: Book,
    private readonly name: string,
    private readonly limit: number,
  ) {}

  open(name: string, attributes: Attributes): boolean {
    if (name === 'row') this.openRow(attributes);
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'mergeCell' && this.merged.length < 1000) this.merged.push(attributes.ref ?? '');
    this.inValue = name === 'v' || name === 't';
    return true;
  }

  text(text: string): void {
    if (this.inValue) this.value += text;
  }

  close(name: string): boolean {
    this.inValue = false;
    if (name === 'c') this.closeCell();
    if (name === 'row') this.closeRow();
    return this.rows.length < this.limit;
  }

  /** Rows and cells may leave out where they are: then they follow the one before. */
  private openRow({ r }: Attributes): void {
    this.line = r === undefined ? this.line + 1 : Number(r);
    this.cells = [];
    this.column = -1;
  }

  private openCell({ r, t, s }: Attributes): void {
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    if (!(this.column < MAX_COLUMNS))
      throw new WorkbookFault(
        `has a cell (${(r ?? '').slice(0, 12)}) beyond column ${MAX_COLUMNS} in sheet ${this.name}: a table has fewer`,
      );
    this.type = t ?? 'n';
    this.style = Number(s ?? 0);
    this.value = '';
  }

  private closeCell(): void {
    const cell = this.cell();
    if (cell === '') return;
    this.counted += 1;
    this.characters += this.value.length;
    if (this.counted > MAX_CELLS || this.characters > MAX_TEXT)
      throw new WorkbookFault(`has more cells or text in sheet ${this.name} than are read at once: send it in parts`);
    while (this.cells.length < this.column) this.cells.push('');
    this.cells[this.column] = cell;
  }

  private closeRow(): void {
    if (this.cells.length === 0) return;
    if (this.rows.length >= MAX_ROWS)
      throw new WorkbookFault(`has more than ${MAX_ROWS} rows in sheet ${this.name}: send it in parts`);
    this.rows.push({ index: this.rows.length, line: this.line, cells: this.cells, sheet: this.name });
  }

  private cell(): Cell {
    const { type, value, book } = this;
    if (type === 's') return (book.strings[Number(value)] ?? '').trim();
    if (type === 'str' || type === 'inlineStr') return value.trim();
    if (value === '') return '';
    if (type === 'b') return value === '1' || value === 'true';
    if (type === 'e') return new SheetError(value);
    if (type === 'd') return new SheetMoment(value.replace(/Z$/, ''));
    return this.number(Number(value));
  }

  private number(value: number): Cell {
    const moment = this.book.dates[this.style] ? momentOfSerial(value, this.book.from1904) : undefined;
    if (moment !== undefined) return new SheetMoment(moment);
    // Spreadsheets keep 15 digits: what is behind them is noise of the binary fraction.
    return Number.isFinite(value) ? Number(value.toPrecision(15)) : new SheetError(this.value.slice(0, 40));
  }
}

/** `C7` is in column 2. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < 4; at += 1) {
    const code = reference.charCodeAt(at) & ~32;
    if (!(code >= 65 && code <= 90)) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}
