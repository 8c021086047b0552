import { VersionedCache } from './versioned-cache.js';

interface Value {
  readonly text: string;
}

describe('values that are good while their version is the newest', () => {
  const made: string[][] = [];
  const cacheOf = (most: number) => new VersionedCache<Value>(most, () => 1000);
  const make = async (names: readonly string[]) => {
    made.push([...names]);
    return names.map((name) => (name.startsWith('no') ? undefined : { text: name.toUpperCase() }));
  };
  const textsOf = (values: readonly (Value | undefined)[]) => values.map((value) => value?.text);
  beforeEach(() => made.splice(0));

  it('are made together where they are missing, and given in the order asked for', async () => {
    const cache = cacheOf(1e6);
    await cache.getMany(['b', 'd'], '1', make);
    expect(textsOf(await cache.getMany(['a', 'b', 'none', 'c', 'd'], '1', make))).toEqual([
      'A',
      'B',
      undefined,
      'C',
      'D',
    ]);
    expect(made).toEqual([
      ['b', 'd'],
      ['a', 'none', 'c'],
    ]);
  });

  it('are made anew for another version, and what was not there is asked for again', async () => {
    const cache = cacheOf(1e6);
    await cache.getMany(['a', 'none'], '1', make);
    await cache.getMany(['a', 'none'], '1', make);
    await cache.getMany(['a'], '2', make);
    expect(made).toEqual([['a', 'none'], ['none'], ['a']]);
  });

  it('are given whole, however few there is room for', async () => {
    const cache = cacheOf(2500);
    await cache.getMany(['a', 'b'], '1', make);
    expect(textsOf(await cache.getMany(['c', 'd', 'b', 'e', 'a'], '1', make))).toEqual(['C', 'D', 'B', 'E', 'A']);
  });
});
