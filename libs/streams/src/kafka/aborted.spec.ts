import { Aborted } from './aborted.js';

describe('transactions that were aborted', () => {
  it('leave out what their producer wrote from their first offset to their end, and nothing of others', () => {
    const aborted = new Aborted([
      { producerId: 7n, firstOffset: 12n },
      { producerId: '7', firstOffset: '3' },
      { producerId: 8n, firstOffset: 4n },
    ]);
    expect(aborted.has(7n, 2)).toBe(false);
    expect(aborted.has(7n, 3)).toBe(true);
    expect([aborted.has('8', 5), aborted.has(9n, 5)]).toEqual([true, false]);
    aborted.end('7');
    expect([aborted.has(7n, 8), aborted.has(8n, 8)]).toEqual([false, true]);
    expect(aborted.has(7n, 12)).toBe(true);
  });

  it('are none where a broker names none', () => {
    expect([new Aborted(null).has(1n, 1), new Aborted(undefined).has('1', 1)]).toEqual([false, false]);
  });
});
