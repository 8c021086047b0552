import fc from 'fast-check';
import type { Item } from '../reading.js';
import { readMessage } from '../registry.js';
import { type CutOptions, type Part, type Uncut, partsOf } from './parts.js';

const RECEIVED = Date.UTC(2026, 2, 2, 8);

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

const parts = async (text: string, options: CutOptions = {}, sizes?: number[]): Promise<Part[]> =>
  (await cut(text, options, sizes)).filter((each): each is Part => 'body' in each);
const texts = (found: readonly Part[]): string[] => found.map(({ body }) => Buffer.from(body).toString());

/** What a message says: ids of events, or faults with their places. */
const said = (item: Item) => (item.ok ? item.events.map(({ id }) => id) : item.faults);

function readAll(found: readonly Part[]) {
  return found.flatMap(({ body, format, before, inFile }) => {
    const reading = readMessage({ body, format }, { received: RECEIVED });
    if ('unreadable' in reading) throw new Error(JSON.stringify(reading));
    return reading.items.map((item) => (item.ok ? said(item) : item.faults.map((fault) => inFile(fault, before))));
  });
}

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
  '!AIVDM,2,1,3,A,55Mf@6P00001MUS;7GQL4hh61L4hh6222222220t41H==54oA0S0B4i0D3,0*52',
  '!AIVDM,2,2,3,A,0000000000000,2*27',
];

const files: Record<string, string> = {
  'CloudEvents, one a line': events.map((each) => JSON.stringify(each)).join('\n\n'),
  'a batch of CloudEvents': JSON.stringify(events, undefined, 1),
  'a page of DCSA events': JSON.stringify({ page: 1, events: numbers.map(dcsa), next: null }),
  'an EPCIS document': JSON.stringify({
    '@context': 'https://ref.gs1.org/standards/epcis/epcis-context.jsonld',
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    epcisBody: { eventList: numbers.map(epcis) },
  }),
  'a table': `\uFEFFid,from,to,quantity,available\r\n${numbers
    .map((id) => `O-${id},"A, a\nb",B,${quantity(id)},2026-03-03T06:00:00Z\r\n${id % 5 === 0 ? '\r\n' : ''}`)
    .join('')}`,
  'AIS sentences': numbers
    .map((id) => [sentence, ...(id % 4 ? [] : long), ...(id % 7 === 3 ? ['!AIVDM,oops'] : [])].join('\n'))
    .join('\n'),
};

describe('a large file', () => {
  it.each(Object.keys(files))('of %s says in parts what it says as a whole, at the same places', async (name) => {
    const whole = readMessage({ body: files[name]! }, { received: RECEIVED });
    const found = await parts(files[name]!, { bytes: 600 });
    expect(found.length).toBeGreaterThan(2);
    expect(readAll(found)).toEqual('items' in whole && whole.items.map(said));
  });

  it.each(Object.keys(files))('of %s is cut alike, however its bytes arrive', async (name) => {
    const once = texts(await parts(files[name]!, { bytes: 600 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect(texts(await parts(files[name]!, { bytes: 600 }, sizes))).toEqual(once);
      }),
      { numRuns: 20 },
    );
  });

  it.each(Object.keys(files))('of %s is one message, byte for byte, where it is small enough', async (name) => {
    expect(texts(await parts(files[name]!))).toEqual([Buffer.from(files[name]!).toString()]);
  });

  it('is cut at a number of items, too', async () =>
    expect((await parts(files['a table']!, { items: 15 })).map(({ before }) => before.items)).toEqual([0, 15, 30]));

  it('of EDIFACT is cut between interchanges, whatever ends its segments', async () => {
    const interchange = "UNB+UNOC:3+S+R+220101:1021+1'UNH+1+IFTSTA:D:00B:UN'FTX+AAA+++UNZ?'s'UNT+2+1'UNZ+1+1'";
    const other = "UNA:+.? ~UNB+UNOC:3+S+R+220101:1021+2~UNH+1+IFTSTA:D:00B:UN~FTX+AAA+++it's~UNT+2+1~UNZ+1+2~";
    const found = await parts(`${interchange}\n${interchange}${other}${other}`, { bytes: 50 });
    expect(texts(found).map((text) => text.trim())).toEqual([interchange, interchange, other, other]);
    const { before, inFile } = found[2]!;
    expect(inFile({ pointer: '/interchange/0/message/1', message: '' }, before).pointer).toBe(
      '/interchange/2/message/1',
    );
  });

  it('of services is not cut, as rows of one service belong together', async () => {
    const row = 'S-1,barge,A,2026-03-03T06:00:00Z,2026-03-03T07:00:00Z\n';
    expect(await parts(`service,mode,location,arrives,departs\n${row.repeat(40)}`, { bytes: 500 })).toHaveLength(1);
  });

  it('goes on behind a quote that is never closed', async () => {
    const row = 'O-1,A,B,1,2026-03-03T06:00:00Z\n';
    const text = `id,from,to,quantity,available\n${row}O-2,"A,B\n${row.repeat(8000)}`;
    const found = await parts(text, { bytes: 20_000 });
    expect(found.length).toBeGreaterThan(5);
    expect(readMessage(found.at(-1)!, { received: RECEIVED })).toMatchObject({ format: 'csv-orders' });
  });

  it.each([
    ['one JSON text without an end', `["${'x'.repeat(20_000)}`, /without a place/],
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
