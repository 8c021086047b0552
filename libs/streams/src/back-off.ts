const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/** How long to wait before trying again after so many failed attempts, in milliseconds: 100 ms, doubling to 10 s. */
export const backOff = (attempts: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 10));

/** Resolves after `ms`, or at once when the signal is aborted. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
