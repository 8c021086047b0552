import { LRUCache } from 'lru-cache';

interface Entry<T> {
  readonly version: string;
  readonly value: T;
}

/** Values by name, each good while its version is the newest. What was not used for longest makes way. */
export class VersionedCache<T extends object> {
  private readonly kept: LRUCache<string, Entry<T>>;
  /** Asked for again while they are made, they are made once. */
  private readonly underWay = new Map<string, Entry<Promise<T>>>();

  /** @param most bytes of all values together */
  constructor(most: number, sizeOf: (value: T) => number) {
    this.kept = new LRUCache({
      maxSize: most,
      sizeCalculation: ({ value }, name) => sizeOf(value) + name.length + 100,
    });
  }

  /** @param make gives the value of this version, or of a newer one */
  get(name: string, version: string, make: () => Promise<T>): T | Promise<T> {
    const kept = this.keptOf(name, version);
    if (kept) return kept;
    const underWay = this.underWay.get(name);
    if (underWay?.version === version) return underWay.value;
    const entry = { version, value: this.made(name, version, make) };
    this.underWay.set(name, entry);
    const done = () => this.underWay.get(name) === entry && this.underWay.delete(name);
    entry.value.then(done, done);
    return entry.value;
  }

  /**
   * As `get`, for several at once: those that are not kept are made together.
   * @param make gives a value for each name, in their order; what is `undefined` is not kept
   */
  async getMany(
    names: readonly string[],
    version: string,
    make: (missing: readonly string[]) => Promise<readonly (T | undefined)[]>,
  ): Promise<(T | undefined)[]> {
    const values = names.map((name) => this.keptOf(name, version));
    const missing = names.filter((_, at) => values[at] === undefined);
    if (missing.length === 0) return values;
    const made = await make(missing);
    missing.forEach((name, at) => {
      const value = made[at];
      if (value) this.kept.set(name, { version, value });
    });
    let next = 0;
    return values.map((value) => value ?? made[next++]);
  }

  private keptOf(name: string, version: string): T | undefined {
    const kept = this.kept.get(name);
    return kept?.version === version ? kept.value : undefined;
  }

  private async made(name: string, version: string, make: () => Promise<T>): Promise<T> {
    const value = await make();
    this.kept.set(name, { version, value });
    return value;
  }
}
