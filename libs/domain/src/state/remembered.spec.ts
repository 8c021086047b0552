import fc from 'fast-check';
import { Remembered, type Sent } from './remembered.js';

describe('a set of events that only grows', () => {
  it('is what a set of its own would be, whichever of those before it others were made of', () => {
    const source = fc.constantFrom('/terminal', '/carrier', '/terminal 1');
    const id = fc.nat({ max: 12 }).map(String);
    const steps = fc.array(fc.record({ from: fc.nat(), source, id }), { maxLength: 80 });
    fc.assert(
      fc.property(steps, (additions) => {
        const made = [{ remembered: Remembered.of(), events: [] as Sent[] }];
        for (const { from, source, id } of additions) {
          const { remembered, events } = made[from % made.length]!;
          if (remembered.has(source, id)) continue;
          made.push({ remembered: remembered.with(source, id), events: [...events, [source, id]] });
        }
        for (const { remembered, events } of made) {
          expect([...remembered]).toEqual(events);
          expect([...Remembered.of(events)]).toEqual(events);
          expect(remembered.size).toBe(events.length);
          for (const source of ['/terminal', '/carrier', '/terminal 1'])
            for (let number = 0; number <= 12; number++)
              expect(remembered.has(source, String(number))).toBe(
                events.some((each) => each[0] === source && each[1] === String(number)),
              );
        }
      }),
    );
  });

  it('tells apart what would be the same text put together', () => {
    const remembered = Remembered.of([['a b', 'c']]);
    expect([remembered.has('a b', 'c'), remembered.has('a', 'b c')]).toEqual([true, false]);
  });
});
