import type { Millis } from '@portolan/domain';

/** Where a service reads the time: the machine's, or a scenario's. Decisions about plans use the log's time instead. */
export interface Clock {
  now(): Millis;
}

/** Nest token of the clock. */
export const CLOCK = Symbol('Clock');

export const systemClock: Clock = { now: () => Date.now() };
