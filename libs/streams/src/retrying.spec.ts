import { jest } from '@jest/globals';
import { type Retries, retrying } from './retrying.js';

describe('trying again', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** Work that fails so often, the times at which it was tried, and what became of it. */
  const attempted = (failures: number, options: Partial<Retries> = {}) => {
    const began = Date.now();
    const tried: number[] = [];
    const work = async (attempt: number) => {
      tried.push(Date.now() - began);
      if (attempt <= failures) throw new Error(`failure ${attempt}`);
      return `done at ${attempt}`;
    };
    const outcome = retrying(work, { tries: 5, passes: () => true, ...options }).catch(
      (error: Error) => `${error.message}, ${Date.now() - began} ms`,
    );
    return { tried, outcome };
  };
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('gives what the work comes to, and waits twice as long after each failure', async () => {
    const { tried, outcome } = attempted(4);
    await pass(10_000);
    expect(await outcome).toBe('done at 5');
    expect(tried).toEqual([0, 100, 300, 700, 1500]);
  });

  it('waits for 10 s at most', async () => {
    const { tried } = attempted(20, { tries: 12 });
    await pass(100_000);
    expect(tried.at(-1)! - tried.at(-2)!).toBe(10_000);
  });

  it('rejects with the last failure when all tries are used up', async () => {
    const { outcome } = attempted(9, { tries: 3 });
    await pass(10_000);
    expect(await outcome).toBe('failure 3, 300 ms');
  });

  it('rejects at once with a failure that does not pass', async () => {
    const { outcome, tried } = attempted(9, { passes: (error) => (error as Error).message !== 'failure 2' });
    await pass(10_000);
    expect(await outcome).toBe('failure 2, 100 ms');
    expect(tried).toHaveLength(2);
  });

  it('begins no try when its patience is at an end', async () => {
    const { outcome, tried } = attempted(9, { patience: 250 });
    await pass(10_000);
    expect(await outcome).toBe('failure 3, 300 ms');
    expect(tried).toEqual([0, 100, 300]);
  });

  it('waits no longer once it is aborted, and rejects with the failure it waited after', async () => {
    const stopping = new AbortController();
    const { outcome, tried } = attempted(9, { signal: stopping.signal });
    await pass(320);
    stopping.abort();
    await pass(0);
    expect(await outcome).toBe('failure 3, 320 ms');
    expect(tried).toHaveLength(3);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tries once where it was aborted before', async () => {
    const signal = AbortSignal.abort();
    expect(await attempted(0, { signal }).outcome).toBe('done at 1');
    expect(await attempted(1, { signal }).outcome).toBe('failure 1, 0 ms');
  });

  it('tells of the failures that are followed by another try', async () => {
    const told: string[] = [];
    const onFailure = (error: unknown, attempt: number) => told.push(`${(error as Error).message} at ${attempt}`);
    const { outcome } = attempted(9, { tries: 3, onFailure });
    await pass(10_000);
    await outcome;
    expect(told).toEqual(['failure 1 at 1', 'failure 2 at 2']);
  });
});
