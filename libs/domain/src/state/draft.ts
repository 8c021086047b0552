import type { State } from './state.js';

type MapKey = { [K in keyof State]: State[K] extends ReadonlyMap<string, unknown> ? K : never }[keyof State];
type ValueOf<K extends MapKey> = State[K] extends ReadonlyMap<string, infer V> ? V : never;

/** The newest ids are kept apart, so that folding one event does not copy them all. */
const RECENT = 1000;

/** A state in the making: each map is copied when it is first written to, so that the state it came from stays as it was. */
export class Draft {
  readonly state: State;
  private readonly copied = new Map<MapKey, Map<string, unknown>>();

  constructor(base: State) {
    this.state = { ...base };
  }

  set<K extends MapKey>(field: K, key: string, value: ValueOf<K>): void {
    this.writable(field).set(key, value);
  }

  delete(field: MapKey, key: string): void {
    if (this.state[field].has(key)) this.writable(field).delete(key);
  }

  /** Adds `member` to the list under `key`, once. */
  include(field: 'places' | 'runsByName' | 'ordersBy', key: string, member: string): void {
    const members = this.state[field].get(key) ?? [];
    if (!members.includes(member)) this.set(field, key, [...members, member]);
  }

  exclude(field: 'places' | 'runsByName' | 'ordersBy', key: string, member: string): void {
    const members = this.state[field].get(key) ?? [];
    if (members.includes(member))
      this.set(
        field,
        key,
        members.filter((each) => each !== member),
      );
  }

  assign(changes: Partial<Pick<State, 'now' | 'position' | 'parameters' | 'earliestBegin' | 'naming'>>): void {
    Object.assign(this.state, changes);
  }

  /** Remembers that an event was folded, and of those before at least `limit`. */
  remember(event: string, limit: number): void {
    if (this.state.seen.size >= RECENT) {
      const all = [...this.state.seenBefore.keys(), ...this.state.seen.keys()];
      const seenBefore = new Map(all.slice(-limit).map((each) => [each, true]));
      Object.assign(this.state, { seenBefore, seen: new Map() });
      this.copied.delete('seen');
    }
    this.set('seen', event, true);
  }

  private writable(field: MapKey): Map<string, unknown> {
    const known = this.copied.get(field);
    if (known) return known;
    const copy = new Map<string, unknown>(this.state[field]);
    Object.assign(this.state, { [field]: copy });
    this.copied.set(field, copy);
    return copy;
  }
}
