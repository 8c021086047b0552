import type { Fault } from '@portolan/domain';
import { nearest } from '../nearest.js';
import type { Table } from '../tables/cell.js';
import { headerPointer } from '../tables/place.js';
import type { Mapping, Rule } from './document.js';
import { columnsInTemplate } from './template.js';

/** Case, spaces and composed letters do not matter in the names of columns. */
export const plainColumn = (name: string | number): string =>
  String(name).normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** The columns that a rule reads. */
export const columnsOfRule = ({ column, template }: Rule): string[] =>
  template === undefined ? [column ?? []].flat().map(String) : columnsInTemplate(template);

/** The columns that a table must have to be read by a mapping. */
export function columnsNeeded({ fields, rows = [] }: Mapping): string[] {
  const read = Object.values(fields).flatMap((rule) => (rule.optional ? [] : columnsOfRule(rule)));
  return [...new Set([...read, ...rows.map(({ column }) => String(column))])];
}

/** Where each column stands in a row; the first of two with the same name. */
export function placesIn(header: readonly string[]): ReadonlyMap<string, number> {
  const named = header.map((title, index) => [plainColumn(title), index] as const).filter(([title]) => title !== '');
  return new Map(named.reverse());
}

/** Does the table have every column that the mapping needs? */
export function fits(mapping: Mapping, header: readonly string[]): boolean {
  const places = placesIn(header);
  const needed = columnsNeeded(mapping);
  return needed.length > 0 && needed.every((column) => places.has(plainColumn(column)));
}

/** The columns that a table lacks, or has twice so that nobody knows which one is meant. */
export function columnFaults(mapping: Mapping, table: Table): Fault[] {
  const titles = table.header.map(plainColumn);
  return columnsNeeded(mapping).flatMap((column) => {
    const places = titles.flatMap((title, index) => (title === plainColumn(column) ? [index] : []));
    if (places.length === 1) return [];
    if (places.length > 1)
      return [
        {
          pointer: headerPointer(table, places[1]!),
          value: column,
          message: `is there twice, and the mapping ${mapping.name} reads it`,
        },
      ];
    const meant = nearest(
      column,
      table.header.filter((title) => title !== ''),
    );
    const hint = meant === undefined ? `; there are ${table.header.join(', ').slice(0, 300)}` : `; perhaps ${meant}`;
    return [
      {
        pointer: headerPointer(table),
        value: column,
        message: `lacks a column that the mapping ${mapping.name} reads${hint}`,
      },
    ];
  });
}
