import { readMessage } from './registry.js';

const reception = { received: Date.UTC(2026, 2, 2, 8) };

describe('a message that would keep everything else waiting', () => {
  it.each([
    ['of too many events', `[${'{},'.repeat(200_000)}{}]`, 'dcsa', 'has more than the 100000 items'],
    [
      'of too many rows',
      `id,from,to,quantity,available\n${'a,b,c,1,x\n'.repeat(200_000)}`,
      'csv',
      'has more than the 100000 items',
    ],
    ['of one endless row', `id,from,to,quantity,available\n${','.repeat(9_000_000)}`, 'csv', 'is no table: line'],
    ['of an endless header', ','.repeat(9_000_000), 'csv', 'is no table: line'],
    ['of brackets', '['.repeat(9_000_000), 'dcsa', 'is nested deeper than 64 levels'],
  ])('%s is refused soon', (_, body, format, why) => {
    const started = performance.now();
    const reading = readMessage({ body, format }, reception);
    expect('unreadable' in reading && reading.unreadable[0]!.message).toContain(why);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
