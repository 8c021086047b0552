import { z } from 'zod';
import { type Fault, faultsOf } from '../events/event.js';
import { checkDocument } from './checks.js';
import { type ProblemDocument, problemDocument } from './document.js';
import type { Problem } from './problem.js';
import { resolve } from './resolve.js';

export type ProblemError = Fault;
export type ParsedProblem =
  { readonly ok: true; readonly problem: Problem } | { readonly ok: false; readonly errors: readonly ProblemError[] };

/**
 * A problem from JSON, or everything that is wrong with it at once, each with its JSON Pointer, the value found and what
 * would be right. References and times are checked where the document has the right shape.
 */
export function parseProblem(json: unknown): ParsedProblem {
  const shape = problemDocument.safeParse(json);
  if (!shape.success) return { ok: false, errors: [...faultsOf(shape.error, json), ...faultsBehind(json)] };
  const errors = checkDocument(shape.data);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, problem: resolve(shape.data) };
}

const lists = ['locations', 'services', 'supplies', 'demands', 'current'] as const;

/** What the checks beyond shape find in a misshapen document: in all entries that have the right shape. */
function faultsBehind(json: unknown): ProblemError[] {
  const root = json as Record<string, unknown> | null;
  if (typeof root !== 'object' || root === null) return [];
  const sound: Record<string, unknown[]> = {};
  const places: Record<string, number[]> = {};
  const dropped = new Set<unknown>();
  for (const list of lists) {
    const entries = Array.isArray(root[list]) ? (root[list] as unknown[]) : [];
    const parsed = entries.map((entry) => elementOf(list).safeParse(entry));
    sound[list] = parsed.flatMap(({ success, data }) => (success ? [data] : []));
    places[list] = parsed.flatMap(({ success }, index) => (success ? [index] : []));
    parsed.forEach(({ success }, index) => !success && dropped.add((entries[index] as { id?: unknown } | null)?.id));
  }
  const faults = checkDocument({ format: 'portolan.problem/1', ...sound } as unknown as ProblemDocument);
  // A reference to an entry that is only misshapen does not dangle.
  return faults
    .filter(({ value }) => !refersTo(value, dropped))
    .map((fault) => ({ ...fault, pointer: placed(fault.pointer, places) }));
}

const elementOf = (list: (typeof lists)[number]): z.ZodType => {
  const schema = problemDocument.shape[list];
  return (schema instanceof z.ZodOptional ? schema.unwrap() : schema).element;
};

const refersTo = (value: unknown, ids: ReadonlySet<unknown>): boolean =>
  ids.has(value) || (typeof value === 'object' && value !== null && Object.values(value).some((part) => ids.has(part)));

/** A pointer into the sound entries as one into the whole document. */
const placed = (pointer: string, places: Readonly<Record<string, readonly number[]>>): string =>
  pointer.replace(/^\/(\w+)\/(\d+)/, (_all, list: string, index: string) => `/${list}/${places[list]![Number(index)]}`);
