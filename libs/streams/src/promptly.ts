import { LogError } from './error.js';
import type { Appended, EventLog, NewRecord } from './log.js';
import { withAppend } from './with-append.js';

/**
 * The log, for callers that must be answered soon: an append that takes longer than `patience` milliseconds fails with `log-unreachable`, and
 * so does at once every other while one is overdue, instead of waiting in a growing queue. What is overdue may still be appended; who sends
 * it again, with the same ids, doubles nothing.
 */
export function promptly(log: EventLog, patience: number): EventLog {
  const overdue = new Set<Promise<unknown>>();
  const append = (topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> => {
    if (overdue.size > 0) return Promise.reject(late(patience));
    const appending = log.append(topic, records);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        overdue.add(appending);
        reject(late(patience));
      }, patience);
      const settle = () => {
        clearTimeout(timer);
        overdue.delete(appending);
      };
      appending.finally(settle).then(resolve, reject);
    });
  };
  return withAppend(log, append);
}

const late = (patience: number): LogError =>
  new LogError('log-unreachable', `The log took longer than ${patience / 1000} s to append. Try again later.`, true);
