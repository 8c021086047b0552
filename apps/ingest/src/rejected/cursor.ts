import { createHash } from 'node:crypto';
import { ProblemError } from '@portolan/platform';

type Query = Readonly<Record<string, unknown>>;

/** Offsets as an opaque text that only serves to go on with the same query. */
export const cursorOf = (offsets: readonly number[], query: Query): string =>
  Buffer.from(JSON.stringify([digest(query), ...offsets])).toString('base64url');

/** The offsets in the query's cursor, `count` of them; `undefined` when it has none. */
export function offsetsIn(
  query: Query & { readonly cursor?: string | undefined },
  count: number,
): number[] | undefined {
  if (query.cursor === undefined) return undefined;
  const [made, ...offsets] = decoded(query.cursor);
  if (offsets.length !== count || !offsets.every((each) => Number.isSafeInteger(each) && (each as number) >= 0))
    throw wrong(query.cursor, 'is not one that this service gave');
  if (made !== digest(query)) throw wrong(query.cursor, 'belongs to a query with other parameters');
  return offsets as number[];
}

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

/** Of all that decides which entries there are. */
function digest(query: Query): string {
  const { cursor: _cursor, limit: _limit, ...rest } = query;
  const entries = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 8);
}
