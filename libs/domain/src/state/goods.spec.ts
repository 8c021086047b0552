import { toProblem } from '../planning/to-problem.js';
import { type Shipment, shipmentsOf } from './shipments.js';
import { type Log, accept, march, network, step } from './testing/log.js';

const order = { id: 'O', from: 'A', to: 'C', quantity: 6, available: march('02T08:00') };
const boxed = { ...order, equipment: ['BOX1', 'BOX2', 'BOX3'] };
const byBarge = ['BARGE-1/1', 'BARGE-1/2', 'TRUCK-LC'];

const booked = (placed: object = order, itinerary = byBarge) =>
  accept(network().say('org.portolan.order.placed', { ...order, ...placed }), 'O', [{ quantity: 6, itinerary }]);

const moved = (
  log: Log,
  equipment: string,
  move: 'loaded' | 'discharged' | 'gate-in' | 'gate-out' | 'stripped',
  place: string,
  at: string,
  more: object = {},
) =>
  log.say(
    'org.portolan.equipment.moved',
    { equipment, move, classifier: 'actual', at: march(at), place: { location: place }, ...more },
    { at },
  );

const summary = ({ id, quantity, status, whereabouts, presumed, inForce }: Shipment) => [
  id,
  quantity,
  status,
  whereabouts?.kind === 'at'
    ? `at ${whereabouts.location}`
    : whereabouts?.kind === 'on-leg'
      ? `on ${whereabouts.service}/${whereabouts.leg}`
      : whereabouts?.kind,
  presumed,
  inForce.map(({ steps }) =>
    steps.map(({ service, leg }) => (leg === undefined ? service : `${service}/${leg}`)).join(' '),
  ),
];
const shipments = (log: Log) => shipmentsOf(log.state).map(summary);
const demands = (log: Log) => toProblem(log.state).problem.demands;

describe('goods with an itinerary in force', () => {
  it('are the demand of their order until they begin to move', () => {
    expect(shipments(booked().tick('03T09:00'))).toEqual([['O', 6, 'planned', 'at A', false, [byBarge.join(' ')]]]);
  });

  it('are as good as begun within the freeze window', () => {
    const log = booked().tick('03T10:30');
    expect(shipments(log)).toEqual([['O/1', 6, 'moving', 'at A', false, ['BARGE-1/2 TRUCK-LC']]]);
    expect(demands(log)).toMatchObject([{ id: 'O/1', onBoard: { service: 'BARGE-1', leg: '1' } }]);
  });

  it('are presumed on board, at the next place, and delivered as time passes', () => {
    const at = (time: string) => shipments(booked().tick(time))[0]!.slice(2, 5);
    expect(at('03T13:00')).toEqual(['moving', 'on BARGE-1/1', true]);
    expect(at('03T15:00')).toEqual(['moving', 'on BARGE-1/1', true]);
    expect(at('03T19:00')).toEqual(['moving', 'on BARGE-1/2', true]);
    expect(at('04T10:30')).toEqual(['moving', 'at L', true]);
    expect(at('04T12:30')).toEqual(['moving', 'on-truck', true]);
    expect(at('04T14:30')).toEqual(['moving', 'at C', true]);
    expect(at('04T15:00')).toEqual(['delivered', 'delivered', true]);
  });

  it('that stay on board at a call can still be taken off there', () => {
    const log = booked().tick('03T15:00');
    const barge = toProblem(log.state).problem.services.find(({ id }) => id === 'BARGE-1')!;
    expect(demands(log)).toMatchObject([{ onBoard: { service: 'BARGE-1', leg: '1' } }]);
    expect(barge.legs![0]).toMatchObject({ departs: march('03T12:00'), arrives: march('03T15:00') });
  });

  it('take from the capacity of the leg they are on, and of no other', () => {
    const capacity = (log: Log) =>
      toProblem(log.state)
        .problem.services.find(({ id }) => id === 'BARGE-1')!
        .legs!.map((leg) => leg.capacity);
    expect(capacity(booked().tick('03T09:00'))).toEqual([20, 20]);
    expect(capacity(booked().tick('03T10:30'))).toEqual([14, 20]);
    expect(capacity(booked().tick('03T17:00'))).toEqual([14]);
  });

  it('miss a barge they cannot be ready for', () => {
    expect(shipments(booked({ available: march('03T11:30') }).tick('03T13:00'))).toEqual([
      ['O', 6, 'planned', 'at A', false, [byBarge.join(' ')]],
    ]);
  });

  it('leave by truck as soon as they are loaded, counted from the decision', () => {
    const log = booked(order, ['TRUCK-AL', 'TRUCK-LC']);
    expect(shipments(log.tick('02T08:30'))[0]!.slice(0, 4)).toEqual(['O/1', 6, 'moving', 'at A']);
    expect(shipments(log.tick('02T09:30'))[0]!.slice(0, 4)).toEqual(['O/1', 6, 'moving', 'on-truck']);
    expect(demands(log)).toMatchObject([{ id: 'O/1', from: 'L', available: march('02T13:00') }]);
  });

  it('follow a delay told after they were presumed gone', () => {
    const log = booked().tick('03T12:10');
    log.say(
      'org.portolan.transport.called',
      {
        transport: { service: 'BARGE-1' },
        call: 'departure',
        classifier: 'estimated',
        at: march('03T20:00'),
        place: { location: 'A' },
      },
      { at: '03T12:20' },
    );
    expect(shipments(log)).toEqual([['O/1', 6, 'moving', 'at A', false, [byBarge.join(' ')]]]);
    expect(demands(log)).toMatchObject([{ id: 'O/1', from: 'A', available: march('03T12:20') }]);
  });

  it('are split where parts of them take different itineraries', () => {
    const log = network().say('org.portolan.order.placed', boxed);
    accept(log, 'O', [
      { quantity: 4, itinerary: byBarge },
      { quantity: 2, itinerary: ['BARGE-2/1', 'TRUCK-LC'] },
    ]).tick('03T13:00');
    expect(shipments(log)).toEqual([
      ['O', 2, 'planned', 'at A', false, ['BARGE-2/1 TRUCK-LC']],
      ['O/1', 4, 'moving', 'on BARGE-1/1', true, ['BARGE-1/2 TRUCK-LC']],
    ]);
    expect(shipmentsOf(log.state).map(({ equipment }) => equipment)).toEqual([['BOX3'], ['BOX1', 'BOX2']]);
  });
});

describe('containers that are seen', () => {
  it('loaded one after the other on the leg in force are one part', () => {
    const log = booked(boxed);
    moved(log, 'BOX1', 'loaded', 'A', '03T08:00', { transport: { service: 'BARGE-1' } });
    moved(log, 'BOX3', 'loaded', 'A', '03T08:10', { transport: { imo: '9321483', voyages: ['101E'] } });
    expect(shipments(log)).toEqual([
      ['O', 2, 'planned', 'at A', false, [byBarge.join(' ')]],
      ['O/1', 4, 'moving', 'on BARGE-1/1', false, ['BARGE-1/2 TRUCK-LC']],
    ]);
    log.tick('03T10:30');
    expect(shipments(log)).toEqual([['O/1', 6, 'moving', 'on BARGE-1/1', false, ['BARGE-1/2 TRUCK-LC']]]);
  });

  it('loaded on a leg that was not planned take the itinerary with them as far as it fits', () => {
    const log = booked(boxed);
    moved(log, 'BOX2', 'loaded', 'A', '03T08:00', { transport: { service: 'BARGE-2' } });
    expect(shipments(log)).toEqual([
      ['O', 4, 'planned', 'at A', false, [byBarge.join(' ')]],
      ['O/1', 2, 'moving', 'on BARGE-2/1', false, ['TRUCK-LC']],
    ]);
  });

  it('elsewhere than the others of their part leave it, and one nobody saw takes their place', () => {
    const log = network().say('org.portolan.order.placed', boxed);
    accept(log, 'O', [
      { quantity: 4, itinerary: byBarge },
      { quantity: 2, itinerary: ['BARGE-2/1', 'TRUCK-LC'] },
    ]).tick('03T13:00');
    moved(log, 'BOX1', 'loaded', 'A', '04T09:00', { transport: { service: 'BARGE-2' } });
    expect(shipmentsOf(log.state).map(({ id, equipment, quantity }) => [id, quantity, equipment])).toEqual([
      ['O/1', 4, ['BOX2', 'BOX3']],
      ['O/2', 2, ['BOX1']],
    ]);
    expect(shipments(log)[1]!.slice(3)).toEqual(['on BARGE-2/1', false, ['TRUCK-LC']]);
  });

  it('left behind on the quay leave the part that sailed', () => {
    const log = booked(boxed).tick('03T12:30');
    moved(log, 'BOX2', 'loaded', 'A', '03T11:30', { transport: { service: 'BARGE-1' } });
    moved(log, 'BOX1', 'gate-in', 'A', '03T12:40');
    expect(shipments(log).map((each) => each.slice(0, 4))).toEqual([
      ['O/1', 4, 'moving', 'on BARGE-1/1'],
      ['O/2', 2, 'moving', 'at A'],
    ]);
  });

  it('do not go back when an older move is told later', () => {
    const log = booked(boxed).tick('04T10:30');
    moved(log, 'BOX1', 'discharged', 'L', '04T11:00', { transport: { service: 'BARGE-1' } });
    const before = shipments(log);
    log.say(
      'org.portolan.equipment.moved',
      { equipment: 'BOX1', move: 'gate-in', classifier: 'actual', at: march('03T07:00'), place: { location: 'A' } },
      { at: '04T11:05' },
    );
    expect(shipments(log)).toEqual(before);
  });

  it('are delivered when they come in at the destination, and what the container does then is another journey', () => {
    const log = booked({ ...boxed, quantity: 2, equipment: ['BOX1'] }).tick('04T11:00');
    moved(log, 'BOX1', 'gate-in', 'C', '04T13:00');
    moved(log, 'BOX1', 'gate-in', 'A', '06T13:00');
    expect(shipments(log)).toEqual([['O/1', 2, 'delivered', 'delivered', false, expect.anything()]]);
    expect(demands(log)).toEqual([]);
  });

  it('that went out by the gate are on the truck in force', () => {
    const log = booked(boxed, ['TRUCK-AL', 'TRUCK-LC']);
    moved(log, 'BOX1', 'gate-out', 'A', '01T07:00');
    expect(toProblem(log.state).problem.demands).toMatchObject([
      { id: 'O', quantity: 4 },
      { id: 'O/1', from: 'L', available: march('01T11:00'), quantity: 2 },
    ]);
  });

  it('are known by the booking their moves name, where the order names none', () => {
    const log = booked({ unitSize: 2 });
    moved(log, 'BOX9', 'loaded', 'A', '03T08:00', {
      transport: { service: 'BARGE-1' },
      references: [{ type: 'BKG', reference: 'O' }],
    });
    expect(shipments(log).map((each) => each.slice(0, 4))).toEqual([
      ['O', 4, 'planned', 'at A'],
      ['O/1', 2, 'moving', 'on BARGE-1/1'],
    ]);
  });

  it('count once their order is known', () => {
    const log = moved(network(), 'BOX1', 'loaded', 'A', '02T09:00', { transport: { service: 'BARGE-1' } });
    log.say('org.portolan.order.placed', { ...boxed, equipment: ['BOX1'] });
    expect(shipments(log)).toEqual([['O/1', 6, 'moving', 'on BARGE-1/1', false, []]]);
  });

  it('on a transport nobody announced are not planned until it is', () => {
    const log = booked(boxed);
    for (const box of boxed.equipment)
      moved(log, box, 'loaded', 'A', '03T08:00', { transport: { service: 'BARGE-9' } });
    expect(toProblem(log.state)).toMatchObject({
      problem: { demands: [] },
      unplanned: [{ id: 'O/1', reason: 'whereabouts unknown: loaded on a transport that is not known here (BARGE-9)' }],
    });
    log.say('org.portolan.service.scheduled', {
      id: 'BARGE-9',
      mode: 'barge',
      calls: [
        { location: 'A', departs: march('03T12:00') },
        { location: 'L', arrives: march('04T12:00') },
      ],
      legs: [{ capacity: 10 }],
    });
    expect(demands(log)).toMatchObject([{ id: 'O/1', onBoard: { service: 'BARGE-9', leg: '1' }, quantity: 6 }]);
  });

  it('that nobody has seen for longer than agreed after they should have moved on are unknown', () => {
    const log = booked({ ...boxed, to: 'L' }, ['BARGE-1/1', 'BARGE-1/2']).say('org.portolan.parameters.changed', {
      unknownAfter: 'PT12H',
    });
    for (const box of boxed.equipment) moved(log, box, 'gate-in', 'A', '03T08:00');
    expect(shipments(log.tick('03T23:00'))[0]!.slice(2, 4)).toEqual(['moving', 'on BARGE-1/2']);
    expect(shipments(log.tick('04T00:30'))[0]!.slice(2, 4)).toEqual(['unknown', 'unknown']);
    expect(toProblem(log.state).unplanned).toMatchObject([{ id: 'O/1' }]);
  });
});

describe('decisions', () => {
  it('on a part change what is ahead of it', () => {
    const log = booked().tick('03T13:00');
    accept(log, 'O/1', [{ quantity: 6, itinerary: ['BARGE-1/2'] }]);
    expect(shipments(log)[0]![5]).toEqual(['BARGE-1/2']);
  });

  it('that split a part let it go its ways', () => {
    const log = booked(boxed).tick('04T09:00');
    log.say('org.portolan.service.scheduled', {
      id: 'TRAIN-1',
      mode: 'rail',
      calls: [
        { location: 'L', departs: march('05T12:00') },
        { location: 'C', arrives: march('05T14:00') },
      ],
      legs: [{ capacity: 10 }],
    });
    accept(log, 'O/1', [
      { quantity: 4, itinerary: ['TRAIN-1/1'] },
      { quantity: 2, itinerary: ['TRUCK-LC'] },
    ]);
    expect(shipments(log.tick('04T13:00')).map((each) => [each[0], each[1], each[3]])).toEqual([
      ['O/1', 4, 'at L'],
      ['O/2', 2, 'on-truck'],
    ]);
    expect(shipments(log.tick('05T12:30')).map((each) => [each[0], each[3]])).toEqual([
      ['O/1', 'on TRAIN-1/1'],
      ['O/2', 'delivered'],
    ]);
  });

  it('that come after part of the goods has left count for what is left', () => {
    const log = network().say('org.portolan.order.placed', order);
    accept(log, 'O', [
      { quantity: 4, itinerary: byBarge },
      { quantity: 2, itinerary: ['BARGE-2/1', 'TRUCK-LC'] },
    ]).tick('03T13:00');
    accept(log, 'O', [
      { quantity: 4, itinerary: byBarge },
      { quantity: 2, itinerary: ['TRUCK-AL', 'TRUCK-LC'] },
    ]);
    expect(shipments(log).map((each) => [each[0], each[1], each[5]])).toEqual([
      ['O/1', 4, ['BARGE-1/2 TRUCK-LC']],
      ['O/2', 2, ['TRUCK-LC']],
    ]);
  });

  it('that are rejections are kept, and change nothing', () => {
    const log = network().say('org.portolan.order.placed', order);
    const shipment = { shipment: 'O', assignments: [{ quantity: 6, itinerary: [step('TRUCK-AL'), step('TRUCK-LC')] }] };
    log.say('org.portolan.decision.made', {
      recommendation: 'rec-1',
      decision: 'reject',
      reason: 'too dear',
      by: 'planner',
      at: march('01T06:00'),
      proposal: { kind: 'book', saving: 10, causes: [], shipments: [shipment] },
    });
    expect(log.state.rejections.get('rec-1')).toMatchObject({ reason: 'too dear', proposal: { saving: 10 } });
    expect(shipments(log)[0]![5]).toEqual([]);
  });

  it('for an order that comes later count once it is there', () => {
    const log = accept(network(), 'O', [{ quantity: 6, itinerary: byBarge }]).say('org.portolan.order.placed', order);
    expect(shipments(log)[0]![5]).toEqual([byBarge.join(' ')]);
  });
});
