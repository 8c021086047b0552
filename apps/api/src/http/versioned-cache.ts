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
    const kept = this.kept.get(name);
    if (kept?.version === version) return kept.value;
    const underWay = this.underWay.get(name);
    if (underWay?.version === version) return underWay.value;
    const entry = { version, value: this.made(name, version, make) };
    this.underWay.set(name, entry);
    const done = () => this.underWay.get(name) === entry && this.underWay.delete(name);
    entry.value.then(done, done);
    return entry.value;
  }

  private async made(name: string, version: string, make: () => Promise<T>): Promise<T> {
    const value = await make();
    this.kept.set(name, { version, value });
    return value;
  }
}
