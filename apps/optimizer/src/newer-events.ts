import { setTimeout as pause } from 'node:timers/promises';
import { type BatchContext, type EventLog, topics } from '@portolan/streams';

/** Milliseconds that a step has before newer events may end it. */
const UNDISTURBED = 2000;
const EVERY = 250;

/**
 * A signal for a planning step: aborted when the subscription ends, and once events are in the log that the step does not know and
 * that have waited long enough. The watch ends with `over`.
 */
export function newerEvents(
  log: EventLog,
  partition: number,
  { end, signal }: Pick<BatchContext, 'end' | 'signal'>,
  over: AbortSignal,
  undisturbed = UNDISTURBED,
): AbortSignal {
  const newer = new AbortController();
  const isNewer = async () => ((await log.ends(topics.events))[partition] ?? 0) > end;
  const watch = async () => {
    await pause(undisturbed, undefined, { signal: over });
    while (!(await isNewer())) await pause(EVERY, undefined, { signal: over });
    newer.abort();
  };
  // A log that cannot be asked disturbs nobody.
  watch().catch(() => {});
  return AbortSignal.any([signal, newer.signal]);
}
