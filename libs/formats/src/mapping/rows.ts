import type { Fault, Millis } from '@portolan/domain';
import { type Read, extraCells } from '../csv/record.js';
import { pointerKey } from '../reading.js';
import { type Cell, type Row, SheetError, type Table, textOfCell } from '../tables/cell.js';
import { rowPlace, rowPointer } from '../tables/place.js';
import { columnsOfRule, placesIn, plainColumn } from './columns.js';
import type { Condition, Mapping } from './document.js';
import { type Field, Unlisted, fieldOf } from './field.js';
import { targetsOf } from './targets.js';

/** The rows of a table that a mapping reads, by its fields; what no field reads is among `extensions`. */
export function recordsOf(table: Table, mapping: Mapping, received: Millis): Read[] {
  const places = placesIn(table.header);
  const targets = targetsOf(mapping.kind);
  const fields = Object.entries(mapping.fields).map(([name, rule]) =>
    fieldOf(name, rule, targets[name]!, mapping.table ?? {}, places),
  );
  const conditions = (mapping.rows ?? []).map((condition) => holds(condition, places));
  const rest = mapping.rest === 'drop' ? [] : restOf(table, mapping);
  return table.rows
    .filter((row) => conditions.every((condition) => condition(row)))
    .map((row) => recordOf(table, fields, rest, row, received));
}

function recordOf(
  { header, flags }: Table,
  fields: readonly Field[],
  rest: readonly number[],
  row: Row,
  received: Millis,
): Read {
  const pointer = rowPointer(row);
  const values: Record<string, unknown> = {};
  const faults: Fault[] = extraCells(row, header.length, pointer);
  for (const field of fields) {
    const raw = field.raw(row);
    if (raw === '') {
      if (field.required) faults.push(faultOf(row, field, 'is required'));
      continue;
    }
    const result = raw instanceof Unlisted ? unlisted : field.read(raw, received);
    if (result.ok) values[field.name] = result.value;
    else faults.push(faultOf(row, field, result.message, raw));
  }
  const kept = rest.flatMap((index) =>
    isEmpty(row.cells[index]) ? [] : [[header[index]!, plain(row.cells[index]!)] as const],
  );
  if (flags) kept.push(['flags', [...flags]]);
  if (kept.length > 0) values.extensions = Object.fromEntries(kept);
  return { row, pointer, values, faults };
}

const unlisted = {
  ok: false,
  message: 'is not among the `values` of the mapping: add it, or say what `otherwise`',
} as const;

/** Column, field, and what would be right. */
const faultOf = (row: Row, { name, from }: Field, message: string, value?: Cell): Fault => ({
  pointer: `${rowPointer(row)}${pointerKey(from || name)}`,
  ...(value !== undefined && { value: plain(value) }),
  message: `${rowPlace(row)}, ${from ? `column ${from} (${name})` : name}: ${message}`,
});

const isEmpty = (cell: Cell | undefined): boolean => cell === undefined || cell === '';
const plain = (cell: Cell): unknown => (typeof cell === 'object' ? cell.text : cell);

/** Columns that no field reads. */
function restOf({ header }: Table, { fields }: Mapping): number[] {
  const read = new Set(Object.values(fields).flatMap(columnsOfRule).map(plainColumn));
  return header.flatMap((title, index) => (title === '' || read.has(plainColumn(title)) ? [] : [index]));
}

function holds(condition: Condition, places: ReadonlyMap<string, number>): (row: Row) => boolean {
  const place = places.get(plainColumn(condition.column)) ?? -1;
  const listed = new Set((condition.in ?? condition.notIn)!.map((value) => String(value).trim().toLowerCase()));
  const wanted = condition.in !== undefined;
  return ({ cells }) => {
    const cell = cells[place] ?? '';
    return listed.has(cell instanceof SheetError ? cell.text : textOfCell(cell).toLowerCase()) === wanted;
  };
}
