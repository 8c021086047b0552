/** Changes above this share of what lies below are laid down with it. */
const SHARE = 1 / 4;
const LEAST = 16;

/**
 * A map as a value: `fork` gives one that may be changed, while this one stays as it was. Both share what they began with, and a fork copies
 * only what has changed above that, so that a batch of a few events costs little however much is known. Entries are in the order in which a
 * `Map` would have them. No value may be `undefined`.
 */
export class LayeredMap<V> implements ReadonlyMap<string, V> {
  /** What is shared; it does not change. */
  readonly #base: ReadonlyMap<string, V>;
  /** Entries that are new, or others than below. */
  readonly #changed: Map<string, V>;
  /** Keys below that were taken out; where they are among the changed again, they have come back behind all others. */
  readonly #gone: Set<string>;
  #size: number;

  private constructor(base: ReadonlyMap<string, V>, changed: Map<string, V>, gone: Set<string>, size: number) {
    this.#base = base;
    this.#changed = changed;
    this.#gone = gone;
    this.#size = size;
  }

  static of<V>(entries: Iterable<readonly [string, V]> = []): LayeredMap<V> {
    const base = new Map(entries);
    return new LayeredMap(base, new Map(), new Set(), base.size);
  }

  fork(): LayeredMap<V> {
    const changes = this.#changed.size + this.#gone.size;
    if (changes > LEAST + SHARE * this.#base.size) return this.laidDown();
    return new LayeredMap(this.#base, copyOf(this.#changed), new Set(this.#gone), this.#size);
  }

  /** Without the iterator, which makes an array of each entry. */
  private laidDown(): LayeredMap<V> {
    const [gone, all] = [this.#gone, new Map<string, V>()];
    this.#base.forEach((value, key) => {
      if (!gone.has(key)) all.set(key, value);
    });
    // What is there already stays in its place.
    this.#changed.forEach((value, key) => all.set(key, value));
    return new LayeredMap(all, new Map(), new Set(), all.size);
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    const changed = this.#changed.get(key);
    if (changed !== undefined || this.#gone.has(key)) return changed;
    return this.#base.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** Only of a fork that nobody else has seen. */
  set(key: string, value: V): void {
    const before = this.#changed.size;
    const isNew = this.#changed.set(key, value).size > before;
    if (isNew && (this.#gone.has(key) || !this.#base.has(key))) this.#size += 1;
  }

  /** Only of a fork that nobody else has seen. */
  delete(key: string): void {
    if (!this.has(key)) return;
    this.#size -= 1;
    this.#changed.delete(key);
    if (this.#base.has(key)) this.#gone.add(key);
  }

  *entries(): MapIterator<[string, V]> {
    for (const [key, value] of this.#base) if (!this.#gone.has(key)) yield [key, this.#changed.get(key) ?? value];
    for (const entry of this.#changed) if (this.#gone.has(entry[0]) || !this.#base.has(entry[0])) yield entry;
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}

/** Faster than `new Map(map)`, which makes an array of each entry. */
function copyOf<V>(map: ReadonlyMap<string, V>): Map<string, V> {
  const copy = new Map<string, V>();
  map.forEach((value, key) => copy.set(key, value));
  return copy;
}
