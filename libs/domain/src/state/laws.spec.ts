import fc from 'fast-check';
import { parseEvent } from '../events/event.js';
import { toProblem } from '../planning/to-problem.js';
import { foldBatch } from './fold.js';
import { stateFromJson, stateToJson } from './snapshot.js';
import { emptyState } from './state.js';
import { arbitraryLog } from './testing/arbitrary-log.js';
import { network } from './testing/log.js';

const runs = { numRuns: 400 };
const known = network().events;
const withNetwork = arbitraryLog().map((events) => [
  ...known,
  ...events.map(({ event, position }) => ({ event, position: position + known.length })),
]);
const bytes = (state: Parameters<typeof toProblem>[0]) => {
  const { problem, demands, unplanned } = toProblem(state);
  return JSON.stringify([problem, [...demands], unplanned]);
};

describe('for any valid events', () => {
  it('(the generator makes valid ones)', () => {
    fc.assert(
      fc.property(arbitraryLog(10), (events) => {
        for (const { event } of events) expect(parseEvent(event)).toMatchObject({ ok: true });
      }),
    );
  });

  it('folding twice is folding once', () => {
    fc.assert(
      fc.property(withNetwork, fc.nat(), (events, seed) => {
        const once = foldBatch(emptyState('test'), events);
        const again = events.filter((_, index) => (index * 7 + seed) % 3 === 0);
        const last = events.at(-1)?.position ?? 0;
        const twice = foldBatch(
          once,
          again.map(({ event }, index) => ({ event, position: last + 1 + index })),
        );
        expect(bytes(twice)).toBe(bytes(once));
      }),
      runs,
    );
  });

  it('it does not matter how the log is cut into batches', () => {
    fc.assert(
      fc.property(withNetwork, fc.integer({ min: 1, max: 9 }), (events, size) => {
        let state = emptyState('test');
        for (let from = 0; from < events.length; from += size)
          state = foldBatch(state, events.slice(from, from + size));
        expect(stateToJson(state)).toBe(stateToJson(foldBatch(emptyState('test'), events)));
      }),
      runs,
    );
  });

  it('a snapshot goes on as the state it was made from', () => {
    fc.assert(
      fc.property(withNetwork, (events) => {
        const half = Math.floor(events.length / 2);
        const state = foldBatch(emptyState('test'), events.slice(0, half));
        const read = stateFromJson(stateToJson(state))!;
        expect(bytes(foldBatch(read, events.slice(half)))).toBe(bytes(foldBatch(state, events.slice(half))));
      }),
      runs,
    );
  });

  it('goods are neither lost nor doubled', () => {
    fc.assert(
      fc.property(withNetwork, (events) => {
        const state = foldBatch(emptyState('test'), events);
        for (const { quantity } of toProblem(state).problem.demands) expect(quantity).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});
