import { formatInstant } from '@portolan/domain';
import { goodsItem } from '../csv/goods.js';
import type { Read as Record } from '../csv/record.js';
import { byService, serviceItem } from '../csv/services.js';
import { type Item, type Reading, type Reception, tooMany } from '../reading.js';
import type { Table } from '../tables/cell.js';
import { columnFaults } from './columns.js';
import type { Mapping } from './document.js';
import { eventItem } from './events.js';
import { eventTypeOf } from './kinds.js';
import { recordsOf } from './rows.js';

/**
 * A table as its mapping tells: an item a row that passes the filter, or a service. `index` counts rows under the header from 0.
 * A table without a column that the mapping reads is unreadable.
 */
export function readMapped(table: Table, mapping: Mapping, { received }: Reception): Reading {
  const many = tooMany(table.rows.length);
  if (many) return many;
  const missing = columnFaults(mapping, table);
  if (missing.length > 0) return { unreadable: missing, because: 'not-a-message' };
  const origin = { source: mapping.source ?? `/tables/${mapping.name}`, time: formatInstant(received) };
  return { format: mapping.name, items: itemsOf(recordsOf(table, mapping, received), mapping.kind, origin) };
}

function itemsOf(records: readonly Record[], kind: string, origin: { source: string; time: string }): Item[] {
  if (kind === 'orders' || kind === 'lots') return records.map((record) => goodsItem(kind, record, origin));
  if (kind === 'services') return byService(records).map((rows) => serviceItem(rows, origin));
  if (kind === 'rates') return records.map((record) => serviceItem([asRelation(record)], origin));
  return records.map((record) => eventItem(eventTypeOf(kind)!, record, origin));
}

/** A truck relation is told by its ends, unless it has a name. */
function asRelation(record: Record): Record {
  const { mode = 'truck', from, to } = record.values;
  const service = record.values.service ?? `${String(mode).toUpperCase()}-${String(from)}-${String(to)}`;
  return { ...record, values: { ...record.values, mode, service } };
}
