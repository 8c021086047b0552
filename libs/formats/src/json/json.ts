import type { Parsed } from '@portolan/domain';
import { MAX_DEPTH, mistakeIn, tooDeep } from './mistake.js';

/** JSON text as a value, or the line and column where it stops being JSON. */
export function parseJson(text: string): Parsed<unknown> {
  if (text.trim() === '') return fault('is empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault(mistakeIn(text));
  }
  if (deeperThan(MAX_DEPTH, value)) return fault(tooDeep);
  return { ok: true, value };
}

const fault = (message: string): Parsed<never> => ({ ok: false, faults: [{ pointer: '', message }] });

/** Goes down no further than the limit, so that depth cannot exhaust the stack. */
function deeperThan(limit: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return Object.keys(value).length > 0;
  if (Array.isArray(value)) return value.some((each) => deeperThan(limit - 1, each));
  for (const name in value) if (deeperThan(limit - 1, (value as Record<string, unknown>)[name])) return true;
  return false;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
