import type { Notes } from '../json/fields.js';
import { type EventData, type EventType, formatInstant } from '@portolan/domain';
import { unlocodeOf } from '../identifiers/unlocode.js';
import type { Almanac } from './almanac.js';
import { type ReadDate, readDate } from './dates.js';
import type { Message } from './interchange.js';
import { referenceOf } from './references.js';
import type { Segment } from './segment.js';

/** What a message says of itself, before its groups begin. */
export interface Header {
  readonly message: Message;
  readonly segments: readonly Segment[];
  /** Document name (1001), such as 34 gate-in. */
  readonly code: string;
  readonly document: string;
  readonly cancels: boolean;
  /** When the sender said it. */
  readonly said: string;
  /** That, where the message or its interchange tells; else the moment of reception stands in for it. */
  readonly revision: string | undefined;
  readonly source: string;
}

/** What a part of a message becomes: `key` names it among all its sender says, whatever it says of it. */
export type Fact = {
  [T in EventType]: {
    readonly type: T;
    readonly data: EventData<T>;
    readonly key: string;
    readonly subject?: string | undefined;
  };
}[EventType];

/** A part of a message that stands or falls alone. */
export interface Part {
  readonly at: Segment;
  readonly segments: readonly Segment[];
  readonly facts: readonly Fact[];
  readonly notes: Notes;
}

export type MessageReader = (header: Header, almanac: Almanac) => Iterable<Part>;

/** Function (1225): 1 cancels the message, 3 takes parts of it out. */
const CANCELS = new Set(['1', '3']);

export function headerOf(message: Message, starts: Starts, almanac: Almanac): Header {
  const segments: Segment[] = [];
  for (const segment of message.segments) {
    if (starts(segment)) break;
    segments.push(segment);
  }
  const bgm = segments.find(({ tag }) => tag === 'BGM');
  const revision = saidIn(message, segments, almanac);
  return {
    message,
    segments,
    code: bgm?.value(1) ?? '',
    document: (referenceOf(segments, 'ACW') ?? bgm?.value(2) ?? '').slice(0, 100),
    cancels: CANCELS.has(bgm?.value(3) ?? ''),
    said: revision ?? formatInstant(almanac.received),
    revision,
    source: sourceOf(message),
  };
}

function sourceOf({ interchange }: Message): string {
  const sender = interchange.header?.value(2) ?? '';
  return sender === '' ? '/edifact' : `/edifact/${encodeURIComponent(sender).slice(0, 200)}`;
}

function firstPort(segments: Iterable<Segment>): string | undefined {
  for (const segment of segments) {
    const port = segment.tag === 'LOC' ? unlocodeOf(segment.value(2)) : undefined;
    if (port) return port.unlocode;
  }
  return undefined;
}

/** When the message was made (DTM 137), else the interchange (UNB): at the first place it names, else in UTC. */
function saidIn(message: Message, segments: readonly Segment[], { received }: Almanac): string | undefined {
  const place = firstPort(message.segments);
  const prepared = segments.find((each) => each.tag === 'DTM' && each.value(1) === '137' && each.value(1, 1) !== '');
  const unb = message.interchange.header;
  const [date, time] = [unb?.value(4) ?? '', unb?.value(4, 1) ?? ''];
  const reads: (ReadDate | undefined)[] = [
    prepared && readDate(prepared.value(1, 1), prepared.value(1, 2), place, received),
    date === '' ? undefined : readDate(date + time, date.length === 6 ? '201' : '203', place, received),
  ];
  const read = reads.find((each) => each?.ok);
  return read?.ok ? formatInstant(read.value.at) : undefined;
}

/**
 * Does the document number tell this document from all others of its sender? Many write the same words, a counter from 1 or
 * the container's number into it.
 */
export const isTelling = (document: string, equipment: string | undefined): boolean =>
  document.length >= 6 && /[1-9]/.test(document) && document !== equipment;

/** A key from parts, where those not known are empty. */
export const keyOf = (...parts: readonly (string | undefined)[]): string => parts.join('/');

/** The first segment with this tag and, where given, this qualifier. */
export const find = (
  segments: readonly Segment[],
  tag: string,
  ...qualifiers: readonly string[]
): Segment | undefined =>
  qualifiers.length === 0 ? segments.find((each) => each.tag === tag) : findBest(segments, tag, qualifiers);

/** The first segment with this tag and the first of these qualifiers that there is. */
export function findBest(
  segments: readonly Segment[],
  tag: string,
  qualifiers: readonly string[],
): Segment | undefined {
  for (const qualifier of qualifiers)
    for (const each of segments) if (each.tag === tag && qualifierOf(each) === qualifier) return each;
  return undefined;
}

/** The code that says what a segment is about: of C507 in DTM and C506 in RFF the first component. */
export const qualifierOf = (segment: Segment): string => segment.qualifier;

/** Does a group begin with this segment? */
export type Starts = (segment: Pick<Segment, 'tag' | 'qualifier'>) => boolean;

/** Segments cut before each that starts a group; the first list is what stands before. */
export const groupsOf = (segments: Iterable<Segment>, starts: Starts): Segment[][] => [...cutBefore(segments, starts)];

/** The groups of a message's body, each when its turn comes; what stands before the first is left out. */
export function* bodyGroups({ message, segments }: Header, starts: Starts): Iterable<Segment[]> {
  let group: Segment[] | undefined;
  const tokens = message.tokens();
  for (let index = 0; tokens.next(); index += 1) {
    if (index < segments.length || isEnd(tokens)) continue;
    const segment = tokens.segment(index);
    if (starts(segment)) {
      if (group) yield group;
      group = [segment];
    } else group?.push(segment);
  }
  if (group) yield group;
}

/** As `groupsOf`, each when its turn comes. */
export function* cutBefore(segments: Iterable<Segment>, starts: Starts): Iterable<Segment[]> {
  let group: Segment[] = [];
  for (const segment of segments) {
    if (starts(segment)) {
      yield group;
      group = [segment];
    } else group.push(segment);
  }
  yield group;
}

/** The body of a message: behind the header, without the trailer and totals. */
export function* bodyOf({ message, segments }: Header): Iterable<Segment> {
  for (const segment of message.segments) if (segment.index >= segments.length && !isEnd(segment)) yield segment;
}

const isEnd = ({ tag }: Pick<Segment, 'tag'>): boolean => tag === 'UNT' || tag === 'CNT' || tag === 'UNS';
