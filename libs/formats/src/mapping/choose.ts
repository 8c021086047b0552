import type { Fault, Parsed } from '@portolan/domain';
import { headerOf } from '../csv/header.js';
import { type Item, type Reading, type Reception, type Unreadable, unreadable } from '../reading.js';
import type { Table } from '../tables/cell.js';
import { charsetOf, decode, endlessLine } from '../tables/decode.js';
import { tableOf } from '../tables/delimited.js';
import { looksLikeWorkbook, tablesOf } from '../xlsx/workbook.js';
import { columnsNeeded, fits } from './columns.js';
import type { Mapping } from './document.js';
import { readMapped } from './read.js';

/** A mapping that a message is read by; or why that cannot be decided; or neither: it is no table of any. */
export interface MappingChoice {
  readonly mapping?: Mapping;
  readonly unreadable?: Unreadable;
}

interface Bytes {
  readonly body: Uint8Array | string;
  readonly contentType?: string | undefined;
}

/** The mapping that needs most of the columns that a table has. A table that is understood by itself needs none. */
export function chooseMapping(message: Bytes, mappings: readonly Mapping[]): MappingChoice {
  const start = { ...message, body: startOf(message.body) };
  const own = tablesIn(start, undefined, 1);
  if (own.ok && own.value.some((table) => headerOf(table).ok)) return {};
  const fitting = mappings
    .filter((mapping) => fitsIn(start, mapping))
    .map((mapping) => ({ mapping, columns: columnsNeeded(mapping).length }))
    .sort((a, b) => b.columns - a.columns);
  const [best, second] = fitting;
  if (best && second && second.columns === best.columns)
    return {
      unreadable: unreadable(
        `is a table that the mappings ${best.mapping.name} and ${second.mapping.name} both read: name one with format=`,
      ),
    };
  return best ? { mapping: best.mapping } : {};
}

/** A header is among the first lines; a workbook's list of parts is at its end. */
const START = 200_000;

function startOf(body: Uint8Array | string): Uint8Array | string {
  return looksLikeWorkbook(body) || body.length <= START ? body : body.slice(0, START);
}

function fitsIn(message: Bytes, mapping: Mapping): boolean {
  const tables = tablesIn(message, mapping, 1);
  return tables.ok && tables.value.some(({ header }) => fits(mapping, header));
}

function tablesIn(
  { body, contentType }: Bytes,
  mapping: Mapping | undefined,
  limit?: number,
): Parsed<readonly Table[]> {
  const layout = mapping?.table ?? {};
  if (looksLikeWorkbook(body)) return tablesOf(body, layout, limit);
  const endless = limit === undefined ? endlessLine(body) : undefined;
  if (endless) return endless;
  const named = layout.encoding ?? charsetOf(contentType);
  const encoding = named === 'utf-8' ? undefined : named;
  const atStart = limit !== undefined && encoding === undefined;
  const text = atStart ? ({ ok: true, value: startText(body) } as const) : decode(body, encoding);
  if (!text.ok) return text;
  const table = tableOf(text.value, layout, limit);
  return table.ok ? { ok: true, value: [table.value] } : table;
}

/** The start of a long text may end inside a letter. */
function startText(body: Uint8Array | string): string {
  if (typeof body === 'string') return body;
  const utf16 =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : undefined;
  return new TextDecoder(utf16 ?? 'utf-8').decode(body);
}

/** A message by its mapping: of a workbook the sheet that the mapping names, else every sheet that has its columns. */
export function readWithMapping(message: Bytes, mapping: Mapping, reception: Reception): Reading {
  const tables = tablesIn(message, mapping);
  if (!tables.ok) return { unreadable: tables.faults, because: textFault(tables.faults) };
  const fitting = tables.value.filter(({ header }) => fits(mapping, header));
  const read = (fitting.length > 0 ? fitting : tables.value.slice(0, 1)).map((table) => ({
    rows: table.rows.length,
    reading: readMapped(table, mapping, reception),
  }));
  if (read.length === 0) return unreadable('is a workbook without anything in its sheets');
  return joined(mapping.name, read);
}

const textFault = ([fault]: readonly Fault[]): Unreadable['because'] =>
  fault!.message.startsWith('is not UTF') ? 'not-text' : 'not-a-message';

/** `index` counts rows through all sheets. */
function joined(format: string, read: readonly { readonly rows: number; readonly reading: Reading }[]): Reading {
  const items: Item[] = [];
  let before = 0;
  for (const { rows, reading } of read) {
    if ('unreadable' in reading) return reading;
    for (const item of reading.items) items.push(before === 0 ? item : { ...item, index: before + item.index });
    before += rows;
  }
  return { format, items };
}
