import fc from 'fast-check';
import type { EventType } from '../../events/event.js';
import { HOUR, formatInstant, parseInstant } from '../../time/instant.js';
import type { PositionedEvent } from '../fact.js';
import { Log, march, network } from './log.js';

const START = parseInstant(march('02T06:00'))!;
const boxes = ['BOX1', 'BOX2', 'BOX3', 'BOX4', 'R1', 'R2'];
const some = <T>(...values: T[]) => fc.constantFrom(...values);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const barge1 = { service: 'BARGE-1', leg: '1' };
const ways = [
  [barge1, { service: 'BARGE-1', leg: '2' }, { service: 'TRUCK-LC' }],
  [{ service: 'BARGE-2', leg: '1' }, { service: 'TRUCK-LC' }],
  [{ service: 'TRUCK-AL' }, { service: 'TRUCK-LC' }],
  [{ service: 'BARGE-1', leg: '2' }, { service: 'TRUCK-LC' }],
  [{ service: 'TRUCK-LC' }],
  [{ service: 'BARGE-2', leg: '1' }],
  [barge1],
  [],
];

type Draft = { type: EventType; data: object };
const said = (type: string, data: fc.Arbitrary<object>): fc.Arbitrary<(now: number) => Draft> =>
  fc.tuple(data, fc.integer({ min: -6, max: 6 })).map(([fields, hours]) => (now) => ({
    type: `org.portolan.${type}` as EventType,
    data: JSON.parse(JSON.stringify({ ...fields, ...('at' in fields && { at: formatInstant(now + hours * HOUR) }) })),
  }));

const shipments = some('O', 'O', 'P', 'Q', 'O/1', 'O/2', 'P/1', 'Q/1');
const quantity = some(1, 2, 2, 4, 6);
const assignment = fc.record({ quantity, itinerary: some(...ways), supply: some(undefined, undefined, 'LOT') });
const decided = fc
  .tuple(shipments, fc.array(assignment, { maxLength: 2 }), fc.nat({ max: 1000 }))
  .map(([shipment, assignments, recommendation]) => ({
    recommendation: `rec-${recommendation}`,
    decision: 'accept',
    by: 'planner',
    at: 0,
    proposal: { kind: 'book', saving: 1, causes: [], shipments: [{ shipment, assignments }] },
  }));

const moved = fc.record({
  equipment: some(...boxes),
  move: some('loaded', 'loaded', 'discharged', 'gate-in', 'gate-out', 'stripped'),
  classifier: some('actual', 'actual', 'estimated'),
  at: fc.constant(0),
  place: some({ location: 'A' }, { location: 'B' }, { unlocode: 'BEANR' }, { location: 'L' }, { location: 'C' }),
  transport: maybe(some({ service: 'BARGE-1' }, { imo: '9321484' }, { service: 'GHOST' })),
  references: some(undefined, undefined, [{ type: 'BKG', reference: 'Q' }]),
});

const called = fc.record({
  transport: some({ service: 'BARGE-1' }, { service: 'BARGE-2' }, { imo: '9321484' }),
  call: some('arrival', 'departure'),
  classifier: some('estimated', 'actual', 'actual'),
  at: fc.constant(0),
  place: some({ location: 'A' }, { location: 'B' }, { location: 'L' }),
});

const seen = fc.record({
  transport: some({ imo: '9321483' }, { imo: '9321484' }),
  at: fc.constant(0),
  position: some(
    { lat: 51.24, lon: 4.38 },
    { lat: 51.3, lon: 4.28 },
    { lat: 50.95, lon: 5 },
    { lat: 50.66, lon: 5.62 },
  ),
  speedKnots: maybe(some(0, 4, 8)),
  destinationCode: maybe(some('BEANR', 'BELGG')),
});

const events = fc.oneof(
  { weight: 8, arbitrary: said('decision.made', decided) },
  { weight: 12, arbitrary: said('equipment.moved', moved) },
  { weight: 4, arbitrary: said('transport.called', called) },
  { weight: 6, arbitrary: said('position.reported', seen) },
  {
    weight: 6,
    arbitrary: fc.constant((now: number): Draft => ({
      type: 'org.portolan.clock.ticked',
      data: { now: formatInstant(now) },
    })),
  },
  {
    weight: 1,
    arbitrary: said(
      'milestone.reached',
      fc.record({
        milestone: some('held', 'released'),
        classifier: some('actual'),
        at: fc.constant(0),
        order: some('O', 'P'),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: said(
      'order.placed',
      fc.record({
        id: some('O'),
        from: some('A'),
        to: some('C', 'L'),
        quantity: some(4, 6, 9),
        available: some(march('02T08:00')),
        equipment: some(['BOX1', 'BOX2', 'BOX3']),
      }),
    ),
  },
  { weight: 1, arbitrary: said('lot.withdrawn', fc.constant({ lot: 'LOT' })) },
  { weight: 1, arbitrary: said('lot.registered', fc.constant(lot())) },
  { weight: 1, arbitrary: said('service.cancelled', fc.record({ service: some('BARGE-1', 'BARGE-2', 'TRUCK-LC') })) },
  { weight: 1, arbitrary: said('order.cancelled', fc.record({ order: some('P') })) },
  {
    weight: 2,
    arbitrary: fc
      .nat({ max: 60 })
      .map((n) => (): Draft => ({ type: 'org.portolan.event.retracted', data: { retracts: `e${n}` } })),
  },
  {
    weight: 1,
    arbitrary: said(
      'sensor.read',
      fc.record({ equipment: some('R1', 'BOX1'), at: fc.constant(0), temperature: some(1, 12) }),
    ),
  },
);

function lot() {
  return {
    id: 'LOT',
    product: 'pears',
    location: 'A',
    quantity: 4,
    available: march('02T06:00'),
    equipment: ['R1', 'R2'],
  };
}

/** A network with three orders and a lot. */
export function opening(): Log {
  const available = march('02T08:00');
  return network()
    .say('org.portolan.product.described', { id: 'pears', setPoint: 0, q10: 3, shelfLife: 'P9D' })
    .say('org.portolan.lot.registered', lot())
    .say('org.portolan.order.placed', {
      id: 'O',
      from: 'A',
      to: 'C',
      quantity: 6,
      available,
      equipment: ['BOX1', 'BOX2', 'BOX3'],
    })
    .say('org.portolan.order.placed', { id: 'P', product: 'pears', to: 'L', quantity: 4 })
    .say('org.portolan.order.placed', { id: 'Q', from: 'A', to: 'L', quantity: 5, unitSize: 2, available });
}

/** What may happen to them in a few days, in order of time: decisions, moves, calls, and now and then something else. */
export const plausibleLog: fc.Arbitrary<PositionedEvent[]> = fc
  .array(fc.tuple(events, fc.integer({ min: 0, max: 5 })), { maxLength: 50 })
  .map((drafts) => {
    const log = opening();
    let now = START;
    for (const [draft, hours] of drafts) {
      now += hours * HOUR;
      const { type, data } = draft(now);
      log.say(type, data as never, { at: formatInstant(now).slice(8, 16) });
    }
    return log.events;
  });
