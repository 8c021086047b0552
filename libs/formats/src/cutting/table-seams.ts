import type { Fault } from '@portolan/domain';
import { MAX_ROW } from '../tables/scan.js';
import { type Before, type Seam, type Seams, counted, isBlankByte, nothing } from './seams.js';

const [LF, CR, QUOTE] = [10, 13, 34];

/** How a table is written. */
export interface Writing {
  /** Between the cells: one ASCII character. */
  readonly delimiter: string;
  /** Which row that is not empty names the columns, from 1. */
  readonly headerRow: number;
  /** What bytes beyond ASCII are read as; all that matters is which of them are spaces. */
  readonly encoding: 'utf8' | 'latin1';
  /** Does a row count that has cells, but nothing in them? */
  readonly countsEmptyCells: boolean;
}

/**
 * A table: behind rows, never inside of quotes. Each part begins with the header and what stands above it. Rows end where `scan`
 * has them end; behind a row that is none, the next line begins a row again.
 */
export class TableSeams implements Seams {
  readonly suffix = nothing;
  prefix: Uint8Array = nothing;
  private readonly separator: number;
  private readonly row: Row;
  private position = 0;
  private rowStart = 0;
  /** A line ended with CR, whose LF may follow. */
  private afterReturn = false;
  private quotedReturn = false;
  private rows = 0;
  private items = 0;
  private lines = 0;
  private header: { readonly end: number; readonly lines: number } | undefined;

  private constructor(private readonly writing: Writing) {
    this.separator = writing.delimiter.charCodeAt(0);
    this.row = new Row(writing.encoding);
  }

  /** `undefined` where the beginning of the file does not have all of the header. */
  static in(head: Buffer, writing: Writing): TableSeams | undefined {
    const probe = new TableSeams(writing);
    probe.scan(head);
    if (!probe.header) return undefined;
    const seams = new TableSeams(writing);
    seams.prefix = Buffer.from(head.subarray(0, probe.header.end));
    return seams;
  }

  /** In a part, rows and lines are counted from its own header. */
  inFile(fault: Fault, { items, lines }: Before): Fault {
    if (lines === 0) return fault;
    const message = fault.message.replace(
      /^((?:is no table: )?line )(\d+)/,
      (_, words, line) => `${words}${Number(line) - this.header!.lines + lines}`,
    );
    return { ...fault, pointer: counted(fault.pointer, '/rows', items), message };
  }

  scan(chunk: Uint8Array): readonly Seam[] {
    const seams: Seam[] = [];
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      const place = this.position + at;
      if (this.afterReturn) {
        this.afterReturn = false;
        if (byte === LF) this.endRow(place + 1, seams);
        else this.endRow(place, seams);
        if (byte === LF) continue;
      }
      if (this.row.isQuoted) this.inQuotes(byte, place);
      else if (byte === LF) this.endRow(place + 1, seams);
      else if (byte === CR) this.afterReturn = true;
      else if (byte === this.separator) this.row.endCell();
      else this.row.add(byte);
    }
    this.position += chunk.length;
    return seams;
  }

  /** A row that is too long is none: its quote was never closed. A character has up to 4 bytes. */
  private inQuotes(byte: number, place: number): void {
    this.row.add(byte);
    if (byte === LF || this.quotedReturn) this.lines += 1;
    this.quotedReturn = byte === CR;
    if (byte === LF && place - this.rowStart > 4 * MAX_ROW) this.row.giveUp();
  }

  private endRow(end: number, seams: Seam[]): void {
    const { countsEmptyCells, headerRow } = this.writing;
    this.lines += 1;
    const { isEmpty, isFilled } = this.row.end();
    this.rowStart = end;
    if (!isEmpty && this.rows < headerRow) {
      this.rows += 1;
      if (this.rows === headerRow) this.header = { end, lines: this.lines };
      return;
    }
    if (!this.header) return;
    if (isFilled || (countsEmptyCells && !isEmpty)) this.items += 1;
    seams.push({ end, next: end, items: this.items, lines: this.lines });
  }
}

/** A row while its bytes go by: RFC 4180 as `scan` reads it. */
class Row {
  private state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  private cells = 0;
  private filled = false;
  /** Is there anything in the cell that is surely no space? */
  private solid = false;
  /** Bytes of the cell beyond ASCII, which may be spaces as well. */
  private others: number[] = [];

  constructor(private readonly encoding: 'utf8' | 'latin1') {}

  get isQuoted(): boolean {
    return this.state === 'quoted';
  }

  add(byte: number): void {
    if (this.state === 'closed') this.behindQuote(byte);
    else if (byte !== QUOTE) this.character(byte);
    else if (this.state === 'quoted') this.state = 'closed';
    else if (this.state === 'start' && !this.hasOthers()) this.open();
    else this.character(byte);
  }

  /** Goes on as if it had no quotes. */
  giveUp(): void {
    this.state = 'plain';
  }

  endCell(): void {
    this.filled ||= this.solid || this.hasOthers();
    this.cells += 1;
    [this.state, this.solid, this.others] = ['start', false, []];
  }

  end(): { readonly isEmpty: boolean; readonly isFilled: boolean } {
    this.endCell();
    const { cells, filled: isFilled } = this;
    [this.cells, this.filled] = [0, false];
    return { isEmpty: cells === 1 && !isFilled, isFilled };
  }

  private open(): void {
    [this.state, this.others] = ['quoted', []];
  }

  /** Another quote is one of the text. Only spaces may follow else: what is other makes the row none. */
  private behindQuote(byte: number): void {
    if (byte === QUOTE) [this.state, this.solid] = ['quoted', true];
    else this.state = 'plain';
  }

  private character(byte: number): void {
    if (this.solid || isBlankByte(byte)) return;
    if (byte < 128) this.solid = true;
    else this.others.push(byte);
    if (this.solid && this.state === 'start') this.state = 'plain';
  }

  private hasOthers(): boolean {
    return this.others.length > 0 && Buffer.from(this.others).toString(this.encoding).trim() !== '';
  }
}
