import type { Millis } from '../time/instant.js';
import type { LayeredMap } from './layered-map.js';
import { Remembered } from './remembered.js';
import type { State } from './state.js';

type MapKey = { [K in keyof State]: State[K] extends ReadonlyMap<string, unknown> ? K : never }[keyof State];
type ValueOf<K extends MapKey> = State[K] extends ReadonlyMap<string, infer V> ? V : never;

/** A state in the making: each map is forked when it is first written to, so that the state it came from stays as it was. */
export class Draft {
  private readonly own: { -readonly [K in keyof State]: State[K] };
  private readonly forked = new Map<MapKey, LayeredMap<unknown>>();

  constructor(base: State) {
    this.own = { ...base };
  }

  get state(): State {
    return this.own;
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

  assign(changes: Partial<Pick<State, 'parameters' | 'earliestBegin' | 'naming'>>): void {
    Object.assign(this.own, changes);
  }

  /** Remembers that an event was folded, and at least `limit` of those before it. */
  remember(source: string, id: string, limit: number): void {
    const { seen } = this.state;
    if (seen.size < limit) this.own.seen = seen.with(source, id);
    else Object.assign(this.own, { seenBefore: seen, seen: Remembered.of([[source, id]]) });
  }

  /** Where the log and the clock are. */
  moveTo(position: number, now: Millis): void {
    this.own.position = position;
    this.own.now = now;
  }

  private writable(field: MapKey): LayeredMap<unknown> {
    const known = this.forked.get(field);
    if (known) return known;
    const fork = (this.own[field] as LayeredMap<unknown>).fork();
    Object.assign(this.own, { [field]: fork });
    this.forked.set(field, fork);
    return fork;
  }
}
