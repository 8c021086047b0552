import type { Notes } from '../json/fields.js';
import { type EventData, type PlaceReference, type TransportReference, parseInstant } from '@portolan/domain';
import { added } from '../json/content.js';
import { type Almanac, noNotes } from './almanac.js';
import { callPart, nameOf } from './calls.js';
import { equipmentIn } from './equipment.js';
import {
  type Fact,
  type Header,
  type Part,
  bodyGroups,
  bodyOf,
  find,
  findBest,
  groupsOf,
  keyOf,
  type Starts,
} from './header.js';
import { pointerOf } from './interchange.js';
import { referencesIn } from './references.js';
import type { Segment } from './segment.js';
import { transportOf } from './transport.js';

type Stowed = EventData<'org.portolan.equipment.stowed'>;

/** A place on board (3227: 147); where senders leave it out, the container itself. */
export const startsStowage: Starts = (segment) => segment.tag === 'EQD' || startsSlot(segment);

const startsSlot: Starts = (segment) => segment.tag === 'LOC' && segment.qualifier === '147';

/** Qualifiers of a container's ports: those of SMDG 2.x and 3.x, and those of 1.5. */
const LOADING = ['9', '6'];
const DISCHARGE = ['11', '12'];
const DESTINATION = ['83', '7', '88'];

/** BAPLIE: the vessel's calls, and one part for each place on board with a container in it. */
export function* stowageIn(header: Header, almanac: Almanac): Iterable<Part> {
  const voyage = voyageIn(header, almanac);
  yield* callPart(header, voyage?.segments ?? [], almanac, (_, qualifier, last) =>
    qualifier === '132' || qualifier === '232' ? (voyage!.next ?? last?.place) : (voyage!.port ?? last?.place),
  );
  const seen = voyage && seenOn(header, voyage, almanac);
  for (const group of slotsIn(header)) yield slotPart(header, group, seen, almanac);
}

interface Voyage {
  readonly segments: readonly Segment[];
  readonly transport: TransportReference;
  readonly flags: readonly string[];
  /** The port it leaves, and the next one. */
  readonly port: PlaceReference | undefined;
  readonly next: PlaceReference | undefined;
}

function voyageIn({ segments }: Header, almanac: Almanac): Voyage | undefined {
  const from = segments.findIndex(({ tag }) => tag === 'TDT');
  if (from < 0) return undefined;
  const group = segments.slice(from);
  const placed = (qualifier: string) => {
    const segment = find(group, 'LOC', qualifier);
    return segment && almanac.place(segment, noNotes());
  };
  return { segments: group, ...transportOf(group[0]!, group), port: placed('5'), next: placed('61') };
}

/**
 * Groups that have a container. Most begin with the place on board and name the container behind it; some senders write the
 * container first. Several containers in one place (flat racks in a bundle) are parts of their own.
 */
function* slotsIn(header: Header): Iterable<readonly Segment[]> {
  if (isContainerFirst(header)) return yield* bodyGroups(header, ({ tag }) => tag === 'EQD');
  for (const place of bodyGroups(header, startsSlot)) yield* bundled(place);
}

function isContainerFirst(header: Header): boolean {
  for (const segment of bodyOf(header)) if (startsStowage(segment)) return segment.tag === 'EQD';
  return false;
}

function* bundled(group: readonly Segment[]): Iterable<readonly Segment[]> {
  let containers = 0;
  for (const { tag } of group) if (tag === 'EQD') containers += 1;
  if (containers === 0) return;
  if (containers === 1) return yield group;
  const [common, ...others] = groupsOf(group, ({ tag }) => tag === 'EQD');
  for (const each of others) yield [...common!, ...each];
}

/** A voyage with what the message says of when its containers were on board, and what is to be said of that of each. */
interface Seen extends Voyage {
  readonly when: Pick<Stowed, 'at' | 'classifier'> | undefined;
  readonly notes: Notes;
}

function seenOn(header: Header, voyage: Voyage, almanac: Almanac): Seen {
  const notes = noNotes();
  return { ...voyage, when: seenAt(header, voyage, almanac, notes), notes };
}

function slotPart(header: Header, group: readonly Segment[], voyage: Seen | undefined, almanac: Almanac): Part {
  const notes = noNotes();
  const at = group[0]!;
  if (!voyage) {
    const message = 'has no vessel or voyage: TDT is missing';
    notes.faults.push({ pointer: pointerOf(header.message, header.message.unh), message });
    return { at, segments: group, facts: [], notes };
  }
  for (const flag of voyage.flags) notes.flags.push(flag);
  for (const flag of voyage.notes.flags) notes.flags.push(flag);
  for (const fault of voyage.notes.faults) notes.faults.push(fault);
  const facts = voyage.when ? [stowedFact(header, group, voyage, voyage.when, almanac, notes)] : [];
  return { at, segments: group, facts, notes };
}

function stowedFact(
  header: Header,
  group: readonly Segment[],
  { transport, port }: Voyage,
  seen: Pick<Stowed, 'at' | 'classifier'>,
  almanac: Almanac,
  notes: Notes,
): Fact {
  const eqd = find(group, 'EQD')!;
  const placed = (qualifiers: readonly string[]) => {
    const segment = findBest(group, 'LOC', qualifiers);
    return segment && almanac.place(segment, notes);
  };
  const equipment = equipmentIn(eqd, group, notes);
  const slot = find(group, 'LOC', '147')?.value(2).slice(0, 30);
  const data: Stowed = added(equipment, {
    at: seen.at,
    classifier: seen.classifier,
    transport,
    place: port,
    slot: slot === '' ? undefined : slot,
    loading: placed(LOADING),
    discharge: placed(DISCHARGE),
    destination: placed(DESTINATION),
    references: referencesIn(equipment.equipment, group),
  });
  const key = keyOf(
    'BAPLIE',
    nameOf(transport),
    port?.unlocode ?? port?.name,
    equipment.equipment ?? `${eqd.value(2)}@${slot}`,
  );
  return { type: 'org.portolan.equipment.stowed', data, key, subject: equipment.equipment };
}

/**
 * On board from the departure on. Before the vessel has left by the sender's own word it is a plan for that departure; where
 * the message has none, it is what was on board when it was written.
 */
function seenAt(
  header: Header,
  { segments, port }: Voyage,
  almanac: Almanac,
  notes: Notes,
): Pick<Stowed, 'at' | 'classifier'> | undefined {
  const departure = find(
    segments.filter((each) => each.value(1, 1) !== ''),
    'DTM',
    '136',
    '186',
    '133',
    '189',
  );
  const departs = departure && almanac.moment(header.message, departure, notes, port?.unlocode);
  if (departs !== undefined) {
    const left = ['136', '186'].includes(departure!.qualifier) || parseInstant(departs)! <= parseInstant(header.said)!;
    return { at: departs, classifier: left ? 'actual' : 'planned' };
  }
  if (notes.faults.length > 0) return undefined;
  if (header.revision === undefined) {
    const message = 'has no time: neither a departure (DTM+136, DTM+133) nor its own (DTM+137)';
    notes.faults.push({ pointer: pointerOf(header.message, segments[0]!), message });
    return undefined;
  }
  notes.flags.push(`time-of-message: the voyage has no departure, ${header.said} is the message's time`);
  return { at: header.said, classifier: 'actual' };
}
