import { type State, emptyState } from './state.js';

/** Snapshots of another format are not read: the log has everything. */
const FORMAT = 'portolan.state/1';

/** Maps that came later: snapshots of before are read as having nothing in them. */
const LATER = new Set(['reckonings']);

/** A state as JSON text. Equal states that came about in the same way give equal text. */
export function stateToJson(state: State): string {
  return JSON.stringify({ format: FORMAT, ...state }, (_, value: unknown) => {
    if (value instanceof Map) return { map: [...value] };
    return value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : value;
  });
}

/** The state that `stateToJson` wrote; `undefined` where the text is not one of this format. */
export function stateFromJson(text: string): State | undefined {
  const parsed = parsedJson(text);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { format, ...fields } = parsed as Record<string, unknown>;
  const empty = emptyState('');
  if (format !== FORMAT || Object.keys(empty).some((name) => !(name in fields) && !LATER.has(name))) return undefined;
  const read = Object.fromEntries(
    Object.entries(empty).map(([name, like]) => [
      name,
      like instanceof Map ? mapOf(fields[name]) : valueOf(fields[name]),
    ]),
  );
  return read as unknown as State;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const mapOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map((value as { map: [string, unknown][] } | undefined)?.map);

const valueOf = (value: unknown): unknown =>
  value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value;
