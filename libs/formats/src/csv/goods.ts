import type { Fault } from '@portolan/domain';
import { draftOf } from '../draft.js';
import { attributeOf, contentHash } from '../json/content.js';
import { type Item, accepted, rejected } from '../reading.js';
import { rowPlace, rowPointer } from '../tables/place.js';
import { type Read, cellFault } from './record.js';

const types = { orders: 'org.portolan.order.placed', lots: 'org.portolan.lot.registered' } as const;

/** Who sent a table, and when it was received (RFC 3339). */
export interface Origin {
  readonly source: string;
  readonly time: string;
}

/** An order or a lot: one row. */
export function goodsItem(kind: 'orders' | 'lots', record: Read, origin: Origin): Item {
  const { row, pointer, values, faults } = record;
  if (faults.length > 0) return rejected(row.index, pointer, faults);
  const { revision } = values;
  const data = revision === undefined ? values : { ...values, revision: undefined };
  const attributes = attributesOf(origin, kind, String(values.id), values, revision);
  const made = draftOf(types[kind], attributes, data as never, '');
  return made.ok
    ? accepted(row.index, pointer, made.draft)
    : rejected(
        row.index,
        pointer,
        made.faults.map((fault) => inRow(fault, record)),
      );
}

/** The same row again has the same id; a changed row is a revision, which counts from when it came, or by its `revision`. */
export function attributesOf(
  { source, time }: Origin,
  kind: string,
  id: string,
  contents: unknown,
  revision?: unknown,
) {
  return {
    id: attributeOf(`${kind}/${id}@${contentHash(contents)}`),
    source,
    subject: id,
    time,
    revisionof: attributeOf(`${source}#${kind}/${id}`),
    revision: typeof revision === 'string' ? revision : undefined,
  };
}

function inRow({ pointer, message, value }: Fault, { row }: Read): Fault {
  const column = pointer.split('/')[1];
  return column
    ? cellFault(row, column, message, value)
    : { pointer: rowPointer(row), message: `${rowPlace(row)}: ${message}` };
}
