import type { Fault, Parsed } from '@portolan/domain';
import { nearest } from '../nearest.js';
import { pointerKey } from '../reading.js';
import { type Columns, type Kind, kinds } from './kinds.js';
import type { Table } from './table.js';

export interface Header {
  readonly kind: Kind;
  /** The column at each place of a row; `undefined` where header and cells are empty. */
  readonly names: readonly (string | undefined)[];
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** Which table a header is of, and its columns; case, spaces, `_` and `-` in names do not matter. */
export function headerOf(table: Table): Parsed<Header> {
  const kind = kindOf(table.header);
  if (!kind) return { ok: false, faults: [unknownTable(table.header)] };
  const columns = kinds[kind];
  const names = table.header.map((title) => Object.keys(columns).find((name) => plain(name) === plain(title)));
  const faults = [...unknownColumns(table, names, kind), ...repeated(names), ...missing(columns, names, kind)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { kind, names } };
}

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

function unknownTable(header: readonly string[]): Fault {
  const needed = (Object.keys(kinds) as Kind[]).map((kind) => `${kind} (${requiredOf(kinds[kind]).join(', ')} …)`);
  const value = header.join(', ').slice(0, 200);
  return { pointer: '/header', value, message: `is the header of no table known here: ${needed.join('; ')}` };
}

const requiredOf = (columns: Columns): string[] =>
  Object.entries(columns).flatMap(([name, { required }]) => (required ? [name] : []));

/** Spreadsheets often leave an empty column at the end: only one with something in it matters. */
function unknownColumns({ header, rows }: Table, names: readonly (string | undefined)[], kind: Kind): Fault[] {
  return header.flatMap((title, index) => {
    if (names[index] !== undefined || (title === '' && rows.every(({ cells }) => !cells[index]))) return [];
    const meant = nearest(title, Object.keys(kinds[kind]));
    const hint = meant === undefined ? '' : `; perhaps ${meant}`;
    return [{ pointer: `/header/${index}`, value: title, message: `is not a column of ${kind}${hint}` }];
  });
}

function repeated(names: readonly (string | undefined)[]): Fault[] {
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ pointer: `/header/${index}`, value: name, message: 'is there twice' }]
      : [],
  );
}

const missing = (columns: Columns, names: readonly (string | undefined)[], kind: Kind): Fault[] =>
  requiredOf(columns)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      pointer: `/header${pointerKey(name)}`,
      message: `is a column that a table of ${kind} must have`,
    }));
