import { type EventDraft, type PortolanEvent, emptyState, foldBatch } from '@portolan/domain';
import fc from 'fast-check';
import { jitIds, jitPortCall, jitService, jitTerminalCall, jitTimestamp } from '../testing/jit.js';
import { damaged, draftsOf, expectReasonsOrEvents, refusals } from '../testing/read.js';
import { readJit } from './jit.js';

const received = Date.UTC(2026, 2, 2, 8);
const read = (message: unknown) => readJit(message, { received });
const only = (message: unknown) => {
  const reading = read(message);
  expect(refusals(reading)).toEqual([]);
  return draftsOf(reading)[0]! as Omit<EventDraft, 'data'> & { data: Record<string, unknown> };
};
const whole = [jitPortCall, jitTerminalCall, jitService];

describe('a timestamp of Just-in-Time Port Call', () => {
  it('together with what it is about is the arrival of that vessel at that berth', () => {
    const drafts = draftsOf(read([jitTimestamp, ...whole]));
    expect(drafts[0]).toMatchObject({
      id: `${jitIds.timestamp}@2026-03-03T15:00:00Z`,
      source: '/dcsa/jit',
      type: 'org.portolan.transport.called',
      data: {
        transport: {
          mode: 'vessel',
          imo: '9321483',
          mmsi: '278111222',
          vesselName: 'King of the Seas',
          voyages: ['2103N', '2103S'],
          carrierService: 'FE1',
          callReference: '15063401',
        },
        call: 'arrival',
        classifier: 'estimated',
        at: '2026-03-03T15:00:00Z',
        place: { unlocode: 'BEANR', facility: 'K913' },
      },
    });
  });

  it('alone is kept under the id of its service', () => {
    expect(only(jitTimestamp)).toMatchObject({
      type: 'org.portolan.transport.called',
      data: { transport: { callReference: jitIds.service }, classifier: 'estimated', place: {} },
    });
  });

  it('with its service only is kept under the id of the terminal call', () => {
    expect(draftsOf(read({ timestamps: [jitTimestamp], portCallServices: [jitService] }))[1]).toMatchObject({
      data: { transport: { callReference: jitIds.terminalCall }, call: 'arrival', place: { facility: 'K913' } },
    });
  });

  it.each([
    ['EST', 'estimated'],
    ['REQ', 'requested'],
    ['PLN', 'planned'],
    ['ACT', 'actual'],
  ])('of classifier %s is %s; a departure where its service is one', (classifierCode, classifier) => {
    const leaving = { ...jitService, portCallServiceEventTypeCode: 'DEPA' };
    const [, time] = draftsOf(read([leaving, { ...jitTimestamp, classifierCode }]));
    expect(time!.data).toMatchObject({ classifier, call: 'departure' });
  });

  it('of another service than the berth is a milestone of that service', () => {
    const pilot = { ...jitService, portCallServiceTypeCode: 'PILOTAGE', portCallServiceEventTypeCode: 'CMPL' };
    const [, time] = draftsOf(read([pilot, { ...jitTimestamp, remark: 'late', delayReasonCode: 'WEA' }]));
    expect(time).toMatchObject({
      type: 'org.portolan.milestone.reached',
      data: {
        milestone: 'completed',
        code: 'CMPL',
        reason: 'PILOTAGE: late',
        document: { type: 'portCallService', reference: jitIds.service },
        extensions: { delayReasonCode: 'WEA' },
      },
    });
  });

  it('sent twice, to whomever, is one event; with another time it is another', () => {
    expect(only({ ...jitTimestamp, isFYI: true }).id).toBe(only(jitTimestamp).id);
    expect(only({ ...jitTimestamp, dateTime: '2026-03-03T17:00:00Z' }).id).not.toBe(only(jitTimestamp).id);
  });
});

describe('messages of a port call, one by one', () => {
  const schedule: PortolanEvent[] = [
    { type: 'org.portolan.location.changed', data: { id: 'A', unlocode: 'BEANR', facility: 'K913' } },
    { type: 'org.portolan.location.changed', data: { id: 'B', unlocode: 'GBFXT' } },
    {
      type: 'org.portolan.service.scheduled',
      data: {
        id: 'V',
        mode: 'vessel',
        vessel: { imo: '9321483' },
        voyages: ['2103N'],
        calls: [
          { location: 'B', departs: '2026-03-02T12:00:00Z' },
          { location: 'A', arrives: '2026-03-03T12:00:00Z' },
        ],
        legs: [{ capacity: 5 }],
      },
    },
  ].map((event, index) => said({ ...event, id: `s${index}`, source: '/test', time: '2026-03-02T07:00:00Z' } as never));

  function said(draft: EventDraft): PortolanEvent {
    const envelope = { specversion: '1.0', recordedtime: '2026-03-02T08:00:00Z', partitionkey: 'c' } as const;
    return { ...draft, ...envelope };
  }

  const arrival = (messages: unknown[]) => {
    const events = [...schedule, ...messages.flatMap((each) => draftsOf(read(each)).map(said))];
    const state = foldBatch(
      emptyState('c'),
      events.map((event, position) => ({ event, position })),
    );
    const run = state.services.get('V');
    return run?.kind === 'run' ? run.calls[1]!.arrival : undefined;
  };

  it.each([
    ['as the standard has it', [...whole, jitTimestamp]],
    ['backwards', [jitTimestamp, ...[...whole].reverse()]],
  ])('%s move the arrival of the vessel', (_, messages) =>
    expect(arrival(messages)?.estimated).toBe(Date.UTC(2026, 2, 3, 15)),
  );

  it('move it no longer once the service is cancelled', () => {
    const cancel = { portCallServiceID: jitIds.service, cancelled: true, reason: 'Storms ahead' };
    expect(arrival([...whole, jitTimestamp, cancel])).toMatchObject({ effective: Date.UTC(2026, 2, 3, 12) });
    expect(arrival([...whole, jitTimestamp, cancel])?.estimated).toBeUndefined();
  });
});

describe('other objects of Just-in-Time Port Call', () => {
  it('of a port call are described, also by the reference of the port', () => {
    expect(draftsOf(read(jitPortCall)).map(({ data }) => data)).toMatchObject([
      {
        reference: jitIds.portCall,
        transport: { imo: '9321483' },
        place: { unlocode: 'BEANR' },
        extensions: { vessel: { typeCode: 'CONT' } },
      },
      { reference: 'BEANR26001234', within: jitIds.portCall },
    ]);
  });

  it('keep what this version does not understand, such as the sequence within a port', () => {
    expect(only(jitTerminalCall).data.extensions).toEqual({
      terminalCallSequenceNumber: 2,
      carrierServiceName: 'Great Lion Service',
    });
  });

  it('of a vessel with a position report it as of reception, and say so', () => {
    const vesselPosition = { geoCoordinate: { latitude: '51.35', longitude: '3.2' } };
    const status = { portCallServiceID: jitIds.service, draft: 12.5, dimensionUnit: 'MTR', vesselPosition };
    expect(draftsOf(read([status, ...whole]))[0]).toMatchObject({
      type: 'org.portolan.position.reported',
      data: {
        transport: { imo: '9321483' },
        position: { lat: 51.35, lon: 3.2 },
        at: '2026-03-02T08:00:00Z',
        flags: ['no-time: the message has none, so that of its reception is taken'],
        extensions: { draft: 12.5, dimensionUnit: 'MTR' },
      },
    });
    expect(only(status)).toMatchObject({ data: { transport: { callReference: jitIds.service } } });
  });

  it.each([
    [{ portCallID: jitIds.portCall, omitted: true, reason: 'Engine failure' }, 'cancelled', 'OMIT', 1],
    [{ terminalCallID: jitIds.terminalCall, omitted: true }, 'cancelled', 'OMIT', 1],
    [{ portCallServiceID: jitIds.service, cancelled: true }, 'cancelled', 'CANCEL', 4],
    [{ portCallServiceID: jitIds.service, declined: true, reason: 'Crane broken' }, 'rejected', 'DECLINE', 4],
  ])('that end something are milestones: %j', (message, milestone, code, count) => {
    const drafts = draftsOf(read(message));
    expect(drafts[0]).toMatchObject({ data: { milestone, code } });
    expect(drafts).toHaveLength(count);
  });

  it.each([
    [{ ...jitPortCall, portCallID: 'PORT_CALL_ID_PLACEHOLDER' }, '/portCallID', 'must be a UUID'],
    [{ ...jitPortCall, vessel: { name: 'X' } }, '/vessel', 'must have vesselIMONumber or MMSINumber'],
    [{ ...jitTerminalCall, carrierServiceCode: undefined }, '/carrierServiceCode', 'is required'],
    [
      { ...jitService, portCallServiceEventTypeCode: 'STRT' },
      '/portCallServiceEventTypeCode',
      'of BERTH must be ARRI or DEPA',
    ],
    [{ ...jitTimestamp, classifierCode: 'AKT' }, '/classifierCode', 'perhaps ACT'],
    [{ ...jitTimestamp, dateTime: '2026-03-03T16:00:00' }, '/dateTime', 'has no offset'],
    [{ portCallID: jitIds.portCall, cancelled: true }, '/cancelled', 'may be omitted'],
    [{ statusCode: 404, errors: [] }, '', 'is the answer to a request that failed'],
    [{ anything: 1 }, '', 'needs one of timestampID'],
  ])('that are wrong say where and why: %j', (message, pointer, why) =>
    expect(refusals(read(message))).toEqual([[0, pointer, expect.stringContaining(why)]]),
  );

  it('of any kind are read without throwing, and what is accepted is an event', () => {
    const leaf = fc.oneof(
      fc.json().map((text) => JSON.parse(text) as unknown),
      fc.constantFrom('ACT', 'BERTH', 'DEPA', jitIds.service, true, '', null),
    );
    const object = fc.oneof(
      ...[...whole, jitTimestamp, { ...jitTimestamp, cancelled: true, vesselPosition: {} }].map((sample) =>
        damaged(sample, leaf),
      ),
    );
    fc.assert(
      fc.property(fc.oneof(object, leaf, fc.array(object), fc.record({ timestamps: fc.array(object) })), (message) =>
        expectReasonsOrEvents(read(message)),
      ),
      { numRuns: 500 },
    );
  });
});
