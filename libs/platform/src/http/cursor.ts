import { createHash } from 'node:crypto';
import { ProblemError } from '../problems/problem-error.js';

type Part = string | number | null;

/** Where a page ended: the sort key of its last entry and what breaks ties, or offsets of a log. It holds although entries come and go. */
export type Place = readonly Part[];

type Query = Readonly<Record<string, unknown>>;

/** A place as an opaque text that only serves to go on with the same query. */
export const cursorOf = (place: Place, query: Query): string =>
  Buffer.from(JSON.stringify([digest(query), ...place])).toString('base64url');

/**
 * The place in the query's cursor, with as many parts as it was made of, each of a kind; `undefined` when it has none.
 * @throws ProblemError for a cursor that was not given for this query
 */
export function placeOf<P extends Part = Part>(
  query: Query & { readonly cursor?: string | undefined },
  parts: number,
  isPart: (part: unknown) => part is P = isAny as (part: unknown) => part is P,
): readonly P[] | undefined {
  if (query.cursor === undefined) return undefined;
  const [made, ...place] = decoded(query.cursor);
  if (place.length !== parts || !place.every(isPart)) throw wrong(query.cursor, 'is not one that this service gave');
  if (made !== digest(query)) throw wrong(query.cursor, 'belongs to a query with other parameters');
  return place;
}

const isAny = (part: unknown): part is Part => part === null || ['string', 'number'].includes(typeof part);

function decoded(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function wrong(cursor: string, message: string): ProblemError {
  const errors = [{ pointer: '/cursor', value: cursor, message: `${message}; begin again without it` }];
  return new ProblemError('invalid-parameter', `cursor ${message}; begin again without it.`, { errors });
}

/** Of all that decides which entries there are and in which order. */
function digest(query: Query): string {
  const { cursor: _cursor, limit: _limit, ...rest } = query;
  const entries = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 8);
}
