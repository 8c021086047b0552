import { type Millis, parseInstant } from '@portolan/domain';
import type { Entry } from '../log/entry.js';

/**
 * When a replay plans: where the live optimizer did, at every so many milliseconds of the log's time, or once for the events
 * received at one moment. All plan at the end what no plan knows yet.
 */
export type Pace = { readonly kind: 'as-planned' | 'moments' } | { readonly kind: 'every'; readonly every: Millis };

/** Every so often, where somebody says how often; else where the live optimizer planned, if the log tells. */
export function paceFor(planned: boolean, every?: Millis): Pace {
  if (every !== undefined) return { kind: 'every', every };
  return { kind: planned ? 'as-planned' : 'moments' };
}

/** Is a plan due between the events so far, the newest of them received then, and this one? */
export function isDueBefore(pace: Pace, newest: Millis, { event }: Entry): boolean {
  const received = parseInstant(event.recordedtime)!;
  switch (pace.kind) {
    case 'as-planned':
      return false;
    case 'moments':
      return received !== newest;
    case 'every':
      return Math.floor(received / pace.every) > Math.floor(newest / pace.every);
  }
}

export const isDueAfter = (pace: Pace, { planned }: Entry): boolean =>
  pace.kind === 'as-planned' && planned !== undefined;
