import type { Fault, Millis, Parsed } from '@portolan/domain';

/** One `!xxVDM` or `!xxVDO` line. */
export interface Sentence {
  readonly line: number;
  readonly total: number;
  readonly part: number;
  /** Parts of one message have the same: talker, sequence id (or group of the tag block, where there is none) and channel. */
  readonly group: string;
  readonly payload: string;
  readonly fill: number;
  /** When it was received, where the line says so. */
  readonly time?: Millis | undefined;
}

const SENTENCE = /^!([A-Z]{2}VD[MO]),([1-9]),([1-9]),(\d?),([A-Z0-9]?),([^,*]*),([0-5])\*([0-9A-F]{2})(.*)$/i;
const TAG_BLOCK = /^\\([^\\]*)\*([0-9A-F]{2})\\/i;

/** NMEA 0183: tag block, sentence, checksum, and whatever a receiver appended. */
export function sentenceOf(text: string, line: number): Parsed<Sentence> {
  const tag = TAG_BLOCK.exec(text);
  const body = tag ? text.slice(tag[0].length) : text;
  const found = SENTENCE.exec(body);
  if (!found)
    return fault(
      line,
      text,
      'is no AIS sentence: it should be like !AIVDM,1,1,,A,payload,0*hh (perhaps it was cut off)',
    );
  if (tag && checksum(tag[1]!) !== tag[2]!.toUpperCase())
    return fault(line, tag[2], `is a wrong checksum of the tag block: it should be ${checksum(tag[1]!)}`);
  const [, kind, total, part, sequence, channel, payload, fill, sum, suffix] = found as unknown as string[];
  const right = checksum(body.slice(1, body.indexOf('*')));
  if (right !== sum!.toUpperCase()) return fault(line, sum, `is a wrong checksum: it should be ${right}`);
  if (Number(part) > Number(total)) return fault(line, part, `is a part beyond the ${total} of its message`);
  const time = (tag && tagTime(tag[1]!)) ?? suffixTime(suffix!);
  const group = `${kind},${sequence || tagGroup(tag?.[1])},${channel}`;
  const numbers = { total: Number(total), part: Number(part), fill: Number(fill) };
  return { ok: true, value: { line, group, payload: payload!, time, ...numbers } };
}

/** Exclusive or of all characters, in two hexadecimal digits. */
export function checksum(text: string): string {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum ^= text.charCodeAt(index);
  return (sum & 0xff).toString(16).toUpperCase().padStart(2, '0');
}

/** The receiver's clock in a `$PGHP,1,year,month,day,hour,minute,second,millisecond` line: it is that of the next sentence. */
export function receiverTime(text: string): Millis | undefined {
  const found = /^\$PGHP,1,(\d{4}),(\d+),(\d+),(\d+),(\d+),(\d+),(\d+),/.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute, second, milli] = found.slice(1).map(Number) as [number, ...number[]];
  return plausible(Date.UTC(year, month! - 1, day, hour, minute, second, milli));
}

/** Part, total and number of a group of sentences (NMEA 0183 4.10, `g:1-2-1234`): its number. */
const tagGroup = (tag: string | undefined): string => /(?:^|,)g:\d+-\d+-(\d+)(?:,|$)/.exec(tag ?? '')?.[1] ?? '';

const tagTime = (tag: string): Millis | undefined => epoch(/(?:^|,)c:(\d{10,13})(?:,|$)/.exec(tag)?.[1]);

function suffixTime(suffix: string): Millis | undefined {
  const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/.exec(suffix)?.[0];
  return iso === undefined
    ? epoch(/(?:^|[,\s])(\d{10}|\d{13})(?:\.\d+)?\s*$/.exec(suffix)?.[1])
    : plausible(Date.parse(iso));
}

const epoch = (digits: string | undefined): Millis | undefined =>
  digits === undefined ? undefined : plausible(Number(digits) * (digits.length === 10 ? 1000 : 1));

/** AIS is not older than 1990, and a clock beyond 2100 is none. */
const plausible = (time: Millis): Millis | undefined =>
  time > Date.UTC(1990, 0) && time < Date.UTC(2100, 0) ? time : undefined;

const fault = (line: number, value: unknown, message: string): { ok: false; faults: Fault[] } => ({
  ok: false,
  faults: [{ pointer: `/${line}`, value, message }],
});
