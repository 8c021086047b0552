import type { Notes } from '../json/fields.js';
import type { EventData } from '@portolan/domain';
import { compact } from '../json/content.js';
import { type Almanac, noNotes } from './almanac.js';
import { identified } from './equipment.js';
import { type Fact, type Header, type Part, bodyGroups, find, keyOf, type Starts } from './header.js';
import { pointerOf } from './interchange.js';
import { referencesIn } from './references.js';
import type { Segment } from './segment.js';

export const startsLine: Starts = ({ tag }) => tag === 'LIN' || tag === 'CPS' || tag === 'UNS';

interface Line {
  readonly header: Header;
  readonly lin: Segment;
  readonly group: readonly Segment[];
  /** What is said of all lines, the nearest first: of the line, of its consignment or package, of the message. */
  readonly around: readonly (readonly Segment[])[];
  readonly notes: Notes;
}

/** ORDERS: an order for each line. Cancelled lines (1229: 2) and cancelled messages cancel theirs. */
export function* ordersIn(header: Header, almanac: Almanac): Iterable<Part> {
  let lines = 0;
  for (const group of bodyGroups(header, ({ tag }) => tag === 'LIN')) {
    const line: Line = { header, lin: group[0]!, group, around: [group, header.segments], notes: noNotes() };
    yield partOf(line, orderFact(line, almanac));
    lines += 1;
  }
  if (lines === 0) yield withoutLines(header, 'orders');
}

/** DESADV: a lot for each line, where and from when it can be had. */
export function* lotsIn(header: Header, almanac: Almanac): Iterable<Part> {
  let [sequence, package_]: [string, readonly Segment[]] = ['', []];
  let lines = 0;
  for (const group of bodyGroups(header, ({ tag }) => tag === 'LIN' || tag === 'CPS')) {
    const [first] = group;
    if (first!.tag === 'CPS') [sequence, package_] = [first!.value(1), group];
    else {
      const line: Line = { header, lin: first!, group, around: [group, package_, header.segments], notes: noNotes() };
      yield partOf(line, lotFact(line, sequence, almanac));
      lines += 1;
    }
  }
  if (lines === 0) yield withoutLines(header, 'lots');
}

const partOf = ({ lin, group, notes }: Line, fact: Fact | undefined): Part => ({
  at: lin,
  segments: group,
  facts: fact ? [fact] : [],
  notes,
});

function withoutLines(header: Header, what: string): Part {
  const at = header.message.unh;
  const message = `has no lines (LIN), and so no ${what}: one that cancels repeats the lines it cancels`;
  const notes = { faults: [{ pointer: header.message.pointer, message }], flags: [] };
  return { at, segments: [], facts: [], notes };
}

function orderFact(line: Line, almanac: Almanac): Fact | undefined {
  const { header, lin, notes } = line;
  const document = required(line, header.document, 'BGM', 'has no order number in BGM');
  const product = required(line, productOf(line), 'LIN', 'names no product: neither LIN nor PIA has a code');
  const to = required(
    line,
    placeIn(line, ['DP', 'ST', 'UC', 'CN', 'BY'], ['7']),
    'NAD',
    'names no place of delivery: NAD+DP, NAD+ST or LOC+7',
  );
  const quantity = required(
    line,
    amountIn(line, ['21', '1', '59']),
    'QTY',
    'has no ordered quantity above zero (QTY+21)',
  );
  const due = timeIn(line, almanac, ['2', '69', '76', '17'], 'end');
  const latest = timeIn(line, almanac, ['63', '61', '36'], 'end');
  const available = timeIn(line, almanac, ['10', '64']);
  if (
    document === undefined ||
    product === undefined ||
    to === undefined ||
    quantity === undefined ||
    notes.faults.length > 0
  )
    return undefined;
  const id = lineId(document, lin);
  if (lin.value(2) === '2' || header.cancels)
    return { type: 'org.portolan.order.cancelled', data: { order: id }, key: keyOf('ORDERS', id), subject: id };
  const customer = find(header.segments, 'NAD', 'BY', 'IV');
  const data: EventData<'org.portolan.order.placed'> = compact({
    id,
    product,
    to,
    quantity,
    due,
    latest,
    available,
    customer: customer && nameIn(customer)?.slice(0, 200),
    references: referencesIn(undefined, line.group, header.segments) ?? [],
  });
  data.references!.push({ type: 'ON', reference: document });
  return { type: 'org.portolan.order.placed', data, key: keyOf('ORDERS', id), subject: id };
}

function lotFact(line: Line, sequence: string, almanac: Almanac): Fact | undefined {
  const { header, lin, notes } = line;
  const document = required(line, header.document, 'BGM', 'has no despatch advice number in BGM');
  const product = required(line, productOf(line), 'LIN', 'names no product: neither LIN nor PIA has a code');
  const location = required(
    line,
    placeIn(line, ['DP', 'ST', 'UC', 'CN'], ['7', '11']),
    'NAD',
    'names no place of delivery: NAD+DP, NAD+ST or LOC+7',
  );
  const quantity = required(
    line,
    amountIn(line, ['12', '46', '48', '21']),
    'QTY',
    'has no despatched quantity above zero (QTY+12)',
  );
  const available =
    timeIn(line, almanac, ['17', '132', '191', '2', '358', '35', '11']) ??
    (header.revision === undefined ? undefined : header.said);
  const expires = timeIn(line, almanac, ['361', '36'], 'end');
  const produced = timeIn(line, almanac, ['94', '365']);
  const arrives = required(
    line,
    available,
    'DTM',
    'has no time of delivery (DTM+17, DTM+132), and no time of its own (DTM+137)',
  );
  if (
    document === undefined ||
    product === undefined ||
    location === undefined ||
    quantity === undefined ||
    arrives === undefined ||
    notes.faults.length > 0
  )
    return undefined;
  const id = batchOf(line) ?? [document, sequence, lineId('', lin).slice(1)].filter((each) => each !== '').join('/');
  const key = keyOf('DESADV', document, sequence, lin.value(1));
  if (header.cancels) return { type: 'org.portolan.lot.withdrawn', data: { lot: id }, key, subject: id };
  const eqd = line.around.map((each) => find(each, 'EQD')).find(Boolean);
  const { equipment } = eqd ? identified(eqd.value(2), notes) : {};
  const data: EventData<'org.portolan.lot.registered'> = compact({
    id: id.slice(0, 200),
    product,
    location,
    quantity,
    available: arrives,
    expires,
    produced,
    equipment: equipment === undefined ? undefined : [equipment],
  });
  return { type: 'org.portolan.lot.registered', data, key, subject: id };
}

function required<T>(
  { header, lin, group, notes }: Line,
  value: T | undefined,
  tag: string,
  message: string,
): T | undefined {
  if (value !== undefined && value !== '') return value;
  const segment = find(group, tag) ?? (tag === 'BGM' ? find(header.segments, 'BGM') : undefined) ?? lin;
  if (notes.faults.every((each) => each.message !== message))
    notes.faults.push({ pointer: pointerOf(header.message, segment), value: segment.text.slice(0, 200), message });
  return undefined;
}

/** The line's number, as the sender wrote it but for leading zeros. */
const lineId = (document: string, lin: Segment): string =>
  `${document}/${lin.value(1).replace(/^0+(?=.)/, '') || lin.index}`;

/** C212 of LIN, else the buyer's, the supplier's or another code of PIA. */
function productOf({ lin, group }: Line): string | undefined {
  if (lin.value(3) !== '') return lin.value(3);
  const codes = group
    .filter(({ tag }) => tag === 'PIA')
    .flatMap((pia) => [2, 3, 4, 5, 6].map((element) => ({ code: pia.value(element), kind: pia.value(element, 1) })))
    .filter(({ code, kind }) => code !== '' && kind !== 'NB');
  const preferred = ['SRV', 'EN', 'IN', 'BP', 'SA']
    .map((kind) => codes.find((each) => each.kind === kind))
    .find(Boolean);
  return (preferred ?? codes[0])?.code;
}

/** The batch of the goods: GIN+BX, PIA with NB, RFF+BT; then the unit they are packed in: GIN+BJ. */
function batchOf({ group, around }: Line): string | undefined {
  const batch = find(group, 'GIN', 'BX')?.value(2) || find(group, 'RFF', 'BT')?.value(1, 1);
  const pia = group.find((each) => each.tag === 'PIA' && [2, 3, 4].some((element) => each.value(element, 1) === 'NB'));
  const inPia =
    pia &&
    [2, 3, 4].map((element) => (pia.value(element, 1) === 'NB' ? pia.value(element) : '')).find((each) => each !== '');
  const unit = around
    .map((each) => find(each, 'GIN', 'BJ', 'AW')?.value(2))
    .find((each) => each !== undefined && each !== '');
  return batch || inPia || unit || undefined;
}

function placeIn({ around }: Line, parties: readonly string[], locations: readonly string[]): string | undefined {
  for (const segments of around) {
    const place = find(segments, 'LOC', ...locations)?.value(2);
    if (place !== undefined && place !== '') return place.slice(0, 200);
    const party = find(segments, 'NAD', ...parties);
    const name = party && nameIn(party);
    if (name !== undefined) return name.slice(0, 200);
  }
  return undefined;
}

/** A party's code, such as its GLN; where it has none its name. */
const nameIn = (nad: Segment): string | undefined => nad.value(2) || nad.value(4) || nad.value(3) || undefined;

function amountIn({ group }: Line, qualifiers: readonly string[]): number | undefined {
  const amount = qualifiers
    .map((each) => find(group, 'QTY', each))
    .find(Boolean)
    ?.number(1, 1);
  return amount !== undefined && amount > 0 ? amount : undefined;
}

/** A day is one at the place in LOC, where there is one: parties do not tell their zone. */
function timeIn(
  { header, around, notes }: Line,
  almanac: Almanac,
  qualifiers: readonly string[],
  which: 'at' | 'end' = 'at',
): string | undefined {
  for (const segments of around) {
    const dated = segments.filter((each) => each.tag === 'DTM' && each.value(1, 1) !== '');
    const dtm = find(dated, 'DTM', ...qualifiers);
    const loc = around.map((each) => find(each, 'LOC', '7', '11')).find(Boolean);
    if (dtm) return almanac.moment(header.message, dtm, notes, loc && almanac.place(loc, noNotes())?.unlocode, which);
  }
  return undefined;
}
