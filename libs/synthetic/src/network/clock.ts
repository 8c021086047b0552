import { DAY, HOUR, type Millis, parseInstant } from '@portolan/domain';

/** Every hinterland begins on Monday 2 March 2026, 00:00 UTC, and has two weeks of orders. */
export const START: Millis = parseInstant('2026-03-02T00:00:00Z')!;
export const END: Millis = START + 14 * DAY;

/** Plans look three weeks ahead. */
export const HORIZON = 21 * DAY;

/** The last goods are due six days after the last order is ready; sailings go on until then. */
export const LAST_DEPARTURE: Millis = END + 5 * DAY;

/** Hours since the start as an instant, to the quarter of an hour. */
export const at = (hours: number): Millis => START + Math.round(hours * 4) * (HOUR / 4);

/** Hours as a length, a quarter at least. */
export const lasting = (hours: number): Millis => Math.max(1, Math.round(hours * 4)) * (HOUR / 4);
