import { type Millis, formatInstant } from '@portolan/domain';
import { type Item, type Reading, type Reception, tooMany } from '../reading.js';
import type { Table } from '../tables/cell.js';
import { headerAtStart, tableOf } from '../tables/delimited.js';
import { goodsItem } from './goods.js';
import { type Header, headerOf } from './header.js';
import { recordOf } from './record.js';
import { byService, serviceItem } from './services.js';

/**
 * A table of orders, lots or services with a header row, told apart by their columns (docs/formats-tables.md). One item a row, or
 * a service; `index` counts rows under the header from 0. A header that is wrong makes the table unreadable.
 */
export function readCsv(text: string, { received }: Reception): Reading {
  const table = tableOf(text);
  if (!table.ok) return { unreadable: table.faults, because: 'not-a-message' };
  const many = tooMany(table.value.rows.length);
  if (many) return many;
  const header = headerOf(table.value);
  if (!header.ok) return { unreadable: header.faults, because: 'not-a-message' };
  return { format: `csv-${header.value.kind}`, items: itemsOf(table.value, header.value, received, '/csv') };
}

/** The items of a table whose header is known. */
export function itemsOf(table: Table, header: Header, received: Millis, source: string): Item[] {
  const { kind } = header;
  const origin = { source, time: formatInstant(received) };
  if (kind !== 'services') return table.rows.map((row) => goodsItem(kind, recordOf(header, row, received), origin));
  const records = table.rows.map((row) => recordOf(header, row, received));
  return byService(records).map((rows) => serviceItem(rows, origin));
}

/** Does a text begin with a header of more than one column? */
export const looksLikeCsv = (text: string): boolean => (headerAtStart(text)?.length ?? 0) > 1;
