import type { Notes } from '../json/fields.js';
import type { EventData, PlaceReference } from '@portolan/domain';
import { compact, joined } from '../json/content.js';
import { type Almanac, noNotes } from './almanac.js';
import { type PortFor, callTimes, callsIn, nameOf } from './calls.js';
import { type Equipment, equipmentIn, identified } from './equipment.js';
import {
  type Fact,
  type Header,
  type Part,
  bodyOf,
  cutBefore,
  find,
  groupsOf,
  isTelling,
  keyOf,
  type Starts,
} from './header.js';
import { pointerOf } from './interchange.js';
import { referenceOf, referencesIn } from './references.js';
import type { Segment } from './segment.js';
import { type Status, statuses } from './status-codes.js';
import { isNamed, transportOf } from './transport.js';

export const startsStatus: Starts = ({ tag }) => tag === 'CNI' || tag === 'STS' || tag === 'EQD';

/** One status as it stands in a message: with its consignment, the containers it is of, and the way they travel. */
interface Told {
  readonly header: Header;
  readonly sts: Segment;
  readonly consignment: readonly Segment[];
  readonly group: readonly Segment[];
  /** The stages of transport, each with its places and times. */
  readonly stages: readonly (readonly Segment[])[];
}

/** IFTSTA: one part for each status of a consignment (CNI), with an event for each of its containers. */
export function* statusesIn(header: Header, almanac: Almanac): Iterable<Part> {
  for (const consignment of cutBefore(bodyOf(header), ({ tag }) => tag === 'CNI')) {
    const [common, ...groups] = groupsOf(consignment, ({ tag }) => tag === 'STS');
    for (const group of groups) yield statusPart({ header, consignment: common!, ...taken(group) }, almanac);
  }
}

/** A status group taken apart: what is of the status, and the stages of transport behind it. */
function taken(group: readonly Segment[]): Pick<Told, 'sts' | 'group' | 'stages'> {
  const stages = groupsOf(group, ({ tag }) => ['TDT', 'EQD', 'GID'].includes(tag)).filter(
    ([first]) => first?.tag === 'TDT',
  );
  return { sts: group[0]!, group, stages };
}

function statusPart(told: Told, almanac: Almanac): Part {
  const { header, sts, group } = told;
  const notes = noNotes();
  const code = codeOf(sts);
  const status: Status = statuses[code] ?? { milestone: 'other' };
  const place = placeOf(told, status, almanac, notes);
  const time = timeOf(told, place, almanac, notes);
  const segments = [...told.consignment, ...group];
  if (!time) return { at: sts, segments, facts: [], notes };
  const boxes = containersOf(told, notes);
  const facts = (boxes.length === 0 ? [{}] : boxes).flatMap((box) =>
    factsOf(told, { code, status, place, ...time, box }),
  );
  const calls = told.stages.flatMap((stage) => callsIn(header, stage, almanac, notes, portOnly));
  return { at: sts, segments, facts: [...unique(facts), ...calls], notes };
}

/** Ports of a stage (3227); its other places, such as a ramp or the place of delivery, are not where its vessel calls. */
const PORTS = new Set(['9', '11', '13']);
const portOnly: PortFor = (_, __, last) => (last && PORTS.has(last.qualifier) ? last.place : undefined);

/** Senders write the code into C555 or, where the category is left out, into C601. */
const codeOf = (sts: Segment): string => (sts.value(2) || sts.value(1)).toUpperCase().slice(0, 20);

const textOf = (sts: Segment): string | undefined => sts.value(2, 3) || sts.value(3, 3) || undefined;

/** 175 activity, 165 and 14 where the goods are; else the end of the way that the status is about, else the first place. */
function placeOf({ group }: Told, status: Status, almanac: Almanac, notes: Notes): PlaceReference | undefined {
  const own = group.slice(0, group.findIndex(({ tag }) => tag === 'TDT') >>> 0);
  const arrives = ('call' in status && status.call === 'arrival') || ('move' in status && status.move === 'discharged');
  const segment =
    find(own, 'LOC', '175', '165', '14', '89') ??
    find(own, 'LOC') ??
    find(group, 'LOC', ...(arrives ? ['11', '9'] : ['9', '11']));
  return segment && almanac.place(segment, notes);
}

type Time = { readonly at: string; readonly classifier: EventData<'org.portolan.milestone.reached'>['classifier'] };

/** Qualifiers (2005) of the status itself, the best first. */
const HAPPENED = ['334', '7', '178', '186', '136', '78', '35', '200', '132', '133', '17', '137'];
const EXPECTED = new Set(['132', '133', '17', '232', '189']);

function timeOf(
  { header, sts, group }: Told,
  place: PlaceReference | undefined,
  almanac: Almanac,
  notes: Notes,
): Time | undefined {
  const own = group.slice(0, group.findIndex(({ tag }) => ['TDT', 'EQD', 'GID'].includes(tag)) >>> 0);
  const dtm = find(
    own.filter((each) => each.tag === 'DTM' && each.value(1, 1) !== ''),
    'DTM',
    ...HAPPENED,
  );
  const at = dtm && almanac.moment(header.message, dtm, notes, place?.unlocode);
  if (at !== undefined) return { at, classifier: EXPECTED.has(dtm!.value(1)) ? 'estimated' : 'actual' };
  if (notes.faults.length > 0) return undefined;
  if (header.revision !== undefined) {
    notes.flags.push(`time-of-message: the status has no time of its own, ${header.said} is the message's`);
    return { at: header.said, classifier: 'actual' };
  }
  const message = 'has no time (DTM+334), and the message has none either (DTM+137)';
  notes.faults.push({ pointer: pointerOf(header.message, sts), value: sts.text, message });
  return undefined;
}

/** Containers named in the status, else in its references, else in those of the consignment or of the message. */
function containersOf({ header, consignment, group }: Told, notes: Notes): Equipment[] {
  const named = groupsOf(group, ({ tag }) => tag === 'EQD' || tag === 'GID').filter(([first]) => first?.tag === 'EQD');
  if (named.length > 0) return named.map((each) => equipmentIn(each[0]!, each, notes));
  const referred = [group, consignment, header.segments]
    .map((segments) => referenceOf(segments, 'EQ'))
    .find((each) => each !== undefined);
  return referred === undefined ? [] : [identified(referred, notes)];
}

interface Read extends Time {
  readonly code: string;
  readonly status: Status;
  readonly place: PlaceReference | undefined;
  readonly box: Equipment;
}

/** A call of a transport that has a name; for each container what became of it. */
function factsOf(told: Told, read: Read): Fact[] {
  const called = calledIn(told, read);
  return called && read.box.equipment === undefined ? [called] : [...(called ? [called] : []), goodsFact(told, read)];
}

function calledIn({ sts, stages }: Told, { status, place, at, classifier }: Read): Fact | undefined {
  const transport = stages[0] && transportOf(stages[0][0]!, stages[0]).transport;
  if (!('call' in status) || !transport || !isNamed(transport) || !place) return undefined;
  const remark = textOf(sts)?.slice(0, 500);
  return {
    type: 'org.portolan.transport.called',
    data: compact({ transport, call: status.call, classifier, at, place, remark }),
    key: keyOf('IFTSTA', nameOf(transport), place.unlocode, place.facility ?? place.name, status.call, classifier),
    subject: nameOf(transport),
  };
}

function goodsFact(
  { header, sts, group, consignment, stages }: Told,
  { code, status, place, box, ...time }: Read,
): Fact {
  const { at } = time;
  const classifier = ('classifier' in status && status.classifier) || time.classifier;
  const references = referencesIn(box.equipment, group, consignment, header.segments);
  const where = place?.unlocode ?? place?.name;
  const key = keyOf('IFTSTA', documentOf(header, box.equipment, at), code, where, box.equipment);
  const common = { classifier, at, references };
  if ('move' in status) {
    const transport = stages[0] && transportOf(stages[0][0]!, stages[0]).transport;
    const data = compact({ empty: status.empty, ...box, ...common, move: status.move, place, transport });
    return { type: 'org.portolan.equipment.moved', data, key, subject: box.equipment };
  }
  const milestone = 'milestone' in status ? status.milestone : ('other' as const);
  const document = references?.find(({ type }) => type === 'TRD' || type === 'BKG');
  const reason = textOf(sts)?.slice(0, 1000);
  const data = joined(common, { milestone, code, document, equipment: box.equipment, reason });
  return {
    type: 'org.portolan.milestone.reached',
    data,
    key,
    subject: box.equipment ?? document?.reference,
  };
}

const documentOf = ({ document }: Header, equipment: string | undefined, at: string): string =>
  isTelling(document, equipment) ? document : at.slice(0, 10);

/** A vessel's call is one, however many containers the status is of. */
const unique = (facts: readonly Fact[]): Fact[] => [...new Map(facts.map((fact) => [fact.key, fact])).values()];

/** Times of places on the way that no event has: kept in the order of the message. */
export function wayOf(header: Header, segments: readonly Segment[], almanac: Almanac): Record<string, unknown>[] {
  const way: Record<string, unknown>[] = [];
  let stop: Record<string, unknown> | undefined;
  for (const segment of segments) {
    if (segment.tag === 'LOC') {
      const place = almanac.place(segment, noNotes());
      stop = place && { qualifier: segment.value(1), place };
      if (stop) way.push(stop);
    } else if (segment.tag === 'DTM' && stop) {
      const qualifier = segment.value(1);
      const place = stop.place as PlaceReference;
      const at = almanac.moment(header.message, segment, noNotes(), place.unlocode);
      if (at !== undefined) stop[nameOfTime(qualifier)] = at;
    } else if (segment.tag !== 'RFF') stop = undefined;
  }
  return way;
}

const nameOfTime = (qualifier: string): string => {
  const time = callTimes[qualifier];
  return time ? `${time.call}${time.classifier[0]!.toUpperCase()}${time.classifier.slice(1)}` : `dtm${qualifier}`;
};
