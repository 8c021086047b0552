import { type Fault, type Parsed, type PortolanEvent, parseEvent } from '@portolan/domain';
import { keysOf } from '@portolan/formats';
import type { ChangeOf } from '../variants.js';

/** The event with its data merged and multiplied, or what would be wrong with it. */
export function modified({ change }: ChangeOf<'modify'>, event: PortolanEvent): Parsed<PortolanEvent> {
  const data = merged(event.data, change.set ?? {}) as Record<string, unknown>;
  const faults: Fault[] = [];
  for (const [path, factor] of Object.entries(change.multiply ?? {})) {
    const keys = path.startsWith('/') ? keysOf(path) : [path];
    if (!multiply(data, keys, factor as number))
      faults.push({ pointer: `/multiply/${path}`, message: `names no number in ${event.type} ${event.id}` });
  }
  if (faults.length > 0) return { ok: false, faults };
  const parsed = parseEvent({ ...event, data });
  if (parsed.ok) return parsed;
  return {
    ok: false,
    faults: parsed.faults.map(({ pointer, message }) => ({
      pointer: '',
      message: `makes ${event.type} ${event.id} wrong: ${pointer} ${message}`,
    })),
  };
}

/** JSON Merge Patch (RFC 7386); the target stays as it was. */
function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {};
  const result: Record<string, unknown> = structuredClone(base) as Record<string, unknown>;
  for (const [name, value] of Object.entries(patch))
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  return result;
}

function multiply(data: Record<string, unknown>, keys: readonly string[], factor: number): boolean {
  const inner = keys
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], data);
  const [last, holder] = [keys.at(-1)!, inner as Record<string, unknown> | undefined];
  if (typeof holder?.[last] !== 'number') return false;
  holder[last] *= factor;
  return true;
}
