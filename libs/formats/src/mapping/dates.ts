import type { Millis } from '@portolan/domain';
import { momentsInZone } from '../time/local.js';
import { months } from './months.js';

const parts = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d{2})',
  MMM: '(?<monthName>\\p{L}{3,12}\\.?)',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<half>\\d{2})',
  h: '(?<half>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})(?:[.,]\\d{1,9})?',
  a: '(?<noon>[AaPp]\\.?[Mm]\\.?)',
  XXX: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
} as const;

/** A date format, ready to read: the fields it has, and how they are found. */
export interface DatePattern {
  readonly pattern: string;
  readonly expression: RegExp;
}

const TOKENS = /yyyy|yy|MMM|MM|M|dd|d|HH|H|hh|h|mm|ss|a|XXX|'[^']*'|[^A-Za-z']|./g;

/** Compiles `dd/MM/yyyy HH:mm` (Unicode TR 35 letters); `undefined` with a letter that means nothing, or no day, month and year. */
export function datePattern(pattern: string): DatePattern | undefined {
  const tokens = pattern.match(TOKENS) ?? [];
  const pieces = tokens.map((token) => (token in parts ? parts[token as keyof typeof parts] : literal(token)));
  if (pieces.includes(undefined)) return undefined;
  const source = pieces.join('');
  const whole = ['year', 'onth', '<day>'].every((name) => source.toLowerCase().includes(name));
  const once = new Set(source.match(/<\w+>/g)).size === (source.match(/<\w+>/g) ?? []).length;
  return whole && once ? { pattern, expression: new RegExp(`^${source}$`, 'u') } : undefined;
}

const literal = (token: string): string | undefined => {
  const text = token.replace(/^'(.*)'$/, '$1');
  return text === token && /[A-Za-z']/.test(token) ? undefined : text.replaceAll(/[/\\^$.*+?()[\]{}|]/g, '\\$&');
};

export type ReadMoment = { readonly ok: true; readonly at: Millis } | { readonly ok: false; readonly message: string };

/** The instant a text names by one of the patterns, local to the zone where it has no offset; `undefined`: none of them fits. */
export function readDate(
  text: string,
  patterns: readonly DatePattern[],
  zone: string | undefined,
): ReadMoment | undefined {
  for (const { expression } of patterns) {
    const groups = expression.exec(text)?.groups;
    const clock = groups && clockOf(groups);
    if (clock !== undefined)
      return groups!.offset ? { ok: true, at: clock - offsetOf(groups!.offset) } : inZone(clock, zone);
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** The wall clock as if it were UTC; `undefined` where there is no such day or hour. */
function clockOf(groups: Groups): Millis | undefined {
  const year = groups.year === undefined ? 2000 + Number(groups.shortYear) : Number(groups.year);
  const month = groups.monthName === undefined ? Number(groups.month) : months.get(plainMonth(groups.monthName));
  const [day, hour] = [Number(groups.day), hourOf(groups)];
  const [minute, second] = [Number(groups.minute ?? 0), Number(groups.second ?? 0)];
  if (month === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const clock = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return clock.getUTCDate() === day && clock.getUTCMonth() === month - 1 ? clock.getTime() : undefined;
}

const plainMonth = (name: string): string => name.toLowerCase().replace('.', '');

function hourOf({ hour, half, noon }: Groups): number {
  if (half === undefined) return Number(hour ?? 0);
  if (Number(half) < 1 || Number(half) > 12) return NaN;
  return (Number(half) % 12) + (noon?.toLowerCase().startsWith('p') ? 12 : 0);
}

function offsetOf(offset: string): Millis {
  if (offset === 'Z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  return (offset.startsWith('-') ? -1 : 1) * ((hours * 60 + minutes) * 60_000);
}

/** What a wall clock says in a zone; hours that the change of the clocks skips or repeats are told, not guessed. */
export function inZone(clock: Millis, zone: string | undefined): ReadMoment {
  if (zone === undefined)
    return { ok: false, message: 'has no offset from UTC: give the mapping a timeZone, such as Europe/Brussels' };
  const moments = momentsInZone(clock, zone);
  if (moments.length === 1) return { ok: true, at: moments[0]! };
  const why = moments.length === 0 ? 'does not exist' : 'is there twice';
  return { ok: false, message: `${why} in ${zone}, where the clocks change: write it with its offset` };
}

/** Is there a zone of that name? */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

/** The wall clock of a spreadsheet's moment, `2026-03-05T10:00:00`. */
export const clockOfSheet = (text: string): Millis => Date.parse(`${text}Z`);
