import type { Notes } from '../json/fields.js';
import type { EventData, PlaceReference, TransportReference } from '@portolan/domain';
import { compact } from '../json/content.js';
import { type Almanac, noNotes } from './almanac.js';
import { type Fact, type Header, type Part, keyOf, qualifierOf } from './header.js';
import type { Segment } from './segment.js';
import { isNamed, transportOf } from './transport.js';

type Called = EventData<'org.portolan.transport.called'>;
type Time = Pick<Called, 'call' | 'classifier'>;

/** Qualifiers (2005) that tell of arrival and departure of a means of transport. */
export const callTimes: Readonly<Record<string, Time>> = {
  '132': { call: 'arrival', classifier: 'estimated' },
  '178': { call: 'arrival', classifier: 'actual' },
  '232': { call: 'arrival', classifier: 'planned' },
  '252': { call: 'arrival', classifier: 'planned' },
  '133': { call: 'departure', classifier: 'estimated' },
  '136': { call: 'departure', classifier: 'actual' },
  '186': { call: 'departure', classifier: 'actual' },
  '189': { call: 'departure', classifier: 'planned' },
  '253': { call: 'departure', classifier: 'planned' },
};

/** The place a message named last, with its qualifier (3227). */
export interface Named {
  readonly qualifier: string;
  readonly place: PlaceReference;
}

/** Where a transport arrives or leaves; `undefined` where the message does not say. */
export type PortFor = (time: Time, qualifier: string, last: Named | undefined) => PlaceReference | undefined;

/**
 * Arrivals and departures that a TDT and the LOC and DTM behind it tell of. Nothing where the transport has no name: nobody
 * could say which one is meant.
 */
export function callsIn(
  header: Header,
  group: readonly Segment[],
  almanac: Almanac,
  notes: Notes,
  portFor: PortFor = (_, __, last) => last?.place,
): Fact[] {
  const { transport, flags } = transportOf(group[0]!, group);
  if (!isNamed(transport)) return [];
  notes.flags.push(...flags);
  const facts: Fact[] = [];
  let last: Named | undefined;
  for (const segment of group) {
    if (segment.tag === 'LOC') last = namedIn(segment, almanac, notes);
    const qualifier = segment.tag === 'DTM' ? qualifierOf(segment) : '';
    const time = callTimes[qualifier];
    const place = time && portFor(time, qualifier, last);
    if (!time || !place) continue;
    const at = almanac.moment(header.message, segment, notes, place.unlocode);
    if (at !== undefined) facts.push(calledAt(header, transport, time, place, at));
  }
  return facts;
}

function namedIn(segment: Segment, almanac: Almanac, notes: Notes): Named | undefined {
  const place = almanac.place(segment, notes);
  return place && { qualifier: segment.value(1), place };
}

function calledAt(header: Header, transport: TransportReference, time: Time, place: PlaceReference, at: string): Fact {
  const name = nameOf(transport);
  return {
    type: 'org.portolan.transport.called',
    data: compact({ transport, ...time, at, place }),
    // A schedule says the same thing anew whatever its number: the newest counts.
    key: keyOf(header.message.type, name, place.unlocode, place.facility ?? place.name, time.call, time.classifier),
    subject: name,
  };
}

/** Vessel and voyage as one name. */
export function nameOf({
  imo,
  callSign,
  vesselName,
  voyages: [voyage] = [],
  callReference,
}: TransportReference): string | undefined {
  const vessel = imo === undefined ? (callSign ?? vesselName) : `IMO${imo}`;
  if (vessel === undefined) return voyage ?? callReference;
  return voyage === undefined ? vessel : `${vessel}/${voyage}`;
}

/** The arrivals and departures of a message's main transport, as a part of their own. */
export function callPart(header: Header, group: readonly Segment[], almanac: Almanac, portFor?: PortFor): Part[] {
  if (group.length === 0) return [];
  const notes = noNotes();
  const facts = callsIn(header, group, almanac, notes, portFor);
  return facts.length === 0 && notes.faults.length === 0
    ? []
    : [{ at: group[0]!, segments: header.segments, facts, notes }];
}
