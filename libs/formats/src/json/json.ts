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

/** Without recursion, since what is looked for is what recursion cannot bear. */
function deeperThan(limit: number, value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    const next: unknown[] = [];
    for (const each of level)
      if (typeof each === 'object' && each !== null) for (const child of Object.values(each)) next.push(child);
    if (next.length === 0) return false;
    level = next;
  }
  return true;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
