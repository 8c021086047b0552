/** An instant in milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})$/;

/** As most senders write it. */
const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The instant that an RFC 3339 text names, in milliseconds (finer fractions are cut); `undefined` when the text is not
 * one: no offset, a day or an hour that does not exist. Seconds may be left out.
 */
export function parseInstant(text: string): Millis | undefined {
  if (USUAL.test(text)) return ofUsual(text);
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset = 'Z'] = match;
  const utc = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second, +fraction.slice(0, 3).padEnd(3, '0'));
  const back = new Date(utc);
  if (back.getUTCDate() !== +day! || back.getUTCMonth() !== +month! - 1 || +hour! > 23 || +minute! > 59 || +second > 59)
    return undefined;
  if (+year! < 100) return undefined;
  return utc - offsetMillis(offset);
}

/** RFC 3339 in UTC, without the fraction where it is zero: `2026-03-05T10:00:00Z`. */
export function formatInstant(millis: Millis): string {
  const day = Math.floor(millis / DAY);
  const second = (millis - day * DAY) / 1000;
  if (Number.isInteger(second)) return beginningOf(day) + minutes[Math.floor(second / 60)]! + seconds[second % 60]!;
  const text = new Date(millis).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

// Most instants are of whole seconds, and many of one day: put together, they take a sixth of the time.
const twoDigits = (value: number): string => String(value).padStart(2, '0');
const minutes = Array.from({ length: 1440 }, (_, at) => `${twoDigits(Math.floor(at / 60))}:${twoDigits(at % 60)}:`);
const seconds = Array.from({ length: 60 }, (_, at) => `${twoDigits(at)}Z`);
const beginnings = new Map<number, string>();
const MOST_DAYS = 1000;

/** The text of a day, counted from 1970, up to its `T`. */
function beginningOf(day: number): string {
  const known = beginnings.get(day);
  if (known !== undefined) return known;
  const beginning = new Date(day * DAY).toISOString().slice(0, -13);
  if (beginnings.size >= MOST_DAYS) beginnings.clear();
  beginnings.set(day, beginning);
  return beginning;
}

function offsetMillis(offset: string): number {
  if (offset === 'Z' || offset === 'z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (+offset.slice(1, 3) * 60 + +offset.slice(4, 6)) * 60_000;
}

const [POINT, ZULU] = [46, 90];

/** Two digits as a number. */
const pair = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/** Most instants come like this, many of them in a table: read without cutting the text to pieces, three times as fast. */
function ofUsual(text: string): Millis | undefined {
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  const hour = pair(text, 11);
  const minute = pair(text, 14);
  const second = pair(text, 17);
  const milli = text.charCodeAt(19) === POINT ? pair(text, 20) * 10 + text.charCodeAt(22) - 48 : 0;
  if (year < 100 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, milli);
  return text.charCodeAt(text.length - 1) === ZULU ? utc : utc - offsetMillis(text.slice(-6));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
