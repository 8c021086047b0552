import type { Fault, Millis } from '@portolan/domain';
import { itemsOf } from '../csv/csv.js';
import { headerOf } from '../csv/header.js';
import { type Item, type Reading, type Reception, pointerKey, rejected, tooMany } from '../reading.js';
import type { Table } from '../tables/cell.js';
import { tablesOf } from './workbook.js';

/**
 * An Excel workbook: each sheet a table of orders, lots or services, told apart by their columns (docs/formats-tables.md). Sheets
 * without anything are passed over; a sheet of no known table is one item that is rejected, unless there is nothing else.
 */
export function readXlsx(bytes: Uint8Array, { received }: Reception): Reading {
  const tables = tablesOf(bytes);
  if (!tables.ok) return { unreadable: tables.faults, because: 'not-a-message' };
  const many = tooMany(tables.value.reduce((sum, { rows }) => sum + rows.length, 0));
  if (many) return many;
  const headers = tables.value.map((table) => headerOf(table));
  if (headers.every((header) => !header.ok)) return { unreadable: faultsIn(headers), because: 'not-a-message' };
  const items: Item[] = [];
  let before = 0;
  tables.value.forEach((table, place) => {
    items.push(...itemsIn(table, headers[place]!, before, received));
    before += Math.max(table.rows.length, 1);
  });
  return { format: 'xlsx', items };
}

type Header = ReturnType<typeof headerOf>;

function faultsIn(headers: readonly Header[]): Fault[] {
  const faults = headers.flatMap((header) => (header.ok ? [] : header.faults));
  return faults.length > 0 ? faults : [{ pointer: '', message: 'is a workbook without anything in its sheets' }];
}

/** `index` counts rows through all sheets. */
function itemsIn(table: Table, header: Header, before: number, received: Millis): Item[] {
  if (!header.ok) return [rejected(before, `/sheets${pointerKey(table.sheet ?? '')}`, header.faults)];
  return itemsOf(table, header.value, received, '/xlsx').map((item) => ({
    ...flagged(item, table.flags),
    index: before + item.index,
  }));
}

/** Doubts about the table are doubts about each of its events. */
function flagged(item: Item, flags: readonly string[] | undefined): Item {
  if (!item.ok || flags === undefined) return item;
  const events = item.events.map((event) => {
    const extensions = event.data.extensions as { flags?: readonly string[] } | undefined;
    const all = [...(extensions?.flags ?? []), ...flags];
    return { ...event, data: { ...event.data, extensions: { ...extensions, flags: all } } } as typeof event;
  });
  return { ...item, events };
}
