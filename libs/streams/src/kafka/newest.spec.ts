import { Newest } from './newest.js';

describe('the newest entries of a map', () => {
  it.each([1, 2, 7, 100])('are at least %i, and hardly more', (wanted) => {
    const newest = new Newest<number>(wanted);
    for (let count = 1; count <= 5 * wanted + 3; count++) {
      newest.add(`key ${count}`, count);
      const kept = Array.from({ length: count }, (_, at) => newest.get(`key ${at + 1}`)).filter(
        (value) => value !== undefined,
      );
      expect(kept.at(-1)).toBe(count);
      expect(kept.length).toBeGreaterThanOrEqual(Math.min(wanted, count));
      expect(kept.length).toBeLessThanOrEqual(3 * Math.ceil(wanted / 2));
      expect(kept).toEqual(Array.from({ length: kept.length }, (_, at) => count - kept.length + 1 + at));
    }
  });
});
