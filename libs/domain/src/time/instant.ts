/** An instant in milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * The instant that an RFC 3339 text names, in milliseconds (finer fractions are cut); `undefined` when the text is not
 * one: no offset, a day or an hour that does not exist. Seconds may be left out.
 */
export function parseInstant(text: string): Millis | undefined {
  return plainInstant(text) ?? anyInstant(text);
}

/** As `formatInstant` writes it, and so most of what is read; on days that every month has. Several times as fast as a pattern. */
function plainInstant(text: string): Millis | undefined {
  if (text.length !== 20 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return undefined;
  if (text[13] !== ':' || text[16] !== ':' || text[19] !== 'Z') return undefined;
  const [year, month, day] = [100 * digits(text, 0) + digits(text, 2), digits(text, 5), digits(text, 8)];
  const [hour, minute, second] = [digits(text, 11), digits(text, 14), digits(text, 17)];
  const right = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
  if (!right || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Two decimal digits; `NaN`, which nothing compares with, where they are none. */
function digits(text: string, at: number): number {
  const [ten, one] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return ten >= 0 && ten <= 9 && one >= 0 && one <= 9 ? 10 * ten + one : NaN;
}

function anyInstant(text: string): Millis | undefined {
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
  const text = new Date(millis).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

function offsetMillis(offset: string): number {
  if (offset === 'Z' || offset === 'z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (+offset.slice(1, 3) * 60 + +offset.slice(4, 6)) * 60_000;
}
