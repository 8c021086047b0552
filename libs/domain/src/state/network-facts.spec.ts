import { formatInstant } from '../time/instant.js';
import { toProblem } from '../planning/to-problem.js';
import { causesFor } from './touches.js';
import type { Run } from './service.js';
import { type Log, accept, march, network } from './testing/log.js';

const order = { id: 'O', from: 'A', to: 'C', quantity: 6, available: march('02T08:00') };
const byBarge = ['BARGE-1/1', 'BARGE-1/2', 'TRUCK-LC'];
const booked = () =>
  accept(network().say('org.portolan.order.placed', order), 'O', [{ quantity: 6, itinerary: byBarge }]);

const arrives = (log: Log, transport: object, place: object, at: string, said: object = {}) =>
  log.say(
    'org.portolan.transport.called',
    { transport, call: 'arrival', classifier: 'estimated', at: march(at), place },
    { at: '03T10:00', ...said },
  );
const arrivalsOf = (log: Log, id: string) =>
  (log.state.services.get(id) as Run).calls.flatMap(({ arrival }) =>
    arrival ? [formatInstant(arrival.effective).slice(8, 16)] : [],
  );
const leg = (log: Log, service: string, id: string) =>
  toProblem(log.state)
    .problem.services.find((each) => each.id === service)
    ?.legs?.find((each) => each.id === id);

describe('a word on a call', () => {
  it.each([
    ['our service id', { service: 'BARGE-1' }, { location: 'B' }],
    ['vessel and voyage', { imo: '9321483', voyages: ['101E'] }, { facility: 'KB' }],
    ['vessel, and the place nearest in time', { imo: '9321483' }, { unlocode: 'BEANR', facility: 'KB' }],
    ['the vessel by name', { vesselName: 'ambiorix' }, { facility: 'KB', unlocode: 'BEANR' }],
  ])('finds its run by %s', (_, transport, place) => {
    expect(arrivalsOf(arrives(network(), transport, place, '03T20:00'), 'BARGE-1')).toEqual(['03T20:00', '04T16:00']);
  });

  it('takes the call nearest in time where a place is called twice, or the one counted', () => {
    const log = network().say('org.portolan.service.scheduled', {
      id: 'SHUTTLE',
      mode: 'barge',
      calls: [
        { location: 'A', departs: march('03T12:00') },
        { location: 'L', arrives: march('04T12:00'), departs: march('04T18:00') },
        { location: 'A', arrives: march('05T12:00'), departs: march('05T18:00') },
        { location: 'L', arrives: march('06T12:00') },
      ],
      legs: [{ capacity: 9 }, { capacity: 9 }, { capacity: 9 }],
    });
    arrives(log, { service: 'SHUTTLE' }, { location: 'L' }, '06T15:00');
    expect(arrivalsOf(log, 'SHUTTLE')).toEqual(['04T12:00', '05T12:00', '06T15:00']);
    arrives(log, { service: 'SHUTTLE', callSequence: 2 }, { location: 'L' }, '05T20:00');
    expect(arrivalsOf(log, 'SHUTTLE')[0]).toBe('05T20:00');
  });

  it('of a voyage weeks away is not taken for this one', () => {
    expect(arrivalsOf(arrives(network(), { imo: '9321483' }, { facility: 'KB' }, '24T20:00'), 'BARGE-1')).toEqual([
      '03T14:00',
      '04T10:00',
    ]);
  });

  it('counts once its run is announced', () => {
    const { events } = network();
    const log = arrives(network(), { service: 'BARGE-3' }, { location: 'L' }, '05T20:00');
    expect(log.events.length).toBe(events.length + 1);
    log.say('org.portolan.service.scheduled', {
      id: 'BARGE-3',
      mode: 'barge',
      calls: [
        { location: 'A', departs: march('04T12:00') },
        { location: 'L', arrives: march('05T12:00') },
      ],
      legs: [{ capacity: 9 }],
    });
    expect(arrivalsOf(log, 'BARGE-3')).toEqual(['05T20:00']);
  });

  it('is kept when its run is scheduled again', () => {
    const log = arrives(network(), { service: 'BARGE-2' }, { location: 'L' }, '05T09:00');
    log.say('org.portolan.service.scheduled', {
      id: 'BARGE-2',
      mode: 'barge',
      calls: [
        { location: 'A', departs: march('04T13:00') },
        { location: 'B', arrives: march('04T15:00'), departs: march('04T16:00') },
        { location: 'L', arrives: march('05T06:00') },
      ],
      legs: [{ capacity: 9 }, { capacity: 9 }],
    });
    expect(arrivalsOf(log, 'BARGE-2')).toEqual(['04T15:00', '05T09:00']);
  });

  it('that is a revision replaces the one before, whichever comes first', () => {
    const first = { revisionof: 'eta', revision: march('03T08:00') };
    const second = { revisionof: 'eta', revision: march('03T09:00') };
    const inOrder = arrives(
      arrives(network(), { service: 'BARGE-1' }, { location: 'B' }, '03T16:00', first),
      { service: 'BARGE-1' },
      { location: 'B' },
      '03T17:00',
      second,
    );
    const reversed = arrives(
      arrives(network(), { service: 'BARGE-1' }, { location: 'B' }, '03T17:00', second),
      { service: 'BARGE-1' },
      { location: 'B' },
      '03T16:00',
      first,
    );
    expect(arrivalsOf(inOrder, 'BARGE-1')).toEqual(['03T17:00', '04T13:00']);
    expect(arrivalsOf(reversed, 'BARGE-1')).toEqual(arrivalsOf(inOrder, 'BARGE-1'));
  });

  it('that is taken back is as if never said; the word before counts again', () => {
    const log = arrives(network(), { service: 'BARGE-1' }, { location: 'B' }, '03T16:00');
    arrives(log, { service: 'BARGE-1' }, { location: 'B' }, '03T22:00', { id: 'wrong', at: '03T10:30' });
    expect(arrivalsOf(log, 'BARGE-1')[0]).toBe('03T22:00');
    log.say('org.portolan.event.retracted', { retracts: 'wrong' });
    expect(arrivalsOf(log, 'BARGE-1')[0]).toBe('03T16:00');
  });

  it('that was taken back before it came does not count', () => {
    const log = network().say('org.portolan.event.retracted', { retracts: 'eta' }, { at: '03T11:00' });
    arrives(log, { service: 'BARGE-1' }, { location: 'B' }, '03T22:00', { revisionof: 'eta', at: '03T10:30' });
    expect(arrivalsOf(log, 'BARGE-1')[0]).toBe('03T14:00');
    arrives(log, { service: 'BARGE-1' }, { location: 'B' }, '03T23:00', { revisionof: 'eta', at: '03T11:30' });
    expect(arrivalsOf(log, 'BARGE-1')[0]).toBe('03T23:00');
  });
});

describe('a service', () => {
  it('that is cancelled cannot be boarded any more, and what is on board is planned from its next call', () => {
    const log = booked().tick('03T13:00').say('org.portolan.service.cancelled', { service: 'BARGE-1' });
    const { problem } = toProblem(log.state);
    expect(problem.demands).toMatchObject([{ id: 'O/1', onBoard: { service: 'BARGE-1', leg: '1' } }]);
    expect(problem.services.find(({ id }) => id === 'BARGE-1')!.legs!.map(({ id }) => id)).toEqual(['1']);
  });

  it('that is cancelled before it left takes nobody with it', () => {
    const log = booked()
      .tick('03T09:00')
      .say('org.portolan.service.cancelled', { service: 'BARGE-1' })
      .tick('03T13:00');
    expect(toProblem(log.state).problem.demands).toMatchObject([{ id: 'O', from: 'A' }]);
  });

  it('offers what is left of its capacity: a factor of the plan, or a number; the newest word counts', () => {
    const log = network().say('org.portolan.capacity.changed', { service: 'BARGE-1', factor: 0.5 }, { at: '02T08:00' });
    expect([leg(log, 'BARGE-1', '1')!.capacity, leg(log, 'BARGE-1', '2')!.capacity]).toEqual([10, 10]);
    log.say('org.portolan.capacity.changed', { service: 'BARGE-1', leg: '2', capacity: 3 }, { at: '02T09:00' });
    expect([leg(log, 'BARGE-1', '1')!.capacity, leg(log, 'BARGE-1', '2')!.capacity]).toEqual([10, 3]);
  });
});

describe('a location', () => {
  it('is closed until it is reopened; goods are not presumed to leave it meanwhile', () => {
    const closed = booked().say('org.portolan.location.closed', {
      closure: 'strike',
      location: 'A',
      from: march('03T06:00'),
      to: march('04T06:00'),
    });
    const at = (log: Log) => toProblem(log.state).problem.locations.find(({ id }) => id === 'A')!.closures;
    expect(at(closed)).toEqual([{ from: march('03T06:00'), to: march('04T06:00') }]);
    expect(toProblem(closed.tick('03T13:00').state).problem.demands).toMatchObject([{ id: 'O', from: 'A' }]);
    expect(at(closed.say('org.portolan.location.reopened', { closure: 'strike', location: 'A' }))).toBeUndefined();
  });
});

describe('causes', () => {
  it('are the events that changed something, in plain English', () => {
    const log = booked();
    const since = log.events.length - 1;
    arrives(log, { service: 'BARGE-1' }, { location: 'B' }, '04T08:00');
    arrives(log, { service: 'BARGE-1' }, { location: 'B' }, '04T08:00', { at: '03T10:10' });
    expect(causesFor(log.state, ['leg:BARGE-1/2'], since)).toEqual([
      {
        id: `e${since + 1}`,
        type: 'org.portolan.transport.called',
        time: march('03T10:00'),
        position: since + 1,
        summary: 'BARGE-1 now arrives at B on 4 March 08:00 UTC, 18 h later than before',
      },
    ]);
    expect(causesFor(log.state, ['leg:BARGE-1/2'], since + 1)).toEqual([]);
    expect(causesFor(log.state, ['service:BARGE-2'], since)).toEqual([]);
  });

  it('are new parameters for everything', () => {
    const log = network().say('org.portolan.parameters.changed', { co2PricePerTonne: 80 });
    expect(causesFor(log.state, ['order:O'], -1).map(({ summary }) => summary)).toEqual([
      'Parameters changed: co2PricePerTonne is 80',
    ]);
  });
});
