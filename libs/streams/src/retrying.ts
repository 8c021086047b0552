import { backOff, pause } from './back-off.js';

export interface Retries {
  /** In all, 1 or more. */
  readonly tries: number;
  /** Whether it may go better the next time, after this failure. */
  readonly passes: (error: unknown) => boolean;
  /** So many milliseconds after the first try none begins any more. Default: no limit. */
  readonly patience?: number;
  /** Aborted: nobody waits for another try; the last failure stands. */
  readonly signal?: AbortSignal;
  /** Told of each failure that is followed by another try, and which try it was. */
  readonly onFailure?: (error: unknown, attempt: number) => void;
}

/**
 * What the work comes to: tried again after failures that pass, after 100 ms and then twice as long each time, up to 10 s. Rejects with the last failure.
 * The work is told which try it is, from 1 on.
 */
export const retrying = async <T>(
  work: (attempt: number) => Promise<T>,
  { tries, passes, patience = Infinity, signal, onFailure }: Retries,
): Promise<T> => {
  const began = Date.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= tries || !passes(error) || signal?.aborted || Date.now() - began > patience) throw error;
      onFailure?.(error, attempt);
      await pause(backOff(attempt), signal);
      if (signal?.aborted) throw error;
    }
  }
};
