import type { Appended, EventLog } from './log.js';
import { promptly } from './promptly.js';

describe('a log for callers that must be answered soon', () => {
  let asked: { resolve: (appended: readonly Appended[]) => void; reject: (error: Error) => void }[];
  let log: EventLog;
  const append = () => log.append('events', [{ key: 'cell', value: '1' }]);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

  beforeEach(() => {
    asked = [];
    const slow = { append: () => new Promise((resolve, reject) => asked.push({ resolve, reject })) };
    log = promptly(slow as unknown as EventLog, 50);
  });

  it('gives what the log gives, and what it refuses, as it is', async () => {
    const [one, two] = [append(), append()];
    asked[0]!.resolve([]);
    asked[1]!.reject(new Error('too large'));
    await expect(one).resolves.toEqual([]);
    await expect(two).rejects.toThrow('too large');
  });

  it('tells the caller of an append that takes too long to try again, and all others at once, without asking the log', async () => {
    await expect(append()).rejects.toMatchObject({ code: 'log-unreachable', retriable: true });
    const began = performance.now();
    await expect(append()).rejects.toMatchObject({ code: 'log-unreachable' });
    expect(performance.now() - began).toBeLessThan(25);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['is done', () => asked[0]!.resolve([])],
    ['has failed', () => asked[0]!.reject(new Error('no broker'))],
  ])('asks the log again once what was overdue %s', async (_, end) => {
    await expect(append()).rejects.toMatchObject({ code: 'log-unreachable' });
    end();
    await settled();
    const again = append();
    asked[1]!.resolve([]);
    await expect(again).resolves.toEqual([]);
  });
});
