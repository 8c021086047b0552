import { ProblemError } from '@portolan/platform';
import type { ReadModel } from '@portolan/store';
import { z } from 'zod';

const PAGE = 500;

/** All documents of a collection; a cell has some thousands at most. */
export async function everything<T>(store: ReadModel, collection: string): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const page = await store.list<T>(collection, { limit: PAGE, ...(after !== undefined && { after }) });
    found.push(...page.items.map(({ document }) => document));
    after = page.next;
  } while (after !== undefined);
  return found;
}

export const paging = {
  cursor: z.string().optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(100).meta({ description: 'Most entries, 1 to 500' }),
};

/** Query parameters by a schema; what is unknown or wrong is named with its value and what would be right. */
export function queryOf<T extends z.ZodType>(schema: T, query: unknown): z.infer<T> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')];
    return names.map((name) => ({
      pointer: `/query/${name}`,
      value: (query as Record<string, unknown>)[name],
      message: issue.code === 'unrecognized_keys' ? 'is not a known parameter' : issue.message,
    }));
  });
  const detail = faults
    .map(({ pointer, value, message }) => `${pointer.slice(7)} (${String(value)}) ${message}`)
    .join('; ');
  throw new ProblemError('invalid-parameter', detail, { errors: faults });
}

export interface Listed<T> {
  readonly data: readonly T[];
  readonly next?: string;
}

/** One page of a sorted list; the cursor is the id of the last entry, which stays where it is unless the entry goes. */
export function pageOf<T extends { readonly id: string }>(
  sorted: readonly T[],
  cursor: string | undefined,
  limit: number,
): Listed<T> {
  const last = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
  const before = last === undefined ? -1 : sorted.findIndex(({ id }) => id === last);
  if (last !== undefined && before < 0)
    throw new ProblemError(
      'invalid-parameter',
      'cursor names an entry that is no longer in this list; begin again without it.',
    );
  const data = sorted.slice(before + 1, before + 1 + limit);
  const more = before + 1 + limit < sorted.length;
  return { data, ...(more && { next: Buffer.from(data.at(-1)!.id, 'utf8').toString('base64url') }) };
}
