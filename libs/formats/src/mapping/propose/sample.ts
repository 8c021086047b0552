import type { Parsed } from '@portolan/domain';
import { type Cell, type Table, textOfCell } from '../../tables/cell.js';
import { type Encoding, decode, endlessLine } from '../../tables/decode.js';
import { delimiters, tableOf } from '../../tables/delimited.js';
import { scan } from '../../tables/scan.js';
import { looksLikeWorkbook, tablesOf } from '../../xlsx/workbook.js';
import { type Sniffed, sniff } from './sniff.js';

/** How a table is found in its bytes, and the columns it has. */
export interface Sample {
  readonly encoding?: Encoding | undefined;
  readonly sheet?: string | undefined;
  readonly otherSheets: readonly string[];
  readonly headerRow: number;
  /** When it is not the one that would be found anyway. */
  readonly delimiter?: string | undefined;
  readonly columns: readonly Sniffed[];
  readonly flags: readonly string[];
}

/** So many rows tell what a table is. */
const ROWS = 2_000;

export function sampleOf(body: Uint8Array, sheet: string | number | undefined): Parsed<Sample> {
  return looksLikeWorkbook(body) ? ofWorkbook(body, sheet) : ofText(body);
}

function ofWorkbook(body: Uint8Array, sheet: string | number | undefined): Parsed<Sample> {
  const raw = tablesOf(body, { sheet, headerRow: 0 }, ROWS);
  if (!raw.ok) return raw;
  const largest = [...raw.value].sort((a, b) => b.rows.length * b.header.length - a.rows.length * a.header.length)[0];
  if (!largest)
    return { ok: false, faults: [{ pointer: '', message: 'is a workbook without anything in its sheets' }] };
  const headerRow = headerRowOf(largest.rows.map(({ cells }) => cells));
  const table = tablesOf(body, { sheet: largest.sheet, headerRow }, ROWS);
  if (!table.ok) return table;
  const otherSheets = raw.value.flatMap((other) => (other === largest ? [] : [other.sheet!]));
  return { ok: true, value: { sheet: largest.sheet, otherSheets, headerRow, ...columnsOf(table.value[0]!) } };
}

function ofText(body: Uint8Array): Parsed<Sample> {
  const endless = endlessLine(body);
  if (endless) return endless;
  const encoding = encodingOf(body);
  const text = decode(body, encoding);
  if (!text.ok) return text;
  const delimiter = delimiterOfAll(text.value);
  const rows = scan(text.value, delimiter, 0, ROWS);
  if (!rows.ok) return rows;
  const headerRow = headerRowOf(rows.value.map(({ cells }) => cells));
  const table = tableOf(text.value, { delimiter, headerRow }, ROWS);
  if (!table.ok) return table;
  const found = tableOf(text.value, { headerRow }, 1);
  const plain = found.ok && found.value.header.length === table.value.header.length;
  return {
    ok: true,
    value: { encoding, otherSheets: [], headerRow, ...(!plain && { delimiter }), ...columnsOf(table.value) },
  };
}

function columnsOf({ header, rows, flags = [] }: Table): Pick<Sample, 'columns' | 'flags'> {
  const columns = header.flatMap((title, index) =>
    title === ''
      ? []
      : [
          sniff(
            title,
            rows.map(({ cells }): Cell => cells[index] ?? ''),
          ),
        ],
  );
  return { columns, flags };
}

/** UTF-8 when it is, UTF-16 where every other byte is nothing, else windows-1252, in which everything is text. */
function encodingOf(body: Uint8Array): Encoding | undefined {
  if (decode(body).ok && !body.subarray(0, 1000).includes(0)) return undefined;
  if ((body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff)) return undefined;
  if (body[1] === 0) return 'utf-16le';
  return body[0] === 0 ? 'utf-16be' : 'windows-1252';
}

/** The delimiter that most of the first lines have most of. */
function delimiterOfAll(text: string): string {
  const lines = text
    .slice(0, 100_000)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 40);
  const scored = delimiters.map((delimiter) => {
    const counts = lines
      .map((line) => line.replaceAll(/"[^"]*"/g, '').split(delimiter).length - 1)
      .sort((a, b) => a - b);
    return { delimiter, usual: counts[Math.floor(counts.length / 2)] ?? 0 };
  });
  return scored.reduce((best, each) => (each.usual > best.usual ? each : best)).delimiter;
}

/** The first row that names columns: nearly as wide as the table, all its cells different words. */
function headerRowOf(rows: readonly (readonly Cell[])[]): number {
  const width = Math.max(...rows.map(filledIn), 1);
  const found = rows.slice(0, 30).findIndex((cells) => {
    const texts = cells.filter((cell) => cell !== '');
    const worded = texts.every((cell) => typeof cell === 'string' && /\p{L}/u.test(cell));
    return texts.length >= Math.max(2, width * 0.6) && worded && new Set(texts.map(textOfCell)).size === texts.length;
  });
  return found < 0 ? 1 : found + 1;
}

const filledIn = (cells: readonly Cell[]): number => cells.filter((cell) => cell !== '').length;
