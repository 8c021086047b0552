import { type EventDraft } from '@portolan/domain';
import fc from 'fast-check';
import { berthEstimate } from '../testing/port-call.js';
import { damaged, draftsOf, expectReasonsOrEvents, refusals } from '../testing/read.js';
import { readPortCall } from './port-call.js';

const received = Date.UTC(2026, 2, 2, 8);
const read = (message: unknown) => readPortCall(message, { received });
const only = (message: unknown) => {
  const reading = read(message);
  expect(refusals(reading)).toEqual([]);
  return draftsOf(reading)[0]! as Omit<EventDraft, 'data'> & { data: Record<string, unknown> };
};

describe('a port call event', () => {
  it('of a berth is an arrival, said by its sender when it was recorded', () => {
    expect(only(berthEstimate)).toEqual({
      id: '88fb4ae4-d645-4492-8ba0-8c35e2747688',
      source: '/port-call/Terminal%20K913',
      subject: 'BEANR26001234',
      time: '2026-03-02T07:31:01Z',
      revisionof: '/port-call/Terminal%20K913#BID-K913-77/berth/estimated-arrival/terminal',
      revision: '2026-03-02T07:31:01Z',
      type: 'org.portolan.transport.called',
      datacontenttype: 'application/json',
      data: {
        transport: {
          mode: 'vessel',
          imo: '9321483',
          vesselName: 'KING OF THE SEAS',
          callReference: 'BEANR26001234',
        },
        call: 'arrival',
        classifier: 'estimated',
        at: '2026-03-03T19:23:00Z',
        place: { unlocode: 'BEANR', facility: '5412345000013', name: 'Quay 913' },
        extensions: {
          version: '3.2.1',
          location: { type: 'berth' },
          context: { mooring: { bollardFore: 12, bollardAft: 40 } },
        },
      },
    });
  });

  it.each([
    ['berth.ata.terminal', 'arrival', 'actual'],
    ['berth.atd.portAuthority', 'departure', 'actual'],
    ['berth.etb.terminal', 'arrival', 'estimated'],
    ['berth.ptd.terminal', 'departure', 'planned'],
    ['berth.rta.terminal', 'arrival', 'requested'],
    ['port.eta.agent', 'arrival', 'estimated'],
    ['port.etd.carrier', 'departure', 'estimated'],
    ['port.atd.vessel', 'departure', 'actual'],
  ])('%s is a %s that is %s', (eventType, call, classifier) =>
    expect(only({ ...berthEstimate, eventType })).toMatchObject({
      type: 'org.portolan.transport.called',
      data: { call, classifier },
    }),
  );

  it.each([
    ['port.ata.vessel', 'other', 'ATA', 'actual'],
    ['pilotBoardingPlace.pta.portAuthority', 'other', 'PTA', 'planned'],
    ['cargoOperations.atc.terminal', 'completed', 'ATC', 'actual'],
    ['pilotOnBoard.et.pilot', 'other', 'ET', 'estimated'],
    ['tugsToBerth.reportnumber.agent', 'other', 'REPORTNUMBER', 'actual'],
    ['port.clearance.portAuthority', 'other', 'CLEARANCE', 'actual'],
  ])('%s is a milestone: the vessel is not at its berth yet', (eventType, milestone, code, classifier) =>
    expect(only({ ...berthEstimate, eventType })).toMatchObject({
      type: 'org.portolan.milestone.reached',
      data: { milestone, code, classifier, reason: eventType },
    }),
  );

  it('of a clearance says whether the ship may come in', () => {
    const clearance = (allowed: boolean) => ({
      ...berthEstimate,
      eventTime: undefined,
      eventType: 'port.clearance.portAuthority',
      context: { clearance: allowed },
    });
    expect(only(clearance(true)).data).toMatchObject({ milestone: 'approved', at: '2026-03-02T07:31:01Z' });
    expect(only(clearance(false)).data).toMatchObject({ milestone: 'rejected' });
  });

  it('that cancels takes back what its party expected of the visit', () => {
    const cancel = { ...berthEstimate, uuid: 'c', eventType: 'berth.cancel.terminal', eventTime: undefined };
    const [milestone, ...retractions] = draftsOf(read(cancel));
    expect(milestone).toMatchObject({ data: { milestone: 'cancelled' }, time: '2026-03-02T07:31:01Z' });
    const taken = retractions.map(({ data }) => (data as { retracts: string }).retracts);
    expect(taken).toContain(only(berthEstimate).revisionof);
    expect(taken).toHaveLength(6);
  });

  it('of a barge has its European number, kept, and coordinates', () => {
    const geo = { type: 'Point', coordinates: [4.3, 51.25] };
    const draft = only({ ...berthEstimate, ship: { eni: '02325838' }, location: { type: 'berth', geo } });
    expect(draft.data).toMatchObject({
      transport: { mode: 'barge' },
      place: { position: { lat: 51.25, lon: 4.3 } },
      extensions: { ship: { eni: '02325838' } },
    });
  });

  it('without an id has one made of its contents', () => {
    const { uuid: _, ...anonymous } = berthEstimate;
    expect(only(anonymous).id).toBe(only(Object.fromEntries(Object.entries(anonymous).reverse())).id);
    expect(only({ ...anonymous, eventType: 'berth.etd.terminal' }).id).not.toBe(only(anonymous).id);
  });

  it.each([
    [{ eventType: 'berth.eta' }, '/eventType', 'must be activity.time.party'],
    [{ eventType: 'berth.ety.terminal' }, '/eventType', 'must be activity.time.party'],
    [{ recordTime: '2019-08-29&09:57:56Z' }, '/recordTime', 'must be an RFC 3339 instant'],
    [{ eventTime: undefined }, '/eventTime', 'is required'],
    [{ ship: { name: 'X' } }, '/ship', 'must have imo, eni, mmsi or uscg'],
    [{ ship: undefined }, '/ship', 'is required'],
    [{ port: 'Antwerp' }, '/port', 'must be a UN/LOCODE'],
    [{ source: undefined }, '/source', 'is required'],
    [{ location: { geo: { type: 'Point', coordinates: [51.25, 400] } } }, '/location/geo/coordinates', 'longitude'],
  ])('that is wrong says where and why: %j', (change, pointer, why) =>
    expect(refusals(read([{ ...berthEstimate, ...change }]))).toEqual([
      [0, `/0${pointer}`, expect.stringContaining(why)],
    ]),
  );

  it('of an activity nobody knows is kept with a doubt', () => {
    expect(only({ ...berthEstimate, eventType: 'lock.eta.vessel' }).data.flags).toEqual([
      'unknown-activity: lock is none of the format',
    ]);
  });

  it('of any kind is read without throwing, and what is accepted is an event', () => {
    const leaf = fc.oneof(
      fc.json().map((text) => JSON.parse(text) as unknown),
      fc.constantFrom('berth.cancel.x', 'port.clearance.y', {}, { imo: 'x' }, { geo: { type: 'Point' } }),
    );
    const event = damaged(berthEstimate, leaf);
    fc.assert(
      fc.property(fc.oneof(event, leaf, fc.array(event), fc.record({ events: fc.array(event) })), (message) =>
        expectReasonsOrEvents(read(message)),
      ),
      { numRuns: 500 },
    );
  });
});
