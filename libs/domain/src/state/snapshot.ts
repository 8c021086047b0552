import { LayeredMap } from './layered-map.js';
import { Remembered, type Sent } from './remembered.js';
import { type State, emptyState } from './state.js';

/**
 * Which fold has made a state. Another number whenever the same events fold into another state, or a state has another shape: snapshots of
 * another number are not read, since the log has everything. A test holds a digest against it.
 */
export const FOLD_VERSION = 4;

const FORMAT = `portolan.state/${FOLD_VERSION}`;
const ENTRIES_A_LINE = 500;

/** Fields that are no collections, and worth keeping. */
type Values = Pick<State, 'cell' | 'now' | 'position' | 'parameters' | 'earliestBegin'>;
const values: readonly (keyof Values)[] = ['cell', 'now', 'position', 'parameters', 'earliestBegin'];

interface Head {
  readonly format: string;
  readonly values: Record<keyof Values, unknown>;
  /** How many entries are in each field. */
  readonly sizes: Readonly<Record<string, number>>;
}

/**
 * A state as lines of JSON, each made when it is asked for, so that somebody may pause in between. Equal states that came about in the same way
 * give equal lines.
 */
export function* stateLines(state: State): Iterable<string> {
  const sizes = Object.fromEntries(collectionsOf(state).map(([field, { size }]) => [field, size]));
  const own = Object.fromEntries(values.map((field) => [field, finite(state[field])]));
  yield JSON.stringify({ format: FORMAT, values: own, sizes });
  for (const [field, collection] of collectionsOf(state))
    for (const entries of inGroups<unknown>(collection, ENTRIES_A_LINE)) yield JSON.stringify([field, entries]);
}

/** The state that `stateLines` wrote; `undefined` where the lines are not those of a whole state by this fold. */
export function stateFromLines(lines: Iterable<string>): State | undefined {
  try {
    return read(lines);
  } catch {
    return undefined;
  }
}

function read(lines: Iterable<string>): State | undefined {
  const state = emptyState('');
  const entries = new Map<string, unknown[]>(collectionsOf(state).map(([field]) => [field, []]));
  let head: Head | undefined;
  for (const line of lines) {
    const parsed: unknown = JSON.parse(line);
    if (head) {
      const [field, more] = parsed as [string, unknown[]];
      const known = entries.get(field)!;
      for (const each of more) known.push(each);
    } else {
      head = parsed as Head;
      if (head.format !== FORMAT) return undefined;
    }
  }
  if (!head) return undefined;
  for (const [field, collection] of collectionsOf(state)) {
    const read = filled(collection, entries.get(field)!);
    if (head.sizes[field] !== read.size) return undefined;
    Object.assign(state, { [field]: read });
  }
  for (const field of values) Object.assign(state, { [field]: number(head.values[field]) });
  return state;
}

type Collection = LayeredMap<unknown> | Remembered;

const collectionsOf = (state: State): [string, Collection][] =>
  Object.entries(state).filter(
    (entry): entry is [string, Collection] => entry[1] instanceof LayeredMap || entry[1] instanceof Remembered,
  );

const filled = (like: Collection, entries: readonly unknown[]): Collection =>
  like instanceof Remembered ? Remembered.of(entries as Sent[]) : LayeredMap.of(entries as [string, unknown][]);

function* inGroups<T>(all: Iterable<T>, size: number): Iterable<T[]> {
  let group: T[] = [];
  for (const each of all) {
    group.push(each);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** JSON has no infinite numbers. */
const finite = (value: unknown): unknown => (value === Infinity || value === -Infinity ? String(value) : value);
const number = (value: unknown): unknown => (value === 'Infinity' || value === '-Infinity' ? Number(value) : value);
