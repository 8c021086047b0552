const GENERATIONS = 2;

/**
 * The newest entries of a map, at least as many as wanted and at most half as many more. The oldest go a generation at a time: a `Map` whose first
 * entry is taken out again and again has to walk over all those that are gone.
 */
export class Newest<V> {
  private generations: readonly Map<string, V>[] = [new Map()];
  private readonly share: number;

  /** @param wanted 1 or more */
  constructor(wanted: number) {
    this.share = Math.ceil(wanted / GENERATIONS);
  }

  get(key: string): V | undefined {
    for (const generation of this.generations) {
      const value = generation.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** @param key one that is not there */
  add(key: string, value: V): void {
    if (this.generations[0]!.size === this.share)
      this.generations = [new Map(), ...this.generations.slice(0, GENERATIONS)];
    this.generations[0]!.set(key, value);
  }
}
