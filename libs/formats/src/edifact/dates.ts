import { DAY, type Millis } from '@portolan/domain';
import { instantInZone, instantOfClocks } from '../time/local.js';
import { withinReach } from '../time/moment.js';
import { zoneOf } from '../time/zones.js';

/** A moment or a day as a message has it. */
export interface Instant {
  readonly at: Millis;
  /** Its end, where it is a period; for a day its last second. */
  readonly end: Millis;
  readonly flags: readonly string[];
}

export type ReadDate =
  { readonly ok: true; readonly value: Instant } | { readonly ok: false; readonly message: string };

/** Code list 2379 as far as it names one moment: Y year, M month, D day, h hour, m minute, s second, Z the zone's name. */
const layouts: Readonly<Record<string, string>> = {
  '2': 'DDMMYY',
  '3': 'MMDDYY',
  '4': 'DDMMYYYY',
  '101': 'YYMMDD',
  '102': 'YYYYMMDD',
  '201': 'YYMMDDhhmm',
  '202': 'YYMMDDhhmmss',
  '203': 'YYYYMMDDhhmm',
  '204': 'YYYYMMDDhhmmss',
  '205': 'YYYYMMDDhhmmZ',
  '301': 'YYMMDDhhmmZ',
  '302': 'YYMMDDhhmmssZ',
  '303': 'YYYYMMDDhhmmZ',
  '304': 'YYYYMMDDhhmmssZ',
};

/** Periods: two moments with a dash between. */
const periods: Readonly<Record<string, string>> = { '717': '101', '718': '102', '719': '203', '720': '203' };

const byLength: Readonly<Record<number, string>> = { 6: '101', 8: '102', 10: '201', 12: '203', 14: '204' };

/**
 * A value of DTM (C507) in its format (2379). Without a zone it is local to the place, and flagged; without a place UTC, and
 * flagged. A value that has not the length of its format is read by its length, and flagged.
 */
export function readDate(text: string, format: string, unlocode: string | undefined, received: Millis): ReadDate {
  const single = periods[format];
  if (single === undefined) return within(readOne(text, format, unlocode), received);
  const [from, to] = text.includes('-')
    ? text.split('-')
    : [text.slice(0, text.length / 2), text.slice(text.length / 2)];
  const [start, end] = [readOne(from!, single, unlocode), readOne(to ?? '', single, unlocode)];
  if (!start.ok || !end.ok) return wrong(`is no period of format ${format}, such as 20260301-20260305`);
  return within({ ok: true, value: { ...start.value, end: end.value.end } }, received);
}

function readOne(text: string, format: string, unlocode: string | undefined): ReadDate {
  const layout = layouts[format];
  const fits = layout && partsOf(text, layout);
  if (fits) return resolved(fits, text, unlocode);
  const guess = byLength[text.length];
  const parts = /^\d+$/.test(text) && guess !== undefined ? partsOf(text, layouts[guess]!) : undefined;
  if (!parts) return wrong(`is no date of format ${format || '(none given)'}, such as ${exampleOf(format)}`);
  const flag = `date-format: ${text} is not of format ${format || '(none given)'}, read as ${layouts[guess!]}`;
  return resolved(parts, text, unlocode, [flag]);
}

interface Parts {
  readonly clock: Millis;
  readonly dayOnly: boolean;
  readonly zone: string;
}

/** Where the digits of each part of a layout are: from and behind, both 0 where it has none. */
interface Places {
  readonly digits: number;
  readonly zoned: boolean;
  readonly dayOnly: boolean;
  readonly century: number;
  readonly parts: Readonly<Record<'Y' | 'M' | 'D' | 'h' | 'm' | 's', readonly [number, number]>>;
}

const placesOf = new Map(Object.values(layouts).map((layout) => [layout, placesIn(layout)]));

function placesIn(layout: string): Places {
  const zoned = layout.endsWith('Z');
  const part = (letter: string): [number, number] => {
    const from = layout.indexOf(letter);
    return from < 0 ? [0, 0] : [from, layout.lastIndexOf(letter) + 1];
  };
  return {
    digits: zoned ? layout.length - 1 : layout.length,
    zoned,
    dayOnly: !layout.includes('h'),
    century: layout.includes('YYYY') ? 0 : 2000,
    parts: { Y: part('Y'), M: part('M'), D: part('D'), h: part('h'), m: part('m'), s: part('s') },
  };
}

function partsOf(text: string, layout: string): Parts | undefined {
  const { digits, zoned, dayOnly, century, parts } = placesOf.get(layout)!;
  if (text.length < digits || text.length > digits !== zoned) return undefined;
  for (let at = 0; at < digits; at += 1) if (!isDigit(text.charCodeAt(at))) return undefined;
  const part = ([from, to]: readonly [number, number]): number => {
    let value = 0;
    for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
    return value;
  };
  const zone = zoned ? text.slice(digits) : '';
  const time = [part(parts.h), part(parts.m), part(parts.s)] as const;
  return clockOf(century + part(parts.Y), part(parts.M), part(parts.D), time, dayOnly, zone);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** 24:00 is the end of the day. */
function clockOf(
  year: number,
  month: number,
  day: number,
  [hour, minute, second]: readonly [number, number, number],
  dayOnly: boolean,
  zone: string,
): Parts | undefined {
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCDate() !== day || midnight.getUTCMonth() !== month - 1) return undefined;
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return undefined;
  return { clock: Date.UTC(year, month - 1, day, hour, minute, second), dayOnly, zone };
}

/** Offsets in hours of the zone names senders write; others are ambiguous. */
const zoneNames: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  UCT: 0,
  GMT: 0,
  WET: 0,
  CET: 1,
  MEZ: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  EST: -5,
  EDT: -4,
  PST: -8,
  PDT: -7,
};

function resolved(
  { clock, dayOnly, zone }: Parts,
  text: string,
  unlocode: string | undefined,
  doubts: readonly string[] = [],
): ReadDate {
  const flags = dayOnly ? [...doubts, `day-only: ${text} tells no time of day`] : doubts;
  const offset = zone === '' ? undefined : offsetOf(zone);
  if (offset !== undefined) return instant(clock - offset, dayOnly, flags);
  const unsure = zone === '' ? flags : [...flags, `unknown-zone: ${zone.slice(0, 10)} of ${text}`];
  const { at, flag } = localTo(unlocode, clock, text);
  return instant(at, dayOnly, unsure.length === 0 ? [flag] : [...unsure, flag]);
}

/** The end of a day is its last second. */
const instant = (at: Millis, dayOnly: boolean, flags: readonly string[]): ReadDate => ({
  ok: true,
  value: { at, end: dayOnly ? at + DAY - 1000 : at, flags },
});

function offsetOf(zone: string): Millis | undefined {
  const named = zoneNames[zone.toUpperCase()];
  if (named !== undefined) return named * 3_600_000;
  const match = /^([+-]?)(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (!match) return undefined;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
}

function localTo(unlocode: string | undefined, clock: Millis, text: string): { at: Millis; flag: string } {
  if (unlocode === undefined)
    return { at: clock, flag: `local-time: ${text} has no zone, and no place tells: read as UTC` };
  const known = zoneOf(unlocode);
  const at = known ? instantInZone(clock, known.zone) : instantOfClocks(clock, unlocode.slice(0, 2));
  if (at === undefined)
    return { at: clock, flag: `local-time: ${text} of ${unlocode}, whose zone is unknown: read as UTC` };
  const doubt = known && !known.certain ? `, taken to be ${known.zone}` : '';
  return { at, flag: `local-time: ${text} read as local to ${unlocode}${doubt}` };
}

const wrong = (message: string): ReadDate => ({ ok: false, message });

function within(read: ReadDate, received: Millis): ReadDate {
  if (!read.ok) return read;
  const moment = withinReach(read.value.at, received);
  return moment.ok ? read : moment;
}

const exampleOf = (format: string): string =>
  ({ '101': '260305', '102': '20260305', '201': '2603051430', '204': '20260305143000', '303': '202603051430UTC' })[
    format
  ] ?? '202603051430';
