import { type Millis, formatInstant, parseDuration } from '@portolan/domain';
import { momentOf } from '../time/moment.js';

export type Cell<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };
/** Reads the text of a cell that is not empty. */
export type CellReader<T = unknown> = (text: string, received: Millis) => Cell<T>;

const value = <T>(found: T): Cell<T> => ({ ok: true, value: found });
const wrong = (message: string): Cell<never> => ({ ok: false, message });

export const text =
  (max = 200): CellReader<string> =>
  (cell) =>
    cell.length > max ? wrong(`must have at most ${max} characters, has ${cell.length}`) : value(cell);

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/;

export const number: CellReader<number> = (cell) =>
  NUMBER.test(cell) && Number.isFinite(Number(cell))
    ? value(Number(cell))
    : wrong('must be a number with a point as decimal sign and nothing between thousands, such as 1250.5');

export const amount: CellReader<number> = (cell, received) => {
  const read = number(cell, received);
  return read.ok && read.value < 0 ? wrong('must be 0 or more') : read;
};

export const quantity: CellReader<number> = (cell, received) => {
  const read = number(cell, received);
  return read.ok && read.value <= 0 ? wrong('must be above 0') : read;
};

export const instant: CellReader<string> = (cell, received) => {
  const moment = momentOf(cell, received);
  if (!moment.ok) return wrong(moment.message);
  return value(WRITTEN.test(cell) ? cell : formatInstant(moment.at));
};

/** As `formatInstant` would write it. */
const WRITTEN = /^.{10}T.{8}Z$/;

export const duration: CellReader<string> = (cell) =>
  parseDuration(cell) === undefined ? wrong('must be an ISO 8601 duration, such as P5D or PT36H') : value(cell);

const words: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

export const boolean: CellReader<boolean> = (cell) => {
  const word = cell.toLowerCase();
  return Object.hasOwn(words, word) ? value(words[word]!) : wrong('must be true or false');
};

export const oneOf =
  (...choices: readonly string[]): CellReader<string> =>
  (cell) =>
    choices.includes(cell.toLowerCase()) ? value(cell.toLowerCase()) : wrong(`must be one of ${choices.join(', ')}`);

/** What stands in a cell with spaces, `;` or `|` between: mostly there is one. */
const partsOf = (cell: string): string[] =>
  /[\s;|]/.test(cell) ? cell.split(/[\s;|]+/).filter((each) => each !== '') : [cell];

/** Container or trailer numbers with spaces, `;` or `|` between them. */
export const numbers: CellReader<string[]> = (cell) => {
  const list = partsOf(cell).map((each) => each.toUpperCase());
  const long = list.find((each) => each.length > 20);
  return long === undefined ? value(list) : wrong(`has a number of more than 20 characters (${long.slice(0, 40)})`);
};

/** Documents as `TYPE:REFERENCE`, with spaces, `;` or `|` between them. */
export const references: CellReader<Reference[]> = (cell) => {
  const list = partsOf(cell).map(referenceOf);
  return list.includes(undefined)
    ? wrong('must be TYPE:REFERENCE, such as BKG:ABC123, with spaces between several')
    : value(list as Reference[]);
};

interface Reference {
  type: string;
  reference: string;
}

/** The type has 1 to 30 characters, the reference 1 to 200. */
function referenceOf(text: string): Reference | undefined {
  const colon = text.indexOf(':');
  const [type, reference] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
  const fits = type !== '' && type.length <= 30 && reference !== '' && reference.length <= 200;
  return fits ? { type, reference } : undefined;
}

/** What orders the revisions of one thing: a number or an instant. */
export const revision: CellReader<string> = (cell, received) => {
  if (/^\d+(\.\d+)?$/.test(cell)) return value(cell);
  const read = instant(cell, received);
  return read.ok ? read : wrong('must be a number or an RFC 3339 instant');
};
