import type { z } from 'zod';
import { ProblemError } from '../problems/problem-error.js';

/** The query by its schema. Throws `invalid-parameter`, which names each wrong parameter, its value and what would be right. */
export function queryOf<T extends z.ZodObject>(schema: T, query: unknown): z.output<T> {
  const given = { ...(query as Record<string, unknown>) };
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [faultOf(String(issue.path[0]), given, issue.message)];
    const known = `is not a parameter here; there are ${Object.keys(schema.shape).join(', ')}`;
    return issue.keys.map((name) => faultOf(name, given, known));
  });
  const detail = errors
    .map(({ pointer, value, message }) => `${pointer.slice(1)} (${shown(value)}) ${message}`)
    .join('; ');
  throw new ProblemError('invalid-parameter', `${detail}.`, { errors });
}

const faultOf = (name: string, given: Readonly<Record<string, unknown>>, message: string) => ({
  pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  value: given[name],
  message,
});

const shown = (value: unknown): string => {
  const text = [value].flat().join(', ');
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
};
