import fc from 'fast-check';
import { Remembered } from './remembered.js';

describe('a set that only grows', () => {
  it('is what a set of its own would be, whichever of those before it others were made of', () => {
    const steps = fc.array(fc.record({ from: fc.nat(), key: fc.nat({ max: 30 }).map(String) }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (additions) => {
        const made = [{ remembered: Remembered.of(), keys: [] as string[] }];
        for (const { from, key } of additions) {
          const { remembered, keys } = made[from % made.length]!;
          if (!remembered.has(key)) made.push({ remembered: remembered.with(key), keys: [...keys, key] });
        }
        for (const { remembered, keys } of made) {
          expect([...remembered]).toEqual(keys);
          expect(remembered.size).toBe(keys.length);
          for (let key = 0; key <= 30; key++) expect(remembered.has(String(key))).toBe(keys.includes(String(key)));
        }
      }),
    );
  });
});
