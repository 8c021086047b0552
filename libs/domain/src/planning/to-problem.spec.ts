import { foldBatch } from '../state/fold.js';
import { lastPosition } from '../state/positions.js';
import { shipmentsOf } from '../state/shipments.js';
import { stateFromJson, stateToJson } from '../state/testing/state-text.js';
import { emptyState } from '../state/state.js';
import { type Log, accept, march, network } from '../state/testing/log.js';
import { timelineOf } from '../state/timeline.js';
import { toProblem } from './to-problem.js';

const order = { id: 'O', from: 'A', to: 'C', quantity: 6, available: march('02T08:00') };
const byBarge = ['BARGE-1/1', 'BARGE-1/2', 'TRUCK-LC'];
const booked = () =>
  accept(network().say('org.portolan.order.placed', order), 'O', [{ quantity: 6, itinerary: byBarge }]);
const legs = (log: Log) =>
  toProblem(log.state).problem.services.flatMap(({ id, legs: own = [] }) => own.map((leg) => `${id}/${leg.id}`));

describe('the problem at now', () => {
  it('is the whole of what can still be decided', () => {
    const log = booked().say('org.portolan.parameters.changed', {
      co2PricePerTonne: 80,
      changePenaltyPerUnit: 4,
      unservedPenalty: 3000,
    });
    log.say(
      'org.portolan.order.placed',
      {
        ...order,
        due: march('05T12:00'),
        latest: march('06T12:00'),
        latePerUnitHour: 7,
        revenue: 400,
        unitSize: 2,
        reefer: true,
        spoilagePerUnitHour: 1.5,
      },
      { at: '02T06:00' },
    );
    const { problem, demands, unplanned } = toProblem(log.state);
    expect(problem).toMatchObject({
      format: 'portolan.problem/1',
      currency: 'EUR',
      unit: 'TEU',
      parameters: { co2PricePerTonne: 80, changePenaltyPerUnit: 4, maxLegs: 8 },
      demands: [
        {
          id: 'O',
          from: 'A',
          to: 'C',
          quantity: 6,
          available: march('02T08:00'),
          due: march('05T12:00'),
          latest: march('06T12:00'),
          latePerUnitHour: 7,
          revenue: 400,
          unservedPenalty: 3000,
          spoilagePerUnitHour: 1.5,
          reefer: true,
          unitSize: 2,
        },
      ],
      current: [
        {
          demand: 'O',
          quantity: 6,
          itinerary: [{ service: 'BARGE-1', leg: '1' }, { service: 'BARGE-1', leg: '2' }, { service: 'TRUCK-LC' }],
        },
      ],
    });
    expect(problem.locations.map(({ id }) => id)).toEqual(['A', 'B', 'C', 'L']);
    expect(problem.locations[0]).toMatchObject({
      handling: { load: 10, unload: 10, transfer: 15 },
      handlingTime: { load: 'PT1H', unload: 'PT1H', transfer: 'PT2H' },
    });
    expect(problem.services.map(({ id, mode }) => [id, mode])).toEqual([
      ['BARGE-1', 'barge'],
      ['BARGE-2', 'barge'],
      ['TRUCK-AL', 'truck'],
      ['TRUCK-LC', 'truck'],
    ]);
    expect([...demands]).toEqual([['O', { order: 'O', inForce: [expect.objectContaining({ quantity: 6 })] }]]);
    expect(unplanned).toEqual([]);
  });

  it('has no leg that has left, and none beyond the horizon', () => {
    expect(legs(network().tick('02T06:00'))).toEqual(['BARGE-1/1', 'BARGE-1/2', 'BARGE-2/1']);
    expect(legs(network().tick('03T13:00'))).toEqual(['BARGE-1/2', 'BARGE-2/1']);
    const short = network().say('org.portolan.parameters.changed', { horizon: 'P1D' });
    expect(legs(short.tick('02T19:00'))).toEqual(['BARGE-1/1', 'BARGE-1/2']);
  });

  it('leaves goods that are ready after the horizon for later, and says so', () => {
    const log = network().say('org.portolan.order.placed', { ...order, available: march('30T08:00') });
    expect(toProblem(log.state)).toMatchObject({
      problem: { demands: [] },
      unplanned: [{ id: 'O', reason: 'ready on 2026-03-30T08:00:00Z, after the planning horizon' }],
    });
  });

  it('starts waiting goods now, not in the past', () => {
    expect(toProblem(booked().tick('03T09:00').state).problem.demands[0]!.available).toBe(march('03T09:00'));
  });

  it('gives goods that came with a barge the time of a transfer, not of a loading', () => {
    const { demands } = toProblem(booked().tick('04T09:30').state).problem;
    expect(demands).toMatchObject([{ id: 'O/1', onBoard: { service: 'BARGE-1', leg: '2' } }]);
    const arrived = accept(booked().tick('04T09:00'), 'O/1', []).tick('04T10:10');
    expect(toProblem(arrived.state).problem.demands).toMatchObject([{ from: 'L', available: march('04T11:00') }]);
  });

  it('keeps what is in force possible until it begins, however long loading takes', () => {
    const log = network().say('org.portolan.location.changed', {
      id: 'A',
      unlocode: 'BEANR',
      facility: 'KA',
      handlingTime: { load: 'PT6H', transfer: 'PT8H' },
    });
    log.say('org.portolan.order.placed', order);
    accept(log, 'O', [{ quantity: 6, itinerary: byBarge }]);
    expect(toProblem(log.tick('03T05:30').state).problem.demands).toMatchObject([{ id: 'O', from: 'A' }]);
    expect(toProblem(log.tick('03T06:30').state).problem.demands).toMatchObject([
      { id: 'O/1', onBoard: { service: 'BARGE-1', leg: '1' } },
    ]);
  });

  it('counts no more in force than there is', () => {
    const log = booked().say('org.portolan.order.placed', { ...order, quantity: 4 });
    expect(toProblem(log.state).problem.current).toMatchObject([{ demand: 'O', quantity: 4 }]);
  });

  it('has equal bytes for equal states, also after a snapshot', () => {
    const { events } = booked().tick('03T13:00');
    const bytes = JSON.stringify(toProblem(foldBatch(emptyState('test'), events)).problem);
    const state = stateFromJson(stateToJson(foldBatch(emptyState('test'), events)))!;
    expect(JSON.stringify(toProblem(state).problem)).toBe(bytes);
  });

  it('is not made from a snapshot of something else', () => {
    expect(stateFromJson('{"format":"portolan.state/0"}')).toBeUndefined();
    const text = stateToJson(booked().state);
    expect(stateFromJson(text.slice(0, text.lastIndexOf('\n')))).toBeUndefined();
    expect(stateFromJson(text.slice(0, -5))).toBeUndefined();
    expect(stateFromJson(text.replace('portolan.state/', 'portolan.state/9'))).toBeUndefined();
    expect(stateFromJson('half a fi')).toBeUndefined();
  });
});

describe('the timeline of a shipment', () => {
  it('has what was planned, expected and seen, side by side and in order', () => {
    const log = booked();
    log
      .say(
        'org.portolan.transport.called',
        {
          transport: { service: 'BARGE-1' },
          call: 'departure',
          classifier: 'actual',
          at: march('03T12:30'),
          place: { location: 'A' },
        },
        { at: '03T12:40' },
      )
      .say('org.portolan.position.reported', {
        transport: { imo: '9321483' },
        at: march('03T12:35'),
        position: { lat: 51.3, lon: 4.3 },
      });
    const [shipment] = shipmentsOf(log.state);
    expect(timelineOf(log.state, shipment!)).toEqual([
      { what: 'departure', location: 'A', transport: 'BARGE-1', planned: march('03T12:00'), actual: march('03T12:30') },
      {
        what: 'arrival',
        location: 'B',
        transport: 'BARGE-1',
        planned: march('03T14:00'),
        estimated: march('03T14:30'),
      },
      {
        what: 'departure',
        location: 'B',
        transport: 'BARGE-1',
        planned: march('03T18:00'),
        estimated: march('03T18:30'),
      },
      {
        what: 'arrival',
        location: 'L',
        transport: 'BARGE-1',
        planned: march('04T10:00'),
        estimated: march('04T10:30'),
      },
    ]);
    expect(lastPosition(log.state, 'BARGE-1')).toEqual({ position: { lat: 51.3, lon: 4.3 }, at: march('03T12:35') });
  });
});
