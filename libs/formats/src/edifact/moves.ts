import type { Notes } from '../json/fields.js';
import type { EventData, PlaceReference, TransportReference } from '@portolan/domain';
import { added } from '../json/content.js';
import { type Almanac, noNotes } from './almanac.js';
import { callPart, nameOf } from './calls.js';
import { equipmentIn } from './equipment.js';
import {
  type Fact,
  type Header,
  type Part,
  bodyGroups,
  find,
  findBest,
  groupsOf,
  isTelling,
  keyOf,
  type Starts,
} from './header.js';
import { pointerOf } from './interchange.js';
import { referencesIn } from './references.js';
import type { Segment } from './segment.js';
import { transportOf } from './transport.js';

type Moved = EventData<'org.portolan.equipment.moved'>;
type Move = Moved['move'];

export const startsEquipment: Starts = ({ tag }) => tag === 'EQD';

/** Document names (1001): CODECO 34 and 36, COARRI 44 and 46, COPRAR 43 and 45 (SMDG). */
const codes: Readonly<Record<string, Readonly<Record<string, Move>>>> = {
  CODECO: { '34': 'gate-in', '36': 'gate-out' },
  COARRI: { '44': 'discharged', '46': 'loaded' },
  COPRAR: { '43': 'discharged', '45': 'loaded' },
};

/** Where it happened, by the qualifiers (3227) of LOC, the best first; what a container's own group says comes before all. */
const placesOf: Readonly<Record<Move & ('gate-in' | 'gate-out' | 'loaded' | 'discharged'), readonly string[]>> = {
  'gate-in': ['165', '89', '99', '14'],
  'gate-out': ['165', '89', '98', '14'],
  loaded: ['165', '9'],
  discharged: ['165', '11'],
};

type Gate = keyof typeof placesOf;

/** CODECO, COARRI and COPRAR: the vessel's calls, and one part for each container. */
export function* movesIn(header: Header, almanac: Almanac): Iterable<Part> {
  const move = moveOf(header);
  const tdts = groupsOf(header.segments, ({ tag }) => tag === 'TDT' || tag === 'NAD' || tag === 'GID').slice(1);
  const main =
    tdts.find(([first]) => first?.tag === 'TDT' && first.qualifier === '20') ??
    tdts.find(([first]) => first?.tag === 'TDT');
  const port = move && operationPort(header.segments, move, almanac);
  yield* callPart(header, main ?? [], almanac, (_, __, last) => port ?? last?.place);
  const voyage = main && transportOf(main[0]!, main);
  for (const group of bodyGroups(header, startsEquipment))
    yield containerPart(header, group, { move, port, voyage }, almanac);
}

/** What a message says of all its containers. */
interface Common {
  readonly move: Gate | undefined;
  readonly port: PlaceReference | undefined;
  readonly voyage: { readonly transport: TransportReference; readonly flags: readonly string[] } | undefined;
}

/** By the document's name; where a sender has its own, by FTX+OSI (L, D), by the port that the voyage is given with. */
function moveOf({ message, code, segments }: Header): Gate | undefined {
  const said = codes[message.type]?.[code];
  if (said !== undefined || message.type === 'CODECO') return said as Gate | undefined;
  const osi = find(segments, 'FTX', 'OSI');
  const letter = osi?.value(3) || osi?.value(4);
  if (letter === 'L') return 'loaded';
  if (letter === 'D') return 'discharged';
  const [loading, discharge] = [find(segments, 'LOC', '9'), find(segments, 'LOC', '11')];
  return loading && !discharge ? 'loaded' : discharge && !loading ? 'discharged' : undefined;
}

const operationPort = (segments: readonly Segment[], move: Gate, almanac: Almanac): PlaceReference | undefined =>
  placeAmong(segments, placesOf[move], almanac, noNotes()) ??
  (move === 'loaded' || move === 'discharged' ? placeAmong(segments, ['9', '11'], almanac, noNotes()) : undefined);

function placeAmong(
  segments: readonly Segment[],
  qualifiers: readonly string[],
  almanac: Almanac,
  notes: Notes,
): PlaceReference | undefined {
  const segment = findBest(segments, 'LOC', qualifiers);
  return segment && almanac.place(segment, notes);
}

function containerPart(header: Header, group: readonly Segment[], common: Common, almanac: Almanac): Part {
  const [eqd] = group;
  const notes = noNotes();
  const part = (facts: readonly Fact[]): Part => ({ at: eqd!, segments: group, facts, notes });
  const { move, port, voyage } = common;
  if (move === undefined) {
    notes.faults.push(unknownMove(header));
    return part([]);
  }
  const equipment = equipmentIn(eqd!, group, notes);
  const place = placeFor(header, group, move, port, almanac, notes);
  const at = momentOf(header, group, move, place, almanac, notes);
  if (voyage) for (const flag of voyage.flags) notes.flags.push(flag);
  if (at === undefined) return part([]);
  const data: Moved = added(equipment, {
    move,
    classifier: header.message.type === 'COPRAR' ? ('planned' as const) : ('actual' as const),
    at,
    place,
    transport: voyage?.transport,
    references: referencesIn(equipment.equipment, group, header.segments),
  });
  const key = keyFor(header, data, eqd!);
  return part([{ type: 'org.portolan.equipment.moved', data, key, subject: data.equipment }]);
}

function unknownMove({ message, code, segments }: Header) {
  const known = Object.entries(codes[message.type] ?? {}).map(([each, move]) => `${each} (${move})`);
  const bgm = find(segments, 'BGM') ?? message.unh;
  return {
    pointer: pointerOf(message, bgm),
    value: code,
    message: `does not tell what happened to the containers: ${message.type} has document name ${known.join(' or ')}`,
  };
}

/** A vessel is worked at the port of the message; a gate is where the container's own group says. */
function placeFor(
  header: Header,
  group: readonly Segment[],
  move: Gate,
  port: PlaceReference | undefined,
  almanac: Almanac,
  notes: Notes,
): PlaceReference | undefined {
  const own = placeAmong(group, placesOf[move], almanac, notes);
  if (header.message.type === 'CODECO') return own ?? port ?? senderPlace(header);
  const activity = find(group, 'LOC', '165');
  return (activity && almanac.place(activity, notes)) ?? port ?? own;
}

/** A gate that names no place is the message sender's (NAD+MS, NAD+TR): a terminal's code. */
function senderPlace({ segments }: Header): PlaceReference | undefined {
  const code = find(segments, 'NAD', 'TR', 'MS')?.value(2) ?? '';
  return code === '' || code.length > 20 ? undefined : { facility: code };
}

/** Qualifiers (2005) of when it happened, in the container's group. */
const HAPPENED = ['7', '203', '181', '178', '186', 'ACT'];

function momentOf(
  header: Header,
  group: readonly Segment[],
  move: Gate,
  place: PlaceReference | undefined,
  almanac: Almanac,
  notes: Notes,
): string | undefined {
  const { message, segments } = header;
  const unlocode = place?.unlocode ?? unlocodeNear(group, segments, almanac);
  const planned =
    message.type === 'COPRAR'
      ? find(segments, 'DTM', ...(move === 'loaded' ? ['133', '132'] : ['132', '133']))
      : undefined;
  const own = findTold(group, HAPPENED) ?? planned;
  if (own) {
    const at = almanac.moment(message, own, notes, unlocode);
    if (at !== undefined || notes.faults.length > 0) return at;
  }
  if (header.revision === undefined) {
    const message_ = 'has no time (DTM+7 or DTM+203), and the message has none either (DTM+137)';
    notes.faults.push({ pointer: pointerOf(message, group[0]!), value: group[0]!.text, message: message_ });
    return undefined;
  }
  notes.flags.push(`time-of-message: the container has no time of its own, ${header.said} is the message's`);
  return header.said;
}

/** The best DTM that has a time. */
function findTold(group: readonly Segment[], qualifiers: readonly string[]): Segment | undefined {
  let [best, rank] = [undefined as Segment | undefined, qualifiers.length];
  for (const each of group) {
    const at = each.tag === 'DTM' ? qualifiers.indexOf(each.qualifier) : -1;
    if (at >= 0 && at < rank && each.value(1, 1) !== '') [best, rank] = [each, at];
  }
  return best;
}

/** A port that tells the zone where the place is a terminal's code only. */
function unlocodeNear(group: readonly Segment[], header: readonly Segment[], almanac: Almanac): string | undefined {
  const ports = [...group, ...header].filter(
    (each) => each.tag === 'LOC' && ['165', '9', '11'].includes(each.qualifier),
  );
  const codes = new Set(ports.flatMap((each) => almanac.place(each, noNotes())?.unlocode ?? []));
  return codes.size === 1 ? [...codes][0] : undefined;
}

/**
 * An order is one word on a container's move on a voyage, whatever its number; a report has its document's number, or, where
 * that tells nothing, the day.
 */
function keyFor({ message, document }: Header, { equipment, move, at, transport }: Moved, eqd: Segment): string {
  const name = equipment ?? eqd.value(2);
  const voyage = transport && nameOf(transport);
  if (message.type === 'COPRAR') return keyOf(message.type, voyage, move, name);
  const which = isTelling(document, equipment) ? document : (message.type === 'COARRI' && voyage) || at.slice(0, 10);
  return keyOf(message.type, which, move, name);
}
