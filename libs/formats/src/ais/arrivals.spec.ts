import {
  type EventData,
  type EventType,
  type PortolanEvent,
  type Run,
  emptyState,
  foldBatch,
  formatInstant,
  toProblem,
} from '@portolan/domain';
import { classA, sentences, static5 } from '../testing/ais.js';
import { draftsOf } from '../testing/read.js';
import { readMessage } from '../registry.js';

const ANTWERP = { lat: 51.24, lon: 4.38 };
const FLUSHING = { lat: 51.44, lon: 3.57 };
const LIEGE = { lat: 50.66, lon: 5.62 };

type Said = Pick<PortolanEvent, 'id' | 'type' | 'data'>;
const say = <T extends EventType>(type: T, data: EventData<T>): Said =>
  ({ id: JSON.stringify(data), type, data }) as Said;

/** MAAS 1 leaves Flushing at 03:00 for Antwerp (08:00) with two containers, and goes on to Liège at 09:00. */
const known: readonly Said[] = [
  say('org.portolan.location.changed', { id: 'V', unlocode: 'NLVLI', position: FLUSHING }),
  say('org.portolan.location.changed', { id: 'A', unlocode: 'BEANR', position: ANTWERP }),
  say('org.portolan.location.changed', { id: 'L', unlocode: 'BELGG', position: LIEGE }),
  say('org.portolan.service.scheduled', {
    id: 'MAAS-1',
    mode: 'vessel',
    vessel: { imo: '9074729' },
    calls: [
      { location: 'V', departs: '2027-01-02T03:00:00Z' },
      { location: 'A', arrives: '2027-01-02T08:00:00Z', departs: '2027-01-02T09:00:00Z' },
      { location: 'L', arrives: '2027-01-02T21:00:00Z' },
    ],
    legs: [{ capacity: 20 }, { capacity: 20 }],
  }),
  say('org.portolan.order.placed', { id: 'O', from: 'A', to: 'L', quantity: 2, available: '2027-01-02T05:00:00Z' }),
];

/** What the run and the planning problem are after the sentences, received at a time of 2 January 2027. */
function after(lines: readonly string[], time: string) {
  const recordedtime = `2027-01-02T${time}:00Z`;
  const drafts = draftsOf(readMessage({ body: lines.join('\r\n') }, { received: Date.parse(recordedtime) }));
  const said = (recorded: string) => (each: object) => ({
    specversion: '1.0',
    source: '/test',
    time: recorded,
    recordedtime: recorded,
    partitionkey: 'test',
    ...each,
  });
  const events = [...known.map(said('2027-01-01T06:00:00Z')), ...drafts.map(said(recordedtime))];
  const state = foldBatch(
    emptyState('test'),
    events.map((event, position) => ({ event: event as PortolanEvent, position })),
  );
  const { problem } = toProblem(state);
  const leg = problem.services.find(({ id }) => id === 'MAAS-1')?.legs?.find(({ id }) => id === '2');
  const run = state.services.get('MAAS-1') as Run;
  return { departs: leg?.departs, arrives: formatInstant(run.calls[1]!.arrival!.effective) };
}

describe('AIS sentences of a vessel under way', () => {
  // Seen at anchor off Flushing where it should be near Antwerp by now.
  const seen = sentences(classA(1, FLUSHING.lon, FLUSHING.lat, 0));

  it('change a leg of the planning problem: found by the IMO number that it said before', () => {
    const lines = [...sentences(static5('BE ANR', [0, 0, 24, 60])), ...seen];
    expect(after(lines, '07:30')).toEqual({ arrives: '2027-01-02T12:29:05Z', departs: '2027-01-02T13:29:05Z' });
  });

  it('with the ETA of its crew, where that is likely', () => {
    const lines = [...sentences(static5('BEANR', [1, 2, 13, 0])), ...seen];
    expect(after(lines, '07:30')).toEqual({ arrives: '2027-01-02T13:00:00Z', departs: '2027-01-02T14:00:00Z' });
  });

  it.each([
    ['of a vessel on its way to elsewhere', [...sentences(static5('NLRTM', [1, 2, 13, 0])), ...seen]],
    ['of a vessel that nobody knows', seen],
  ])('change nothing where they are %s', (_, lines) => {
    expect(after(lines, '07:30')).toEqual({ arrives: '2027-01-02T08:00:00Z', departs: '2027-01-02T09:00:00Z' });
  });
});
