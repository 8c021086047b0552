import { type ProblemCode, problemDocument, problemType, problems, ProblemError } from '@portolan/platform';
import { z } from 'zod';
import { type Json, ref } from './schemas.js';

/** Query parameters as OpenAPI describes them, from the schema that checks them. */
export function queryParameters(schema: z.ZodObject): Json[] {
  const { properties } = z.toJSONSchema(schema, { io: 'output' }) as unknown as { properties: Record<string, Json> };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: 'query',
    ...(description !== undefined && { description }),
    ...(rest['type'] === 'array' && { style: 'form', explode: false }),
    schema: rest,
  }));
}

export const pathParameter = (name: string, description: string, example: string): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

export const headerParameter = (name: string, description: string): Json => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
});

export const header = (description: string, schema: Json = { type: 'string' }): Json => ({ description, schema });

/** An answer in JSON. */
export const answer = (description: string, schema: Json, example: unknown, headers?: Json): Json => ({
  description,
  ...(headers && { headers }),
  content: { 'application/json': { schema, example } },
});

const always: readonly ProblemCode[] = ['internal', 'unavailable'];

/** The problems an operation may answer with, by status, each type with an example. Every operation may have a fault or be unavailable. */
export function problemAnswers(codes: readonly ProblemCode[]): Record<string, Json> {
  const all = [...new Set([...codes, ...always])];
  const statuses = [...new Set(all.map((code) => problems[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [String(status), answerOf(all.filter((code) => problems[code].status === status))]),
  );
}

const answerOf = (codes: readonly ProblemCode[]): Json => ({
  description: codes.map((code) => `${problems[code].title} (\`${problemType(code)}\`)`).join('. '),
  content: {
    'application/problem+json': {
      schema: ref('Problem'),
      examples: Object.fromEntries(
        codes.map((code) => [code, { value: problemDocument(new ProblemError(code, `${problems[code].title}.`)) }]),
      ),
    },
  },
});
