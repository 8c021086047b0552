import fc from 'fast-check';
import { LayeredMap } from './layered-map.js';

const change = fc.record({ key: fc.nat({ max: 40 }).map(String), value: fc.option(fc.nat(), { nil: undefined }) });
const steps = fc.array(fc.record({ from: fc.nat(), changes: fc.array(change, { maxLength: 30 }) }), { maxLength: 20 });

describe('a map of which forks are made', () => {
  it('is what a map of its own would be, in the same order, whatever was changed in the forks of it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), steps, (size, forks) => {
        const entries = Array.from({ length: size }, (_, key) => [String(key), key] as const);
        const made = [{ layered: LayeredMap.of(entries), plain: new Map<string, number>(entries) }];
        for (const { from, changes } of forks) {
          const before = made[from % made.length]!;
          const [layered, plain] = [before.layered.fork(), new Map(before.plain)];
          for (const { key, value } of changes) {
            if (value === undefined) [layered, plain].forEach((map) => map.delete(key));
            else [layered, plain].forEach((map) => map.set(key, value));
          }
          made.push({ layered, plain });
        }
        for (const { layered, plain } of made) {
          expect([...layered]).toEqual([...plain]);
          expect([[...layered.keys()], [...layered.values()]]).toEqual([[...plain.keys()], [...plain.values()]]);
          expect(layered.size).toBe(plain.size);
          for (let key = 0; key <= 60; key++)
            expect([layered.get(`${key}`), layered.has(`${key}`)]).toEqual([plain.get(`${key}`), plain.has(`${key}`)]);
        }
      }),
    );
  });
});
