import type { EventData } from '../events/event.js';
import { shipmentsOf } from './shipments.js';
import { Log, accept, march, network } from './testing/log.js';

const order = { id: 'O', from: 'A', to: 'C', quantity: 2, available: march('02T08:00'), equipment: ['BOX1'] };
const booked = () =>
  accept(network().say('org.portolan.order.placed', order), 'O', [
    { quantity: 2, itinerary: ['BARGE-1/1', 'BARGE-1/2', 'TRUCK-LC'] },
  ]);

type Stowed = EventData<'org.portolan.equipment.stowed'>;

const stowed = (log: Log, at: string, more: Partial<Stowed> = {}) =>
  log.say(
    'org.portolan.equipment.stowed',
    {
      equipment: 'BOX1',
      classifier: 'actual',
      at: march(at),
      transport: { service: 'BARGE-1' },
      place: { location: 'A' },
      ...more,
    },
    { at },
  );

const whereabouts = (log: Log) => shipmentsOf(log.state).map(({ whereabouts: where }) => where);

describe('a container stowed on a voyage', () => {
  it('is on board, on the leg from the place it is said to leave', () => {
    expect(whereabouts(stowed(booked(), '03T11:00'))).toEqual([{ kind: 'on-leg', service: 'BARGE-1', leg: '1' }]);
  });

  it('is on the leg from where it was loaded, where the voyage known here leaves out the port it is said to leave', () => {
    const elsewhere = { place: { unlocode: 'DEHAM' }, loading: { location: 'A' } };
    expect(whereabouts(stowed(booked(), '03T11:00', elsewhere))).toEqual([
      { kind: 'on-leg', service: 'BARGE-1', leg: '1' },
    ]);
  });

  it('by plan only is where it was', () => {
    expect(whereabouts(stowed(booked(), '02T11:00', { classifier: 'planned' }))).toMatchObject([
      { kind: 'at', location: 'A' },
    ]);
  });

  it('of a vessel nobody announced is unknown, unless something else is known of it', () => {
    const ghost = { transport: { callSign: 'GHOST' }, place: { unlocode: 'DEHAM' } };
    expect(whereabouts(stowed(booked(), '02T11:00', ghost))).toMatchObject([{ kind: 'unknown' }]);
    const seen = booked().say(
      'org.portolan.equipment.moved',
      { equipment: 'BOX1', move: 'gate-in', classifier: 'actual', at: march('02T10:00'), place: { location: 'A' } },
      { at: '02T10:00' },
    );
    expect(whereabouts(stowed(seen, '02T11:00', ghost))).toMatchObject([{ kind: 'at', location: 'A' }]);
  });
});
