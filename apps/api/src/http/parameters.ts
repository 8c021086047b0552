import { parseInstant } from '@portolan/domain';
import { z } from 'zod';

const once = (what: string) => (issue: { readonly input?: unknown }) =>
  Array.isArray(issue.input) ? 'must be given once' : `must be ${what}`;

/** Kinds of query parameters. All come as text; a parameter given twice comes as a list. */
export const parameter = {
  text: z
    .string({ error: once('text') })
    .min(1, 'must not be empty')
    .max(600, 'must have 600 characters or less'),

  number: z
    .string({ error: once('a number') })
    .regex(/^-?\d{1,15}(\.\d{1,9})?$/, 'must be a number, such as 250')
    .transform(Number)
    .pipe(z.number()),

  instant: z
    .string({ error: once('an instant') })
    .refine((text) => parseInstant(text) !== undefined, {
      error: 'must be an RFC 3339 instant, such as 2026-03-05T10:00:00Z (in a URL, + is written %2B)',
    })
    .meta({ format: 'date-time' }),

  oneOf: <const T extends readonly [string, ...string[]]>(values: T) =>
    z.enum(values, { error: once(`one of ${values.join(', ')}`) }),

  /** One or more of these, separated by commas or given more than once. */
  someOf: <const T extends readonly [string, ...string[]]>(values: T) =>
    z.preprocess(
      (given) => (given === undefined ? undefined : [given].flat().flatMap((each) => String(each).split(','))),
      z.array(z.enum(values, { error: `must be one or more of ${values.join(', ')}, separated by commas` })),
    ),

  limit: z
    .string({ error: once('a whole number') })
    .regex(/^\d{1,6}$/, 'must be a whole number from 1 to 500')
    .transform(Number)
    .pipe(z.int().min(1, 'must be 1 or more').max(500, 'must be 500 or less'))
    .meta({ description: 'Most entries of the page', default: 100 }),
} as const;

/** Parameters of every list. */
export const paging = {
  cursor: parameter.text.optional().meta({ description: '`next` of the page before, with the same other parameters' }),
  limit: parameter.limit.optional(),
};

export const DEFAULT_LIMIT = 100;
