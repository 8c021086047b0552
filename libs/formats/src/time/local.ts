import { DAY, type Millis } from '@portolan/domain';

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$/;
const formats = new Map<string, Intl.DateTimeFormat>();
const zones = new Map<string, readonly string[]>();

export const isLocalTime = (text: string): boolean => LOCAL.test(text);

/**
 * The instant of a local time (no offset) in a country, when all zones of the country agree on it (IANA time zone database);
 * `undefined` when they do not, or the country is unknown.
 */
export function instantInCountry(text: string, country: string): Millis | undefined {
  const match = LOCAL.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const asUtc = Date.UTC(year!, month! - 1, day, hour, minute, second);
  const back = new Date(asUtc);
  if (back.getUTCDate() !== day || back.getUTCMonth() !== month! - 1 || hour! > 23 || minute! > 59) return undefined;
  return instantOfClocks(asUtc, country);
}

/** The instant at which clocks in the country show this, as `instantInCountry` has it; a moment as if it were in UTC. */
export function instantOfClocks(asUtc: Millis, country: string): Millis | undefined {
  const instants = new Set(zonesOf(country).map((zone) => instantInZone(asUtc, zone)));
  return instants.size === 1 ? [...instants][0] : undefined;
}

/** None for what is no code of a country, of which the engine thinks badly. Newer engines have a method where older ones have a property. */
function zonesOf(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const known = zones.get(country) ?? zonesListed(country);
  zones.set(country, known);
  return known;
}

function zonesListed(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as {
    timeZones?: string[];
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** The instants at which clocks of a zone show that time: one; none where they skip it; two where they show it twice. */
export function momentsInZone(asUtc: Millis, zone: string): readonly Millis[] {
  const around = new Set([offsetOf(zone, asUtc - DAY), offsetOf(zone, asUtc + DAY)]);
  return [...around]
    .map((offset) => asUtc - offset)
    .filter((at) => asUtc - at === offsetOf(zone, at))
    .sort((a, b) => a - b);
}

const QUARTER = 15 * 60_000;
const MOST_CACHED = 100_000;
const offsets = new Map<string, Map<number, Millis>>();

/** Clocks change on quarters of an hour, and a table asks for the same ones again and again. */
function offsetOf(zone: string, instant: Millis): Millis {
  const ofZone = offsets.get(zone) ?? new Map<number, Millis>();
  if (ofZone.size > MOST_CACHED) ofZone.clear();
  offsets.set(zone, ofZone);
  const quarter = Math.floor(instant / QUARTER);
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  const offset = offsetAt(zone, quarter * QUARTER);
  ofZone.set(quarter, offset);
  return offset;
}

/** Twice, since the first guess at the offset may be from the other side of a change of the clocks. */
export function instantInZone(asUtc: Millis, zone: string): Millis {
  const guess = asUtc - offsetOf(zone, asUtc);
  return asUtc - offsetOf(zone, guess);
}

function offsetAt(zone: string, instant: Millis): Millis {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
