import { type Millis, formatDuration, formatInstant } from '@portolan/domain';
import { type Cell as Result, revision } from '../csv/cells.js';
import { sheetError } from '../csv/record.js';
import { type Cell, type Row, SheetError, SheetMoment, textOfCell } from '../tables/cell.js';
import { withinReach } from '../time/moment.js';
import { columnsOfRule, plainColumn } from './columns.js';
import { type DatePattern, clockOfSheet, datePattern, inZone, readDate } from './dates.js';
import type { Layout, Rule } from './document.js';
import { numberReader } from './numbers.js';
import type { Target } from './targets.js';
import { filled } from './template.js';
import { type Conversion, converted, unitsOf } from './units.js';

/** A field of a mapping, ready for the rows of one table. */
export interface Field {
  readonly name: string;
  /** The columns it reads, for people. */
  readonly from: string;
  readonly required: boolean;
  /** What stands in the row, before it is understood; `''` when empty. */
  raw(row: Row): Cell;
  /** What it means. */
  read(raw: Cell, received: Millis): Result<unknown>;
}

export function fieldOf(
  name: string,
  rule: Rule,
  target: Target,
  layout: Layout,
  places: ReadonlyMap<string, number>,
): Field {
  const understand = understanding(name, rule, target, { ...layout, ...defined(rule) });
  return {
    name,
    from: columnsOfRule(rule).join(', '),
    required: target.required,
    raw: rawOf(rule, target, places),
    read: (raw, received) => (raw instanceof SheetError ? sheetError(raw) : understand(raw, received)),
  };
}

const defined = ({ dates, timeZone, decimal }: Rule): Layout => ({
  ...(dates !== undefined && { dates }),
  ...(timeZone !== undefined && { timeZone }),
  ...(decimal !== undefined && { decimal }),
});

/** Column, constant or template; then what its value means, and what an empty one does. */
function rawOf(rule: Rule, target: Target, places: ReadonlyMap<string, number>): (row: Row) => Cell {
  const found = sourceOf(rule, target, places);
  const meaning = rule.values === undefined ? undefined : meaningsOf(rule.values);
  const fallback = rule.default ?? '';
  return (row) => {
    const cell = found(row);
    const meant =
      meaning === undefined || cell === '' || cell instanceof SheetError ? cell : meaning(cell, rule.otherwise);
    return meant === '' ? fallback : meant;
  };
}

function sourceOf(rule: Rule, { type }: Target, places: ReadonlyMap<string, number>): (row: Row) => Cell {
  if (rule.constant !== undefined) return () => rule.constant!;
  const at = (column: string): number => places.get(plainColumn(column)) ?? -1;
  const indices = columnsOfRule(rule).map(at);
  const [first] = indices;
  if (rule.template !== undefined)
    return ({ cells }) => filled(rule.template!, (column) => textOfCell(cells[at(column)] ?? ''));
  if (indices.length === 1) return ({ cells }) => cells[first!] ?? '';
  if (type === 'list' || type === 'numbers' || type === 'references')
    return ({ cells }) =>
      indices
        .map((index) => textOfCell(cells[index] ?? ''))
        .join(' ')
        .trim();
  return ({ cells }) => cells[indices.find((index) => (cells[index] ?? '') !== '') ?? -1] ?? '';
}

/** A cell that `values` does not list, for the message. */
export class Unlisted extends SheetError {}

type Meaning = (cell: Exclude<Cell, SheetError>, otherwise: Rule['otherwise']) => Cell;

function meaningsOf(values: NonNullable<Rule['values']>): Meaning {
  const listed = new Map(Object.entries(values).map(([word, value]) => [word.trim().toLowerCase(), value ?? '']));
  return (cell, otherwise = 'reject') => {
    const text = textOfCell(cell);
    const meant = listed.get(text.toLowerCase());
    if (meant !== undefined) return meant;
    if (otherwise === 'keep') return cell;
    return otherwise === 'empty' ? '' : new Unlisted(text);
  };
}

type Understanding = (cell: Exclude<Cell, SheetError>, received: Millis) => Result<unknown>;

function understanding(name: string, rule: Rule, target: Target, layout: Layout): Understanding {
  const conversion: Conversion = rule.unit === undefined ? [1, 0] : unitsOf(name, target)[rule.unit]!;
  const scaled: Conversion = [conversion[0] * (rule.factor ?? 1), conversion[1]];
  if (target.type === 'number') return numberOf(layout, scaled, rule.unit !== undefined || rule.factor !== undefined);
  if (target.type === 'numbers') return numbersOf(layout, scaled);
  if (target.type === 'duration' && rule.unit !== undefined) return durationOf(layout, scaled);
  if (target.type === 'instant') return instantOf(layout, target);
  if (target.type === 'revision') return revisionOf(instantOf(layout, target));
  return (cell, received) =>
    (cell === true || cell === false) && target.type === 'truth'
      ? { ok: true, value: cell }
      : target.read(textOfCell(cell), received);
}

function numberOf({ decimal = '.', thousands }: Layout, conversion: Conversion, convert: boolean): Understanding {
  const read = numberReader({ decimal, thousands });
  return (cell) => {
    const number = typeof cell === 'number' ? ({ ok: true, value: cell } as const) : read(textOfCell(cell));
    return number.ok && convert ? { ok: true, value: converted(number.value, conversion) } : number;
  };
}

function numbersOf(layout: Layout, conversion: Conversion): Understanding {
  const read = numberOf({ decimal: layout.decimal }, conversion, true);
  return (cell, received) => {
    const parts =
      typeof cell === 'number'
        ? [cell]
        : textOfCell(cell)
            .split(/[\s;|]+/)
            .filter((part) => part !== '');
    const numbers = parts.map((part) => read(part, received));
    return (
      numbers.find((number) => !number.ok) ?? { ok: true, value: numbers.map((number) => number.ok && number.value) }
    );
  };
}

function durationOf(layout: Layout, conversion: Conversion): Understanding {
  const read = numberOf(layout, conversion, true);
  return (cell, received) => {
    const millis = read(cell, received) as Result<number>;
    if (!millis.ok) return millis;
    return millis.value < 0
      ? { ok: false, message: 'must be 0 or more' }
      : { ok: true, value: formatDuration(Math.round(millis.value)) };
  };
}

/** By the table's formats and zone; RFC 3339, and moments of a spreadsheet, are understood in any case. */
function instantOf({ dates, timeZone }: Layout, target: Target): Understanding {
  const patterns = [dates ?? []]
    .flat()
    .flatMap((pattern): readonly DatePattern[] => [datePattern(pattern) ?? []].flat());
  const wanted = patterns.map(({ pattern }) => pattern).join(' or ');
  return (cell, received) => {
    const text = textOfCell(cell);
    const clock = cell instanceof SheetMoment ? clockOfSheet(text) : wallClock(text, timeZone);
    const moment = clock === undefined ? readDate(text, patterns, timeZone) : inZone(clock, timeZone);
    if (moment) return moment.ok ? written(moment.at, received) : moment;
    const standard = target.read(text, received);
    return standard.ok || patterns.length === 0
      ? standard
      : { ok: false, message: `must be a moment as ${wanted}, or RFC 3339` };
  };
}

const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?$/;

/** ISO 8601 without an offset, where a zone tells what it means. */
function wallClock(text: string, timeZone: string | undefined): Millis | undefined {
  if (timeZone === undefined || !LOCAL.test(text)) return undefined;
  const clock = Date.parse(`${text}Z`);
  return Number.isNaN(clock) || !new Date(clock).toISOString().startsWith(text.slice(0, 10)) ? undefined : clock;
}

function written(at: Millis, received: Millis): Result<string> {
  const moment = withinReach(at, received);
  return moment.ok ? { ok: true, value: formatInstant(moment.at) } : moment;
}

const revisionOf =
  (instant: Understanding): Understanding =>
  (cell, received) => {
    const plain = revision(textOfCell(cell), received);
    return plain.ok ? plain : instant(cell, received);
  };
