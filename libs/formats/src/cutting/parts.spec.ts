import fc from 'fast-check';
import { checksum } from '../ais/sentence.js';
import type { Item } from '../reading.js';
import { readMessage } from '../registry.js';
import { tableOf } from '../tables/delimited.js';
import * as edi from '../testing/edifact.js';
import { jitPortCall, jitService, jitTerminalCall, jitTimestamp } from '../testing/jit.js';
import { mappingOf } from '../testing/mapping.js';
import { nextModeHeader, nextModeRow } from '../testing/next-mode.js';
import { berthEstimate } from '../testing/port-call.js';
import { releaseNotice } from '../testing/release.js';
import { partsOf as partsOfBook } from '../testing/workbook.js';
import { zipSync } from 'fflate';
import { type CutOptions, type Part, type Uncut, partsOf } from './parts.js';

const RECEIVED = Date.UTC(2026, 2, 2, 8);

/** A file with what its sender says of it. */
interface File extends Pick<CutOptions, 'format' | 'contentType' | 'mapping'> {
  readonly body: string | Uint8Array;
}

async function* arriving(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? bytes.length);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function cut(text: string | Uint8Array, options: CutOptions = {}, sizes = [65_536]): Promise<(Part | Uncut)[]> {
  const found: (Part | Uncut)[] = [];
  for await (const part of partsOf(arriving(Buffer.from(text), sizes), options)) found.push(part);
  return found;
}

const parts = async (text: string | Uint8Array, options: CutOptions = {}, sizes?: number[]): Promise<Part[]> =>
  (await cut(text, options, sizes)).filter((each): each is Part => 'body' in each);
const partsOfFile = ({ body, ...how }: File, options: CutOptions = {}, sizes?: number[]) =>
  parts(body, { ...how, ...options }, sizes);
const texts = (found: readonly Part[]): string[] => found.map(({ body }) => Buffer.from(body).toString());

/** What a message says, with the place of each item: events to the last member, or faults. */
const said = (item: Item) => [item.index, item.ok ? item.events : item.faults];

function itemsOf({ format, ...how }: Omit<File, 'body'>, part: Pick<Part, 'body' | 'format'>): readonly Item[] {
  const reading = readMessage({ ...how, body: part.body, format: format ?? part.format }, { received: RECEIVED });
  if ('unreadable' in reading) throw new Error(JSON.stringify(reading));
  return reading.items;
}

const readWhole = ({ body, ...how }: File) => itemsOf(how, { body: Buffer.from(body) }).map(said);

const readAll = ({ body: _, ...how }: File, found: readonly Part[]) =>
  found.flatMap((part) => {
    const { before, inFile } = part;
    return itemsOf(how, part).map((item) => [
      before.items + item.index,
      item.ok ? item.events : item.faults.map((fault) => inFile(fault, before)),
    ]);
  });

const event = (id: number, quantity: unknown = 1) => ({
  specversion: '1.0',
  id: `O-${id}`,
  source: '/erp',
  type: 'org.portolan.order.placed',
  subject: `O-${id}`,
  time: '2026-03-02T07:00:00Z',
  data: { id: `O-${id}`, from: 'A', to: 'B, "C" [\\]', quantity, available: '2026-03-03T06:00:00Z' },
});
const numbers = Array.from({ length: 40 }, (_, index) => index);
const quantity = (id: number) => (id % 7 === 3 ? -1 : 1);
const events = numbers.map((id) => event(id, quantity(id)));

const epcis = (id: number) => ({
  type: 'ObjectEvent',
  eventID: `urn:uuid:00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
  eventTime: id % 7 === 3 ? 'soon' : '2026-03-01T09:00:00Z',
  eventTimeZoneOffset: '+00:00',
  epcList: ['urn:epc:id:sgtin:0614141.107346.2017'],
  action: 'OBSERVE',
  bizStep: 'arriving',
  readPoint: { id: 'urn:epc:id:sgln:0614141.07346.1234' },
});
const dcsa = (id: number) => ({
  eventID: `3cecb101-7a1a-43a4-9d62-${String(id).padStart(12, '0')}`,
  eventCreatedDateTime: '2026-03-01T09:00:00Z',
  eventType: 'SHIPMENT',
  eventClassifierCode: 'ACT',
  eventDateTime: id % 7 === 3 ? 'soon' : '2026-03-01T09:00:00Z',
  shipmentEventTypeCode: 'CONF',
  documentID: 'ABC123',
  documentTypeCode: 'BKG',
});

const sentence = '!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23';
const long = [
  '!AIVDM,2,1,3,A,55Mf@6P00001MUS;7GQL4hh61L4hh6222222220t41H==54oA0S0B4i0D3,0*67',
  '!AIVDM,2,2,3,A,0000000000000,2*27',
];

const mapping = (kind: string, table = '', fields = 'id: A, to: B, quantity: C') =>
  mappingOf(`format: portolan.mapping/1\nname: own\nkind: ${kind}\ntable: { ${table} }\nfields: { ${fields} }\n`);
const lines = (...rows: readonly string[]) => rows.map((row) => `${row}\n`).join('');

const interchange = (id: number, ...more: string[]) =>
  edi.message('CODECO', [...edi.gateIn(...more), ...(id % 7 === 3 ? ['EQD+CN+CSQU3054383', 'DTM+7:soon:203'] : [])], {
    control: `C${id}`,
    reference: `${id}`,
  });

const portCall = (id: number) => ({
  ...berthEstimate,
  uuid: `P-${id}`,
  eventTime: id % 7 === 3 ? 'soon' : berthEstimate.eventTime,
});
const release = (id: number) => ({
  ...releaseNotice,
  container: id % 7 === 3 ? undefined : 'APZU4812090',
  note: `${id}`,
});
const ownRow = (id: number) => `O-${id};B;"${quantity(id)}"`;
const nextMode = [
  nextModeHeader,
  ...numbers.flatMap((id) => [
    nextModeRow.replace('BL77001', `BL-${id}`).replace(';BEANR;', id % 7 === 3 ? ';Antwerp;' : ';BEANR;'),
    ...(id % 5 === 0 ? [';'.repeat(18), ''] : []),
  ]),
];

/** A part of `long` without a sequence id, in the group of its tag block. */
function grouped(group: number, part: 0 | 1): string {
  const tag = `g:${part + 1}-2-${group}`;
  const body = long[part]!.slice(1).split('*')[0]!.replace(',3,A,', ',,A,');
  return `\\${tag}*${checksum(tag)}\\!${body}*${checksum(body)}`;
}

const files: Record<string, File> = {
  'CloudEvents, one a line': { body: events.map((each) => JSON.stringify(each)).join('\n\n') },
  'a batch of CloudEvents': { body: JSON.stringify(events, undefined, 1) },
  'a page of DCSA events': { body: JSON.stringify({ page: 1, events: numbers.map(dcsa), next: null }) },
  'a list that begins with what is no event': {
    body: JSON.stringify([1, {}, ...numbers.map(dcsa), {}, 2]),
    format: 'dcsa',
  },
  'an EPCIS document': {
    body: JSON.stringify({
      '@context': 'https://ref.gs1.org/standards/epcis/epcis-context.jsonld',
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      epcisBody: { eventList: numbers.map(epcis) },
    }),
  },
  'port call events': { body: JSON.stringify({ events: numbers.map(portCall) }), contentType: 'application/json' },
  'release notices': { body: JSON.stringify(numbers.map(release)) },
  'EDIFACT interchanges': {
    body: `\n${numbers.map((id) => interchange(id, "FTX+AAA+++UNZ?'é ?? UNB+")).join('\r\n')}`,
  },
  'EDIFACT interchanges in Latin 1': {
    body: Buffer.from(numbers.map((id) => interchange(id, 'FTX+AAA+++é')).join(''), 'latin1'),
  },
  'EDIFACT interchanges, some without messages, end or order': {
    body: numbers
      .map((id) => interchange(id))
      .map((text, id) => (id % 4 ? text : `${text}UNB+UNOC:2+S+R+260305:1200+E'UNZ+0+E'FTX+stray'`))
      .map((text, id) => (id % 6 === 1 ? text.replace(/UNZ.*/s, '') : text))
      .join('\n'),
  },
  'a table': {
    body: `\uFEFFid,from,to,quantity,available\r\n${numbers
      .map((id) => `O-${id},"A, a\nb",B,${quantity(id)},2026-03-03T06:00:00Z\r\n${id % 5 === 0 ? '\r\n' : ''}`)
      .join('')}`,
  },
  'a table with lines that end in CR, inches, and empty rows': {
    body: `id|to|quantity\r${numbers
      .map((id) => `O-${id} 5" pipe|B "x|${quantity(id)}\r${id % 5 === 0 ? '" "\r\u00A0\r||\r' : ''}`)
      .join('')}`,
    contentType: 'text/csv',
  },
  'the next mode of transport': { body: lines(...nextMode), contentType: 'text/csv' },
  'a table by its mapping': {
    body: lines('Orders of March', '', 'A;B;C;D', ...numbers.map((id) => `${ownRow(id)};"é ""\n${id}"`)),
    mapping: mapping('orders', 'headerRow: 2'),
  },
  'a table in Windows-1252 by its mapping': {
    body: Buffer.from(lines('A\tB\tC\tD', ...numbers.map((id) => `O-${id}\tB\t${quantity(id)}\té\u00A0`)), 'latin1'),
    mapping: mapping('orders', 'encoding: windows-1252'),
  },
  'rates by a mapping': {
    body: lines('A,B,C,D', ...numbers.map((id) => `F-${id},T-${id},${id % 7 === 3 ? 'x' : 'PT2H'},7`)),
    mapping: mapping('rates', '', 'from: A, to: B, duration: C, cost: D, capacity: { constant: 5 }'),
  },
  'events by a mapping': {
    body: lines(
      'A,B,C',
      ...numbers.map((id) => `CSQU3054383,${id % 7 === 3 ? 'soon' : `2026-03-02T06:00:${10 + id}Z`},x`),
    ),
    mapping: mapping(
      'equipment.moved',
      '',
      'equipment: A, at: B, move: { constant: gate-in }, classifier: { constant: actual }, place.unlocode: { constant: BEANR }',
    ),
  },
  'AIS sentences': {
    body: numbers
      .map((id) => [sentence, ...(id % 4 ? [] : long), ...(id % 7 === 3 ? ['!AIVDM,oops'] : [])].join('\n'))
      .join('\n'),
  },
  'AIS messages in parts, of any order, told apart by their tag blocks': {
    body: numbers
      .flatMap((id) => [grouped(id, 1), sentence, grouped(id + 100, 0), grouped(id, 0), sentence, grouped(id + 100, 1)])
      .join('\r\n'),
  },
};

const call = 'S-1,barge,A,2026-03-03T06:00:00Z,2026-03-03T07:00:00Z';
const services = lines('service,mode,location,arrives,departs', ...numbers.map(() => call));
const ownTable = lines('A;B;C', ...numbers.map(ownRow));

/** What would say something else in parts, or may: why it is left whole. */
const wholes: Record<string, File> = {
  'services, as rows of one service belong together': { body: services },
  'services by a mapping': {
    body: lines('A,B,C', ...numbers.map(() => 'S-1,barge,x')),
    mapping: mapping('services', '', 'service: A, mode: B, location: C'),
  },
  'columns of nothing known here, for which the service may have a mapping': {
    body: ownTable,
    contentType: 'text/csv',
  },
  'a mapping that only the service has': { body: files['a table']!.body, format: 'dossiers' },
  'columns without names, as the longest row tells how many there are': {
    body: lines(...numbers.map(ownRow)),
    mapping: mapping('orders', 'headerRow: 0', 'id: 1, to: 2, quantity: 3'),
  },
  'UTF-16': { body: Buffer.from(`\uFEFF${String(files['a table by its mapping']!.body)}`, 'utf16le') },
  'UTF-16, as its mapping says': {
    body: Buffer.from(ownTable, 'utf16le'),
    mapping: mapping('orders', 'encoding: utf-16le'),
  },
  'a workbook, even where a mapping is given': {
    body: zipSync(partsOfBook({ sheets: { Orders: '<sheetData/>'.repeat(40) } }), { level: 0 }),
    mapping: mapping('orders'),
  },
  'Just-in-Time, as objects of one message refer to each other': {
    body: JSON.stringify([jitTimestamp, jitService, jitTerminalCall, jitPortCall, ...numbers.map(() => jitTimestamp)]),
  },
  'lists of Just-in-Time': {
    body: JSON.stringify({ portCalls: [jitPortCall], timestamps: numbers.map(() => jitTimestamp) }),
  },
  'release notices in an object, where another list may count': {
    body: JSON.stringify({ containers: numbers.map(release), notices: [releaseNotice] }),
  },
  'an EPCIS document that says behind its events what it is': {
    body: JSON.stringify({ epcisBody: { eventList: numbers.map(epcis) }, '@context': 'x', schemaVersion: '2.0' }),
  },
  'one CloudEvent with a list in it': { body: JSON.stringify({ ...event(1), events: numbers.map(dcsa) }) },
  'one EDIFACT interchange, whose end counts its messages': {
    body: interchange(1).replace(/UNH.*(?=UNZ)/s, (found) => found.repeat(20)),
  },
};

describe('a large file', () => {
  it.each(Object.keys(files))('of %s says in parts what it says as a whole, at the same places', async (name) => {
    const file = files[name]!;
    const found = await partsOfFile(file, { bytes: 200 });
    expect(found.length).toBeGreaterThan(2);
    expect(readAll(file, found)).toEqual(readWhole(file));
  });

  it.each(Object.keys(files))('of %s is cut alike, however its bytes arrive', async (name) => {
    const once = texts(await partsOfFile(files[name]!, { bytes: 200 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect(texts(await partsOfFile(files[name]!, { bytes: 200 }, sizes))).toEqual(once);
      }),
      { numRuns: 5 },
    );
  });

  it.each(Object.keys(files))('of %s is one message, byte for byte, where it is small enough', async (name) => {
    const [only, ...more] = await partsOfFile(files[name]!);
    expect([Buffer.from(only!.body), only!.format, more]).toEqual([Buffer.from(files[name]!.body), undefined, []]);
  });

  it('is cut at a number of items, too', async () =>
    expect((await partsOfFile(files['a table']!, { items: 15 })).map(({ before }) => before.items)).toEqual([
      0, 15, 30,
    ]));

  it('of EDIFACT is cut between interchanges, whatever ends its segments', async () => {
    const usual = "UNB+UNOC:3+S+R+220101:1021+1'UNH+1+IFTSTA:D:00B:UN'FTX+AAA+++UNZ?'s'UNT+2+1'UNZ+1+1'";
    const other = "UNA:+.? ~UNB+UNOC:3+S+R+220101:1021+2~UNH+1+IFTSTA:D:00B:UN~FTX+AAA+++it's~UNT+2+1~UNZ+1+2~";
    const found = await parts(`${usual}\n${usual}${other}${other}${usual}`, { bytes: 50 });
    expect(texts(found).map((text) => text.trim())).toEqual([usual, usual, other, other, usual]);
    const { before, inFile } = found[2]!;
    expect(inFile({ pointer: '/interchange/0/message/1', message: '' }, before).pointer).toBe(
      '/interchange/2/message/1',
    );
  });

  it.each(Object.keys(wholes))('of %s is not cut', async (name) => {
    const found = await partsOfFile(wholes[name]!, { bytes: 2_000, items: 5 });
    expect(texts(found)).toEqual([Buffer.from(wholes[name]!.body).toString()]);
  });

  it('of any table is cut between the rows that it has as a whole', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('"', '""', '"a"', ',', ',', '\n', '\n', '\r', '\r\n', ' ', '\u00A0', 'é', 'a', 'x'), {
          maxLength: 60,
        }),
        async (pieces) => {
          const text = `A,B,C\n${pieces.join('')}`;
          const whole = tableOf(text);
          if (!whole.ok) return;
          const found = await parts(text, { items: 1, mapping: mapping('orders') });
          const rows = found.flatMap(({ body, before, inFile }) => {
            const table = tableOf(Buffer.from(body).toString());
            if (!table.ok) throw new Error(JSON.stringify(table));
            return table.value.rows.map(({ index, line, cells }) => {
              const { message, pointer } = inFile({ pointer: `/rows/${index}`, message: `line ${line}` }, before);
              return [pointer, message, cells];
            });
          });
          expect(rows).toEqual(
            whole.value.rows.map(({ index, line, cells }) => [`/rows/${index}`, `line ${line}`, cells]),
          );
        },
      ),
      { numRuns: 500 },
    ));

  it('of any EDIFACT says in parts what it says as a whole', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            { weight: 4, arbitrary: fc.nat(9).map((id) => interchange(id)) },
            fc.constantFrom(
              'UNA:+.? ~',
              "UNA:+.? '",
              'UNA:+.* %',
              'UNB+UNOC:2+S+R+260305:1200+9',
              "UNZ+1+9'",
              "UNH+1+CODECO:D:95B:UN'",
              "UNT+2+1'",
              "FTX+AAA+++?'",
              '~',
              '\u0001',
              '\n',
              '?',
              'é',
              'UN',
              'U',
            ),
          ),
          { maxLength: 14 },
        ),
        async (pieces) => {
          const file = { body: `${interchange(0)}${pieces.join('')}`, format: 'edifact' };
          expect(readAll(file, await partsOfFile(file, { items: 1 }))).toEqual(readWhole(file));
        },
      ),
      { numRuns: 150 },
    ));

  it('goes on behind a quote that is never closed', async () => {
    const row = 'O-1,A,B,1,2026-03-03T06:00:00Z\n';
    const text = `id,from,to,quantity,available\n${row}O-2,"A,B\n${row.repeat(20_000)}`;
    const found = await parts(text, { bytes: 50_000 });
    expect(found.length).toBeGreaterThan(5);
    expect(readMessage(found.at(-1)!, { received: RECEIVED })).toMatchObject({ format: 'csv-orders' });
  });

  it.each([
    ['one line without an end', `{"a":1}\n{"b":"${'x'.repeat(20_000)}`, /without a place/],
    ['bytes of no standard', 'x'.repeat(20_000), /of a format that is not cut/],
  ])('of %s ends with why, and takes no more memory', async (_, text, why) => {
    const [only, ...more] = await cut(text, { bytes: 1_000 });
    expect([only, more]).toEqual([{ uncut: expect.stringMatching(why) as string, before: { items: 0, lines: 0 } }, []]);
  });

  it('never fails, whatever it is', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 500 }),
        fc.constantFrom('', '[', '{"events":[', 'UNA', 'id,to\n'),
        async (bytes, head) => {
          const file = Buffer.concat([Buffer.from(head), bytes]);
          for (const format of [undefined, 'csv', 'ais', 'jsonl']) await cut(file, { bytes: 64, format });
        },
      ),
    ));
});
