import { type Millis, type PlaceReference, formatInstant } from '@portolan/domain';
import { unlocodeOf } from '../identifiers/unlocode.js';
import { compact } from '../json/content.js';
import type { Notes } from '../json/fields.js';
import { type Instant, type ReadDate, readDate } from './dates.js';
import { type Message, pointerOf } from './interchange.js';
import type { Segment } from './segment.js';

export const noNotes = (): Notes => ({ faults: [], flags: [] });

/** A place with the doubt about it. */
export interface ReadPlace {
  readonly place: PlaceReference;
  readonly flag?: string;
}

/** The value of a DTM, and what it says where it is not empty. */
interface Reading {
  readonly value: string;
  readonly read: ReadDate | undefined;
  /** As RFC 3339, where it is right. */
  readonly at?: string;
  readonly end?: string;
}

/** Code lists (1131) whose codes are of terminals and berths. */
const FACILITIES = new Set(['TER', 'BER', 'TERMINAL', '72', '110', 'BIC', 'SMDG', 'TERMINALS', 'DEPOT', 'ZZZ']);

/** Reads places and times, each once: messages repeat the same ones thousands of times. */
export class Almanac {
  private readonly places = new Map<string, ReadPlace | undefined>();
  /** By segment, for each place that tells what its clock means. */
  private readonly dates = new Map<string | undefined, Map<string, Reading>>();

  constructor(readonly received: Millis) {}

  /** The place of a LOC (C517 and C519), or `undefined` where it names none. */
  place(segment: Segment, notes: Notes): PlaceReference | undefined {
    const known = this.places.get(segment.text);
    const read = known ?? placeIn(segment);
    if (!known) this.places.set(segment.text, read);
    if (read?.flag !== undefined) notes.flags.push(read.flag);
    return read?.place;
  }

  /** The moment of a DTM as RFC 3339; `undefined` where it is empty, or wrong, which is a fault then. */
  moment(
    message: Message,
    segment: Segment,
    notes: Notes,
    unlocode?: string,
    which: 'at' | 'end' = 'at',
  ): string | undefined {
    const reading = this.dated(segment, unlocode);
    const { value, read } = reading;
    if (!read) return undefined;
    if (!read.ok) {
      notes.faults.push({ pointer: pointerOf(message, segment), value, message: read.message });
      return undefined;
    }
    for (const flag of read.value.flags) notes.flags.push(flag);
    return reading[which];
  }

  private dated(segment: Segment, unlocode: string | undefined): Reading {
    const there = this.dates.get(unlocode) ?? new Map<string, Reading>();
    const known = there.get(segment.text);
    if (known) return known;
    const value = segment.value(1, 1);
    const read = value === '' ? undefined : readDate(value, segment.value(1, 2), unlocode, this.received);
    const reading = { value, read, ...(read?.ok && writtenOf(read.value)) };
    this.dates.set(unlocode, there.set(segment.text, reading));
    return reading;
  }
}

function writtenOf({ at, end }: Instant): Pick<Reading, 'at' | 'end'> {
  const written = formatInstant(at);
  return { at: written, end: end === at ? written : formatInstant(end) };
}

function placeIn(segment: Segment): ReadPlace | undefined {
  const [code, list, name] = [segment.value(2), segment.value(2, 1), segment.value(2, 3)];
  const port = FACILITIES.has(list) ? undefined : unlocodeOf(code);
  const related = relatedFacility(segment);
  const own = port || code === '' ? {} : ownCode(code, list);
  const place = compact({
    facility: related.facility ?? own.facility,
    unlocode: port?.unlocode,
    name: (name || related.name || own.name)?.slice(0, 200),
  });
  if (Object.keys(place).length === 0) return undefined;
  return { place, ...(port?.flag !== undefined && { flag: port.flag }) };
}

/** A code that is no UN/LOCODE: of a terminal where its list says so or it looks like one, else a name. */
function ownCode(code: string, list: string): { facility?: string; name?: string } {
  const isCode = FACILITIES.has(list) || (list !== '' && /\d/.test(code));
  return isCode && code.length <= 20 ? { facility: code } : { name: code };
}

/** Code lists of countries and their parts, which some senders write where the terminal stands. */
const COUNTRIES = new Set(['162', '163']);

/** The terminal or berth in the port (C519). */
function relatedFacility(segment: Segment): { facility?: string; name?: string } {
  if (COUNTRIES.has(segment.value(3, 1))) return {};
  const [code, name] = [segment.value(3), segment.value(3, 3)];
  const named = name === '' ? {} : { name };
  return code !== '' && code.length <= 20
    ? { facility: code, ...named }
    : { ...(code !== '' && { name: code }), ...named };
}
