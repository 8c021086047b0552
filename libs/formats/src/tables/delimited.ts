import type { Parsed } from '@portolan/domain';
import { MAX_ITEMS } from '../reading.js';
import { type Row, type Table, textOfCell } from './cell.js';
import { MAX_ROW, scan } from './scan.js';

export const delimiters = [',', ';', '\t', '|'];

export interface Layout {
  /** Between the cells; default: whichever of `,` `;` tab and `|` the header has most of. */
  readonly delimiter?: string | undefined;
  /** Which row that is not empty names the columns, from 1; 0: none does. */
  readonly headerRow?: number | undefined;
}

/** One more than a message may have: enough to tell that there are too many. */
const MOST = MAX_ITEMS + 1;

/** Text as a table: RFC 4180. What stands above the header is passed over, and so are empty rows. `limit`: only so many rows. */
export function tableOf(text: string, { delimiter, headerRow = 1 }: Layout = {}, limit = MOST): Parsed<Table> {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const rows = scan(body, delimiter ?? delimiterOf(body, headerRow), -headerRow, headerRow + limit);
  if (!rows.ok) return rows;
  if (headerRow === 0) return { ok: true, value: unnamed(rows.value) };
  const header = rows.value[headerRow - 1];
  if (!header) return { ok: false, faults: [{ pointer: '', message: withoutHeader(headerRow) }] };
  return { ok: true, value: { header: header.cells.map(textOfCell), rows: rows.value.slice(headerRow) } };
}

/** Columns without names are called by their numbers, from 1. */
export function unnamed(rows: readonly Row[]): Table {
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  return { header: Array.from({ length: width }, (_, index) => String(index + 1)), rows };
}

const withoutHeader = (headerRow: number): string =>
  headerRow === 1
    ? 'is empty: the first line must name the columns'
    : `ends before row ${headerRow}, which should name the columns`;

/** The delimiter that the header has most of, outside quotes. */
export function delimiterOf(text: string, headerRow = 1): string {
  const line = lineOf(text, headerRow).replaceAll(/"[^"]*"/g, '');
  const counted = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}

/** Looks no further than a row may be long. */
function lineOf(text: string, number: number): string {
  const wanted = Math.max(number, 1);
  const lines = text
    .slice(0, MAX_ROW * wanted)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  return (lines[wanted - 1] ?? '').slice(0, MAX_ROW);
}

/** The header that a text begins with, as far as its first line tells; `undefined` for JSON and what is no table. */
export function headerAtStart(text: string): readonly string[] | undefined {
  const firstLine = text
    .trimStart()
    .slice(0, 4000)
    .split(/[\n\r]/, 1)[0]!;
  const table = /^[[{]/.test(firstLine) ? undefined : tableOf(firstLine);
  return table?.ok ? table.value.header : undefined;
}
