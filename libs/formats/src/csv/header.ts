import type { Fault, Parsed } from '@portolan/domain';
import { nearest } from '../nearest.js';
import type { Table } from '../tables/cell.js';
import { headerPointer } from '../tables/place.js';
import { type Column, type Columns, type Kind, kinds } from './kinds.js';

export interface Header {
  readonly kind: Kind;
  /** The columns known, each with its place in a row. */
  readonly columns: readonly (Column & { readonly index: number; readonly name: string })[];
  /** How many columns the header has. */
  readonly width: number;
}

/** A column's name as it is compared. */
export const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** Which table a header is of, and its columns; case, spaces, `_` and `-` in names do not matter. */
export function headerOf(table: Table): Parsed<Header> {
  const kind = kindOf(table.header);
  if (!kind) return { ok: false, faults: [unknownTable(table)] };
  const columns = kinds[kind];
  const names = table.header.map((title) => Object.keys(columns).find((name) => plain(name) === plain(title)));
  const faults = [
    ...unknownColumns(table, names, kind),
    ...repeated(table, names),
    ...missing(table, columns, names, kind),
  ];
  return faults.length > 0
    ? { ok: false, faults }
    : { ok: true, value: { kind, columns: placed(columns, names), width: names.length } };
}

const placed = (columns: Columns, names: readonly (string | undefined)[]): Header['columns'] =>
  names.flatMap((name, index) => (name === undefined ? [] : [{ ...columns[name]!, index, name }]));

/** The kind that knows most of the columns, provided that it knows its first, the identifier. */
function kindOf(header: readonly string[]): Kind | undefined {
  const titles = new Set(header.map(plain));
  const scored = (Object.keys(kinds) as Kind[]).map((kind) => {
    const names = Object.keys(kinds[kind]);
    const known = names.filter((name) => titles.has(plain(name))).length;
    const needed = Object.values(kinds[kind]).filter(
      ({ required }, index) => required && titles.has(plain(names[index]!)),
    ).length;
    return { kind, score: titles.has(plain(names[0]!)) ? known + needed : 0 };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 2 ? best.kind : undefined;
}

function unknownTable({ header, sheet }: Table): Fault {
  const needed = (Object.keys(kinds) as Kind[]).map((kind) => `${kind} (${requiredOf(kinds[kind]).join(', ')} …)`);
  const value = header.join(', ').slice(0, 200);
  return {
    pointer: headerPointer({ sheet }),
    value,
    message: `is the header of no table known here: ${needed.join('; ')}`,
  };
}

const requiredOf = (columns: Columns): string[] =>
  Object.entries(columns).flatMap(([name, { required }]) => (required ? [name] : []));

/** Spreadsheets often leave an empty column at the end: only one with something in it matters. */
function unknownColumns({ header, rows, sheet }: Table, names: readonly (string | undefined)[], kind: Kind): Fault[] {
  return header.flatMap((title, index) => {
    if (names[index] !== undefined || (title === '' && rows.every(({ cells }) => !cells[index]))) return [];
    const meant = nearest(title, Object.keys(kinds[kind]));
    const hint = meant === undefined ? '' : `; perhaps ${meant}`;
    return [{ pointer: headerPointer({ sheet }, index), value: title, message: `is not a column of ${kind}${hint}` }];
  });
}

function repeated(table: Table, names: readonly (string | undefined)[]): Fault[] {
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ pointer: headerPointer(table, index), value: name, message: 'is there twice' }]
      : [],
  );
}

const missing = (table: Table, columns: Columns, names: readonly (string | undefined)[], kind: Kind): Fault[] =>
  requiredOf(columns)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      pointer: headerPointer(table, name),
      message: `is a column that a table of ${kind} must have`,
    }));
