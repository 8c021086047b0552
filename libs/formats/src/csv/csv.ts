import { type Reading, type Reception, tooMany } from '../reading.js';
import { goodsItem } from './goods.js';
import { headerOf } from './header.js';
import { recordOf } from './record.js';
import { byService, serviceItem } from './services.js';
import { tableOf } from './table.js';

/**
 * A table of orders, lots or services with a header row, told apart by their columns (docs/formats-csv.md). One item a row, or
 * a service; `index` counts rows under the header from 0. A header that is wrong makes the table unreadable.
 */
export function readCsv(text: string, { received }: Reception): Reading {
  const table = tableOf(text);
  if (!table.ok) return { unreadable: table.faults, because: 'not-a-message' };
  const many = tooMany(table.value.rows.length);
  if (many) return many;
  const header = headerOf(table.value);
  if (!header.ok) return { unreadable: header.faults, because: 'not-a-message' };
  const { kind } = header.value;
  const records = table.value.rows.map((row) => recordOf(header.value, row, received));
  const items =
    kind === 'services'
      ? byService(records).map((rows) => serviceItem(rows, received))
      : records.map((each) => goodsItem(kind, each, received));
  return { format: `csv-${kind}`, items };
}

/** Does a text begin with a header that is known? */
export function looksLikeCsv(text: string): boolean {
  const firstLine = text.trimStart().split('\n', 1)[0]!.slice(0, 4000);
  if (/^[[{]/.test(firstLine)) return false;
  const table = tableOf(firstLine);
  return table.ok && table.value.header.length > 1;
}
