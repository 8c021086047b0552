import { parseEvent } from '@portolan/domain';
import fc from 'fast-check';
import { chilled, moment } from '../testing/epcis.js';
import { draftsOf, itemsOf, refusals } from '../testing/read.js';
import { looksLikeEpcis, readEpcis } from './epcis.js';

const received = Date.UTC(2026, 2, 6);
const read = (message: unknown) => readEpcis(message, { received });
const document = (...eventList: unknown[]) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { farm: 'https://farm.example/' }],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-03-05T10:00:00Z',
  epcisBody: { eventList },
});
const warehouse = { bizLocation: { id: 'urn:epc:id:sgln:9524567.00001.0' } };
const lot = 'urn:epc:class:lgtin:9524567.012345.A7';
const pallet = 'urn:epc:id:sscc:9524567.0111111111';
const harvested = {
  type: 'ObjectEvent',
  eventID: 'urn:uuid:7b1c1b9e-4c51-4d0d-9a1f-0a51a2e0a001',
  ...moment,
  action: 'ADD',
  bizStep: 'commissioning',
  quantityList: [{ epcClass: lot, quantity: 1200, uom: 'KGM' }],
  ...warehouse,
  ilmd: { 'cbvmda:bestBeforeDate': '2026-03-20', 'farm:variety': 'Conference' },
};
const datas = (...events: unknown[]) => draftsOf(read(document(...events))).map(({ type, data }) => ({ type, data }));

describe('EPCIS event', () => {
  it('whose type is an object that cannot be written as text is told so', () => {
    const type = { toString: 1 };
    expect(refusals(read({ type }))).toEqual([[0, '/type', expect.stringContaining('is not one of ObjectEvent')]]);
    expect(looksLikeEpcis({ type })).toBe(false);
  });

  it('with a long business step of its own is read soon', () => {
    const bizStep = `https://farm.example/${'a'.repeat(500_000)}#`;
    const began = performance.now();
    expect(itemsOf(read({ ...harvested, quantityList: undefined, epcList: ['urn:x:1'], bizStep }))).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('of objects added registers a lot, that keeps until the end of its last day', () => {
    expect(datas(harvested)).toMatchObject([
      {
        type: 'org.portolan.lot.registered',
        data: {
          id: '09524567123459A7',
          product: '09524567123459',
          location: '9524567000019',
          quantity: 1200,
          available: '2026-03-05T09:00:00Z',
          expires: '2026-03-20T22:59:59Z',
          extensions: { uom: 'KGM', event: harvested, context: [{ farm: 'https://farm.example/' }] },
        },
      },
    ]);
  });

  it('of objects deleted withdraws a lot as a whole, and leaves a part of one alone', () => {
    const deleted = (element: object) => ({ ...harvested, ilmd: undefined, action: 'DELETE', quantityList: [element] });
    const all = JSON.parse(JSON.stringify(deleted({ epcClass: lot }))) as unknown;
    const part = JSON.parse(JSON.stringify(deleted({ epcClass: lot, quantity: 5 }))) as unknown;
    expect(datas(all)).toMatchObject([{ type: 'org.portolan.lot.withdrawn', data: { lot: '09524567123459A7' } }]);
    expect(datas(part)).toMatchObject([
      { type: 'org.portolan.milestone.reached', data: { flags: [expect.stringMatching(/^part-of-lot/)] } },
    ]);
  });

  it('of an aggregation stuffs what holds the rest, and loads the children', () => {
    const packed = { type: 'AggregationEvent', ...moment, action: 'ADD', parentID: pallet };
    expect(
      datas(
        { ...packed, bizStep: 'packing', childQuantityList: [{ epcClass: lot, quantity: 10 }] },
        {
          ...packed,
          parentID: 'urn:epc:id:giai:9524567.truck1',
          childEPCs: [pallet],
          bizStep: 'loading',
          ...warehouse,
        },
      ),
    ).toMatchObject([
      { type: 'org.portolan.equipment.moved', data: { equipment: '095245671111111113', move: 'stuffed' } },
      {
        type: 'org.portolan.equipment.moved',
        data: { equipment: '095245671111111113', move: 'loaded', place: { location: '9524567000019' } },
      },
    ]);
  });

  it('of a transaction is a milestone with its documents', () => {
    const bizTransactionList = [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:9524567000019:17' }];
    expect(
      datas({ type: 'TransactionEvent', ...moment, action: 'ADD', bizTransactionList, epcList: [pallet] }),
    ).toMatchObject([
      {
        type: 'org.portolan.milestone.reached',
        data: { milestone: 'other', document: { type: 'po', reference: 'urn:epcglobal:cbv:bt:9524567000019:17' } },
      },
    ]);
  });

  it('of a transformation registers what comes out', () => {
    const inputQuantityList = [{ epcClass: lot, quantity: 100, uom: 'KGM' }];
    const outputQuantityList = [{ epcClass: 'https://id.gs1.org/01/09524567123459/10/J1', quantity: 60, uom: 'LTR' }];
    const pressed = { type: 'TransformationEvent', ...moment, inputQuantityList, outputQuantityList, ...warehouse };
    expect(datas(pressed)).toMatchObject([
      { type: 'org.portolan.lot.registered', data: { id: '09524567123459J1', quantity: 60 } },
    ]);
  });

  it('of an association, and any other without a meaning of its own, is kept as a milestone', () => {
    const event = {
      type: 'AssociationEvent',
      ...moment,
      action: 'DELETE',
      parentID: 'urn:epc:id:grai:9524567.55555.1',
    };
    expect(datas(event)).toMatchObject([
      { type: 'org.portolan.milestone.reached', data: { milestone: 'other', extensions: { event } } },
    ]);
  });

  it.each([
    [{ bizStep: 'holding' }, 'held'],
    [{ disposition: 'https://ref.gs1.org/cbv/Disp-recalled' }, 'held'],
    [{ persistentDisposition: { set: ['recalled'] } }, 'held'],
    [{ persistentDisposition: { unset: ['recalled'] } }, 'released'],
    [{ disposition: 'available' }, 'released'],
    [{ disposition: 'in_transit' }, 'other'],
  ])('with %j is %s', (more, milestone) =>
    expect(datas({ type: 'ObjectEvent', ...moment, action: 'OBSERVE', epcList: [pallet], ...more })).toMatchObject([
      { data: { milestone, equipment: '095245671111111113' } },
    ]),
  );

  it('that holds several things holds each of them, lots too', () => {
    const epcList = [pallet, 'urn:epc:id:bic:CSQU3054383'];
    const held = { ...moment, action: 'OBSERVE', bizStep: 'holding', epcList, quantityList: [{ epcClass: lot }] };
    const drafts = draftsOf(read(document({ type: 'ObjectEvent', ...held })));
    expect(drafts.map(({ data }) => (data as { equipment?: string }).equipment)).toEqual([
      '095245671111111113',
      'CSQU3054383',
      '09524567123459A7',
    ]);
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(3);
  });
});

describe('error declaration of EPCIS', () => {
  const successor = 'urn:uuid:7b1c1b9e-4c51-4d0d-9a1f-0a51a2e0a002';
  const errorDeclaration = {
    declarationTime: '2026-03-05T12:00:00Z',
    reason: 'incorrect_data',
    correctiveEventIDs: [successor],
  };

  it('takes back the original, and keeps the ids of its successors', () => {
    const [draft] = draftsOf(read(document({ ...harvested, errorDeclaration })));
    expect(draft).toMatchObject({
      type: 'org.portolan.event.retracted',
      time: '2026-03-05T12:00:00Z',
      data: { retracts: harvested.eventID, reason: 'incorrect_data', extensions: { correctiveEventIDs: [successor] } },
    });
  });

  it('takes back all that the original became, also where it has no eventID', () => {
    const { eventID: _, ...nameless } = { ...harvested, epcList: [pallet], bizStep: 'receiving' };
    const said = draftsOf(read(document(nameless)));
    const taken = draftsOf(read(document({ recordTime: '2026-03-05T13:00:00Z', errorDeclaration, ...nameless })));
    expect(said).toHaveLength(2);
    expect(taken.map(({ data }) => (data as { retracts: string }).retracts)).toEqual(said.map(({ id }) => id));
  });
});

describe('EPCIS message', () => {
  it('may be a document, the answer to a query, a list, or one event', () => {
    const { epcisBody, ...head } = document(harvested);
    const answer = { ...head, type: 'EPCISQueryDocument', epcisBody: { queryResults: { resultsBody: epcisBody } } };
    for (const message of [document(harvested), answer, [harvested], harvested]) {
      expect(looksLikeEpcis(message)).toBe(true);
      expect(draftsOf(read(message)).map(({ id }) => id)).toEqual([harvested.eventID]);
    }
  });

  it('gives the same events each time, of which the log takes every one', () => {
    const message = document(harvested, chilled({ type: 'Temperature', value: 4, uom: 'CEL' }));
    expect(read(message)).toEqual(read(message));
    for (const draft of draftsOf(read(message))) {
      const event = { specversion: '1.0', recordedtime: '2026-03-06T00:00:00Z', partitionkey: 'c', ...draft };
      expect(parseEvent(event)).toMatchObject({ ok: true });
    }
  });

  it('has its wrong items refused one by one, each with place, value and what would be right', () => {
    const reading = read(
      document(
        harvested,
        'none',
        { ...harvested, type: 'ObjectEvnt' },
        { ...harvested, bizStep: 'loadin' },
        { ...harvested, quantityList: [{ epcClass: lot, quantity: 'many', size: 1 }] },
        { ...harvested, eventTime: '1926-03-05T10:00:00Z' },
        { ...harvested, ilmd: { 'cbvmda:bestBeforeDate': 'soon' } },
      ),
    );
    const at = (place: string) => `/epcisBody/eventList/${place}`;
    expect(itemsOf(reading).map(({ ok }) => ok)).toEqual([true, false, false, false, false, false, false]);
    expect(refusals(reading)).toEqual([
      [1, at('1'), 'must be an event, is a string'],
      [2, at('2/type'), expect.stringMatching(/is not one of ObjectEvent, .*perhaps ObjectEvent$/)],
      [3, at('3/bizStep'), expect.stringMatching(/perhaps loading$/)],
      [4, at('4/quantityList/0/quantity'), 'must be a number'],
      [4, at('4/quantityList/0/size'), expect.stringMatching(/needs a namespace/)],
      [5, at('5/eventTime'), 'is before 2000-01-01, which no message can tell of'],
      [6, at('6/ilmd/cbvmda:bestBeforeDate'), expect.stringMatching(/RFC 3339/)],
    ]);
  });

  it.each([
    [{ ...document(), '@context': undefined }, '/@context'],
    [{ ...document(), schemaVersion: '1.2' }, '/schemaVersion'],
    [{ ...document(), epcisBody: {} }, '/epcisBody/eventList'],
    [17, ''],
    [document(...Array.from({ length: 100_001 }, () => 0)), ''],
  ])('that is none is unreadable (%#)', (message, pointer) =>
    expect(read(message)).toMatchObject({ unreadable: [{ pointer }] }),
  );

  it('never makes the reader throw, however it is spoilt', () => {
    const whole = [harvested, chilled({ type: 'Temperature', value: 4, uom: 'CEL' })];
    const key = fc.constantFrom(...new Set([...Object.keys(whole[0]!), ...Object.keys(whole[1]!), 'errorDeclaration']));
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom({}, [], [{}], '__proto__', 'urn:epc:id:sscc:', -0, '2026-02-30'),
    );
    const spoilt = fc
      .tuple(fc.constantFrom(...whole), key, field)
      .map(([event, name, value]) => ({ ...event, [name]: value }));
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.jsonValue()), (event) => expect(itemsOf(read(document(event)))).toHaveLength(1)),
      { numRuns: 1000 },
    );
  });
});
