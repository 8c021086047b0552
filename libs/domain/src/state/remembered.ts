/**
 * A set that only grows, as a value: `with` gives another set, and this one stays as it was. All that came from one another share one map,
 * in which each knows how many entries are its own, so that adding takes the same time however large it is. Only where two are made of
 * the same set the second copies it.
 */
export class Remembered {
  readonly #ordinals: Map<string, number>;
  readonly size: number;

  private constructor(ordinals: Map<string, number>, size: number) {
    this.#ordinals = ordinals;
    this.size = size;
  }

  static of(keys: Iterable<string> = []): Remembered {
    const ordinals = new Map<string, number>();
    for (const key of keys) if (!ordinals.has(key)) ordinals.set(key, ordinals.size);
    return new Remembered(ordinals, ordinals.size);
  }

  has(key: string): boolean {
    const ordinal = this.#ordinals.get(key);
    return ordinal !== undefined && ordinal < this.size;
  }

  /** @param key one that is not in it */
  with(key: string): Remembered {
    const isNewest = this.#ordinals.size === this.size;
    const ordinals = isNewest ? this.#ordinals : Remembered.of(this).#ordinals;
    return new Remembered(ordinals.set(key, this.size), this.size + 1);
  }

  /** In the order in which they were added. */
  *[Symbol.iterator](): Iterator<string> {
    let left = this.size;
    for (const key of this.#ordinals.keys()) {
      if (left-- === 0) return;
      yield key;
    }
  }
}
