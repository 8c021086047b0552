import { formatDuration } from '../time/duration.js';
import { DAY, type Millis, formatInstant } from '../time/instant.js';

/** Nothing in the world is more; a number beyond is somebody's mistake, and must not stop planning. */
const MOST = 1e12;
const CENTURY = 36_525 * DAY;
const FIRST = Date.UTC(1000, 0, 1);
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Rounded to 1e-6, without a negative zero: equal states give equal bytes. */
export const clean = (value: number): number => Math.round(Math.min(value, MOST) * 1e6) / 1e6 + 0;

/** RFC 3339; what lies outside four-digit years is put at their ends. */
export const instantText = (at: Millis): string => formatInstant(Math.min(Math.max(at, FIRST), LAST));

/** ISO 8601, a century at most. */
export const durationText = (length: Millis): string => formatDuration(Math.min(length, CENTURY));

/** In order of id, by code unit. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** Without the fields that are undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const name in fields)
    if (fields[name] !== undefined) kept[name] = fields[name] as Exclude<T[typeof name], undefined>;
  return kept;
}
