import { type PortolanEvent, emptyState, foldBatch, shipmentsOf } from '@portolan/domain';
import fc from 'fast-check';
import { releaseNotice } from '../testing/release.js';
import { draftsOf, expectReasonsOrEvents, refusals } from '../testing/read.js';
import { readRelease } from './release.js';

const received = Date.UTC(2026, 2, 2, 8);
const read = (message: unknown) => readRelease(message, { received });
const lights = (message: unknown) => {
  const reading = read(message);
  expect(refusals(reading)).toEqual([]);
  return draftsOf(reading).map(({ data }) => {
    const { milestone, hold, at, reason } = data as Record<string, unknown>;
    return [milestone, hold, at, reason];
  });
};
const goods = { equipmentNumber: 'APZU4812090', portLoCode: 'BEANR', terminalCode: '01742' };

describe('a release notice', () => {
  it('holds and releases by each light, with its time and reason', () => {
    const drafts = draftsOf(read(releaseNotice));
    expect(drafts).toMatchObject([
      {
        source: '/release',
        subject: 'APZU4812090',
        time: '2026-03-02T06:00:00Z',
        revisionof: '/release#APZU4812090/customs',
        revision: '2026-03-02T06:00:00Z',
        data: {
          milestone: 'held',
          hold: 'customs',
          equipment: 'APZU4812090',
          expectedRelease: '2026-03-04T10:00:00Z',
          reason: 'customs is red: Scan',
          extensions: { billOfLading: 'BL77001', terminal: 'K913' },
        },
      },
      { data: { milestone: 'released', hold: 'commercial', at: '2026-03-02T07:00:00Z' } },
    ]);
    expect(draftsOf(read(releaseNotice))).toEqual(drafts);
  });

  it('keeps goods held until all lights are green', () => {
    const order = { id: 'O', from: 'A', to: 'B', quantity: 1, available: '2026-03-01T00:00:00Z' };
    const said = (type: string, data: object, id: string) =>
      ({ type, data, id, source: '/t', time: '2026-03-01T00:00:00Z' }) as unknown as PortolanEvent;
    const statusAfter = (...notices: unknown[]) => {
      const drafts = [
        said('org.portolan.order.placed', { ...order, equipment: ['APZU4812090'] }, 'o'),
        ...notices.flatMap((each) => draftsOf(read(each))),
        said('org.portolan.clock.ticked', { now: '2026-03-03T00:00:00Z' }, 'tick'),
      ];
      const events = drafts.map((draft, position) => {
        const event = { ...draft, recordedtime: '2026-03-02T08:00:00Z', partitionkey: 'c', specversion: '1.0' };
        return { event: event as PortolanEvent, position };
      });
      return shipmentsOf(foldBatch(emptyState('c'), events))[0]!.status;
    };
    const red = { ...goods, lights: { customs: 'red', commercial: 'red' }, timestamp: '2026-03-02T01:00:00Z' };
    const customs = { ...goods, lights: { customs: 'green' }, timestamp: '2026-03-02T02:00:00Z' };
    const commercial = { ...goods, lights: { commercial: 'green' }, timestamp: '2026-03-02T03:00:00Z' };
    expect(statusAfter(red)).toBe('held');
    expect(statusAfter(red, customs)).toBe('held');
    expect(statusAfter(red, customs, commercial)).toBe('planned');
    expect(statusAfter(commercial, customs, red)).toBe('planned');
  });

  it.each<[string, object, unknown[][]]>([
    [
      'a detail of Certified Pick-up',
      {
        ...goods,
        lights: [
          { greenLightName: 'CommercialRelease', color: 'Green', dateLastUpdated: '2026-03-01T10:00:00Z' },
          { greenLightName: 'CustomsRelease', color: 'Orange', label: 'MRN?', dateLastUpdated: '2026-03-01T11:00:00Z' },
          { greenLightName: 'Terminal', color: 'Grey', dateLastUpdated: '2026-03-01T11:00:00Z' },
        ],
      },
      [
        ['released', 'commercial', '2026-03-01T10:00:00Z', 'commercial is green'],
        ['held', 'customs', '2026-03-01T11:00:00Z', 'customs is orange: MRN?'],
        ['other', undefined, '2026-03-01T11:00:00Z', 'terminal is grey'],
      ],
    ],
    [
      'a release right of Certified Pick-up',
      {
        ...goods,
        releaseIdentification: 'R1',
        actionType: 'Block',
        reasonForAction: 'unpaid',
        releaseDateTimeUtc: '2026-03-01T10:00:00Z',
      },
      [['held', 'commercial', '2026-03-01T10:00:00Z', 'commercial: Block (unpaid)']],
    ],
    [
      "a terminal's release of Certified Pick-up",
      { ...goods, actionType: 'Release', releaseDateTimeUtc: '2026-03-01T10:00:00Z' },
      [['released', 'terminal', '2026-03-01T10:00:00Z', 'terminal: Release']],
    ],
    [
      'a notification of Certified Pick-up',
      { ...goods, publicReferenceId: 'P1', event: 'TerminalScan', storedOn: '2026-03-01T10:00:00Z' },
      [['held', 'terminal', '2026-03-01T10:00:00Z', 'terminal: TerminalScan']],
    ],
    [
      'a customs release',
      { containerNumber: 'APZU4812090', eventId: 'e', releaseDatetime: '2026-03-01T10:00:00Z', mrn: '26BE1' },
      [['released', 'customs', '2026-03-01T10:00:00Z', 'customs is released']],
    ],
    [
      'truth values',
      { container: 'APZU4812090', at: '2026-03-01T10:00:00Z', customs: false, terminal: true },
      [
        ['held', 'customs', '2026-03-01T10:00:00Z', 'customs is false'],
        ['released', 'terminal', '2026-03-01T10:00:00Z', 'terminal is true'],
      ],
    ],
  ])('as %s is read', (_, message, expected) => expect(lights(message)).toEqual(expected));

  it('as a webhook of Terminal49 releases what is not on its list of holds', () => {
    const hook = {
      data: {
        id: 'n',
        type: 'webhook_notification',
        attributes: { event: 'container.updated', created_at: '2026-03-02T05:00:00Z' },
      },
      included: [
        { type: 'shipment', attributes: { bill_of_lading_number: 'BL77001' } },
        {
          type: 'container',
          attributes: {
            number: 'APZU4812090',
            terminal_checked_at: '2026-03-02T04:00:00Z',
            holds_at_pod_terminal: [{ name: 'customs', status: 'hold', description: 'exam' }],
          },
        },
      ],
    };
    expect(lights(hook).map(([milestone, hold]) => [milestone, hold])).toEqual([
      ['held', 'customs'],
      ['released', 'freight'],
      ['released', 'tmf'],
      ['released', 'usda'],
      ['released', 'other'],
    ]);
    expect(lights(hook)[0]![3]).toBe('customs is on hold: exam');
  });

  it('of a bill of lading without a container is about all that refer to it', () => {
    const { container: _, ...ofBill } = releaseNotice;
    expect(draftsOf(read(ofBill))[0]!.data).toMatchObject({ document: { type: 'TRD', reference: 'BL77001' } });
  });

  it.each<[object, string, string]>([
    [{ customs: 'grren' }, '/customs', 'perhaps green'],
    [{ customs: 7 }, '/customs', 'is a number'],
    [{ timestamp: undefined, commercial: 'red' }, '/commercial', 'has no time'],
    [{ container: undefined, billOfLading: undefined }, '', 'must name its goods'],
    [{ customs: undefined, commercial: undefined }, '', 'tells of no light'],
    [{ actionType: 'Blocked' }, '/actionType', 'perhaps Block'],
    [{ lights: [{ color: 'Green' }] }, '/lights/0/greenLightName', 'is required'],
    [{ lights: { customs: {} } }, '/lights/customs', 'must have one of color'],
  ])('that is wrong says where and why: %j', (change, pointer, why) =>
    expect(refusals(read([{ ...releaseNotice, ...change }]))).toEqual([
      [0, `/0${pointer}`, expect.stringContaining(why)],
    ]),
  );

  it('of any kind is read without throwing, and what is accepted is an event', () => {
    const leaf = fc.oneof(
      fc.json().map((text) => JSON.parse(text) as unknown),
      fc.constantFrom('red', 'Release', { customs: 'red' }, [{ name: 'customs', color: 'Red' }], 'container'),
    );
    const keys = [...Object.keys(releaseNotice), 'lights', 'greenLights', 'actionType', 'event', 'data', 'included'];
    const notice = fc
      .tuple(fc.constant(releaseNotice), fc.dictionary(fc.constantFrom(...keys), leaf, { maxKeys: 4 }))
      .map(([sample, change]) => ({ ...sample, ...change }));
    fc.assert(
      fc.property(fc.oneof(notice, leaf, fc.array(notice), fc.record({ notices: fc.array(notice) })), (message) =>
        expectReasonsOrEvents(read(message)),
      ),
      { numRuns: 500 },
    );
  });
});
