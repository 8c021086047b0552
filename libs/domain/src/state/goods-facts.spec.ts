import { toProblem } from '../planning/to-problem.js';
import { causesFor } from './touches.js';
import { lotExpiry, shipmentsOf } from './shipments.js';
import { HOUR, parseInstant } from '../time/instant.js';
import { Log, accept, march, network } from './testing/log.js';

const order = { id: 'O', from: 'A', to: 'C', quantity: 6, available: march('02T08:00') };
const byBarge = ['BARGE-1/1', 'BARGE-1/2', 'TRUCK-LC'];
const problem = (log: Log) => toProblem(log.state).problem;

const held = (log: Log, at: string, more: object = {}) =>
  log.say(
    'org.portolan.milestone.reached',
    { milestone: 'held', classifier: 'actual', at: march(at), order: 'O', reason: 'papers', ...more },
    { at },
  );
const released = (log: Log, at: string, more: object = {}) =>
  log.say(
    'org.portolan.milestone.reached',
    { milestone: 'released', classifier: 'actual', at: march(at), order: 'O', ...more },
    { at },
  );

describe('a hold', () => {
  const booked = () =>
    accept(network().say('org.portolan.order.placed', order), 'O', [{ quantity: 6, itinerary: byBarge }]);

  it('takes goods out of planning until they are released', () => {
    const log = held(booked(), '02T10:00');
    expect(toProblem(log.state)).toMatchObject({
      problem: { demands: [] },
      unplanned: [{ id: 'O', reason: 'held: papers' }],
    });
    expect(shipmentsOf(log.state)).toMatchObject([{ status: 'held', statusReason: 'papers' }]);
    expect(problem(released(log, '02T12:00')).demands).toMatchObject([{ id: 'O', available: march('02T12:00') }]);
  });

  it('are held until every hold of another kind is released', () => {
    const both = held(held(booked(), '02T10:00', { hold: 'customs' }), '02T11:00', { hold: 'commercial' });
    const one = released(both, '02T12:00', { hold: 'customs' });
    expect(shipmentsOf(one.state)).toMatchObject([{ status: 'held' }]);
    expect(shipmentsOf(released(one, '02T13:00').state)).toMatchObject([{ status: 'held' }]);
    const all = released(one, '02T14:00', { hold: 'commercial' }).tick('02T15:00');
    expect(shipmentsOf(all.state)).toMatchObject([{ status: 'planned' }]);
  });

  it('until an expected release makes goods available then', () => {
    const log = held(booked(), '02T10:00', { expectedRelease: march('02T20:00') });
    expect(problem(log).demands).toMatchObject([{ id: 'O', available: march('02T20:00') }]);
    expect(problem(log.tick('03T01:00')).demands).toMatchObject([{ id: 'O', available: march('03T01:00') }]);
  });

  it('keeps goods off the barge they were booked on', () => {
    const log = held(booked(), '03T08:00').tick('03T13:00');
    expect(shipmentsOf(log.state)).toMatchObject([{ id: 'O', status: 'held' }]);
    expect(problem(released(log, '03T14:00')).demands).toMatchObject([{ id: 'O', from: 'A' }]);
  });

  it('does not reach back to goods that had left before', () => {
    const log = released(held(booked().tick('03T13:00'), '03T15:00'), '03T16:00');
    expect(problem(log).demands).toMatchObject([{ id: 'O/1', onBoard: { service: 'BARGE-1', leg: '2' } }]);
  });

  it('that is told after the release it was followed by holds nobody', () => {
    const log = released(booked(), '02T12:00');
    log.say(
      'org.portolan.milestone.reached',
      { milestone: 'held', classifier: 'actual', at: march('02T10:00'), order: 'O' },
      { at: '02T13:00' },
    );
    expect(problem(log).demands).toMatchObject([{ id: 'O' }]);
  });
});

describe('an order', () => {
  it('that is revised has its new terms, whatever comes later of the old', () => {
    const log = network()
      .say(
        'org.portolan.order.placed',
        { ...order, quantity: 4, due: march('06T12:00') },
        { revisionof: 'O', revision: '2' },
      )
      .say('org.portolan.order.placed', order, { revisionof: 'O', revision: '1' });
    expect(problem(log).demands).toMatchObject([{ id: 'O', quantity: 4, due: march('06T12:00') }]);
  });

  it('that is cancelled is out, and in again when placed anew', () => {
    const log = network()
      .say('org.portolan.order.placed', order)
      .say('org.portolan.order.cancelled', { order: 'O', reason: 'no longer wanted' }, { at: '02T09:00' });
    expect(problem(log).demands).toEqual([]);
    expect(shipmentsOf(log.state)).toMatchObject([{ status: 'cancelled', statusReason: 'no longer wanted' }]);
    expect(problem(log.say('org.portolan.order.placed', order, { at: '02T10:00' })).demands).toHaveLength(1);
  });

  it('that grows while part of it moves has the rest to plan', () => {
    const log = accept(network().say('org.portolan.order.placed', order), 'O', [{ quantity: 6, itinerary: byBarge }]);
    log.tick('03T13:00').say('org.portolan.order.placed', { ...order, quantity: 8 });
    expect(problem(log).demands.map(({ id, quantity }) => [id, quantity])).toEqual([
      ['O', 2],
      ['O/1', 6],
    ]);
  });

  it('to or from places nobody described is said to be unplanned', () => {
    const log = network()
      .say('org.portolan.order.placed', { ...order, to: 'NOWHERE' })
      .say('org.portolan.order.placed', { ...order, id: 'P', from: 'NOWHERE' });
    expect(toProblem(log.state).unplanned).toEqual([
      { id: 'O', reason: 'its destination (NOWHERE) is not a known location' },
      { id: 'P', reason: 'its origin (NOWHERE) is not a known location' },
    ]);
  });
});

const pears = { id: 'pears', shelfLife: 'P30D', setPoint: 0, q10: 3, reefer: true, tolerated: { min: -1, max: 4 } };
const lot = {
  id: 'LOT',
  product: 'pears',
  location: 'A',
  quantity: 10,
  available: march('02T06:00'),
  produced: march('01T00:00'),
  equipment: ['R1', 'R2', 'R3', 'R4', 'R5'],
};
const wanted = { id: 'P', product: 'pears', to: 'L', quantity: 4, minShelfLife: 'P5D', spoilagePerUnitHour: 2 };
const stocked = () =>
  network()
    .say('org.portolan.product.described', pears)
    .say('org.portolan.lot.registered', lot)
    .say('org.portolan.order.placed', wanted, { at: '02T07:00' });

describe('an order for a product', () => {
  it('is served from lots, which expire by production and shelf life', () => {
    const { supplies, demands } = problem(stocked());
    expect(supplies).toEqual([
      {
        id: 'LOT',
        product: 'pears',
        location: 'A',
        quantity: 10,
        available: march('02T07:00'),
        expires: march('31T00:00'),
      },
    ]);
    expect(demands).toMatchObject([{ id: 'P', product: 'pears', minShelfLife: 'P5D', reefer: true }]);
  });

  it('takes from its lot what begins to move, and must arrive with the life that was asked for', () => {
    const log = accept(stocked(), 'P', [{ supply: 'LOT', quantity: 4, itinerary: ['BARGE-2/1'] }]);
    expect(toProblem(log.state).demands.get('P')!.inForce).toMatchObject([{ supply: 'LOT', quantity: 4 }]);
    log.tick('04T13:00');
    expect(problem(log).supplies).toMatchObject([{ quantity: 6 }]);
    expect(problem(log).demands).toMatchObject([
      { id: 'P/1', onBoard: { service: 'BARGE-2', leg: '1' }, quantity: 4, latest: march('26T00:00') },
    ]);
    expect(toProblem(log.state).demands.get('P/1')!.inForce).toEqual([{ quantity: 4, itinerary: [] }]);
    expect(shipmentsOf(log.state)[0]!.equipment).toEqual(['R1', 'R2']);
  });

  it('gets no more from a lot than is left in it, whatever was promised', () => {
    const log = stocked().say('org.portolan.order.placed', { ...wanted, id: 'Q', quantity: 8 });
    for (const [shipment, quantity] of [
      ['P', 4],
      ['Q', 8],
    ] as const)
      accept(log, shipment, [{ supply: 'LOT', quantity, itinerary: ['BARGE-2/1'] }]);
    log.tick('04T13:00');
    expect(problem(log).supplies).toEqual([]);
    expect(problem(log).demands.map(({ id, quantity }) => [id, quantity])).toEqual([
      ['P/1', 4],
      ['Q', 2],
      ['Q/1', 6],
    ]);
  });

  it('is served anew when the lot it was served from is withdrawn', () => {
    const log = accept(stocked(), 'P', [{ supply: 'LOT', quantity: 4, itinerary: ['BARGE-2/1'] }]).tick('04T13:00');
    log.say('org.portolan.lot.withdrawn', { lot: 'LOT', reason: 'residue' });
    expect(problem(log).supplies).toEqual([]);
    expect(problem(log).demands).toMatchObject([{ id: 'P', product: 'pears', quantity: 4 }]);
    expect(shipmentsOf(log.state)[1]).toMatchObject({ id: 'P/1', status: 'cancelled' });
  });

  it('whose lot lies at its destination is delivered when the lot is ready', () => {
    const log = accept(
      stocked().say('org.portolan.lot.registered', { ...lot, id: 'AT-L', location: 'L', available: march('03T00:00') }),
      'P',
      [{ supply: 'AT-L', quantity: 4, itinerary: [] }],
    );
    expect(problem(log).demands).toMatchObject([{ id: 'P' }]);
    expect(shipmentsOf(log.tick('03T01:00').state)).toMatchObject([{ id: 'P/1', status: 'delivered' }]);
  });
});

describe('sensors', () => {
  const reading = (log: Log, at: string, temperature: number, more: object = {}) =>
    log.say('org.portolan.sensor.read', { equipment: 'R1', at: march(at), temperature, ...more }, { at });

  it('that read ten degrees above the set point bring expiry forward by what Q10 says', () => {
    const log = reading(reading(stocked(), '03T00:00', 10), '03T06:00', 10);
    expect((parseInstant(march('31T00:00'))! - lotExpiry(log.state, 'LOT')!) / HOUR).toBe(12);
    expect(problem(log).supplies).toMatchObject([{ expires: march('30T12:00') }]);
    expect(causesFor(log.state, ['lot:LOT'], 11).at(-1)!.summary).toBe(
      'Lot LOT expires on 30 March 12:00 UTC, 12 h earlier than before: R1 was warm at 10 °C',
    );
  });

  it('that read colder than the set point do not give life back', () => {
    const log = reading(reading(stocked(), '03T00:00', -0.5), '03T06:00', -0.9);
    expect(problem(log).supplies).toMatchObject([{ expires: march('31T00:00') }]);
  });

  it('in any order give the same', () => {
    const log = reading(reading(stocked(), '03T06:00', 10), '03T00:00', 10);
    expect(problem(log).supplies).toMatchObject([{ expires: march('30T12:00') }]);
  });

  it('raise the spoilage rate of what moves, while it is warm', () => {
    const log = accept(stocked(), 'P', [{ supply: 'LOT', quantity: 4, itinerary: ['BARGE-2/1'] }]).tick('04T13:00');
    expect(problem(reading(log, '04T13:30', 10)).demands).toMatchObject([{ spoilagePerUnitHour: 6 }]);
    expect(problem(reading(log, '04T15:00', 0)).demands).toMatchObject([{ spoilagePerUnitHour: 2 }]);
  });

  it('flag excursions below the tolerated range, power cuts and open doors', () => {
    const log = accept(stocked(), 'P', [{ supply: 'LOT', quantity: 4, itinerary: ['BARGE-2/1'] }]).tick('04T13:00');
    reading(log, '04T13:30', -3, { power: 'off', door: 'open' });
    expect(shipmentsOf(log.state)[0]!.condition.flags).toEqual([
      'R1: was at -3 °C, below the tolerated -1 °C: damage is likely',
      'R1: power is off',
      'R1: door is open',
    ]);
  });
});
