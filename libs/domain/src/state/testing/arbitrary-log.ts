import fc from 'fast-check';
import type { PortolanEvent } from '../../events/event.js';
import { formatInstant, parseInstant } from '../../time/instant.js';
import type { PositionedEvent } from '../fact.js';

const places = ['A', 'B', 'L', 'C', 'X'];
const services = ['BARGE-1', 'BARGE-2', 'TRUCK-AL', 'TRUCK-LC', 'GHOST'];
const orders = ['O', 'P', 'O/1', 'Q'];
const lots = ['LOT-1', 'LOT-2', 'LOT-X'];
const boxes = ['BOX1', 'BOX2', 'BOX3', 'BOX4'];
const START = parseInstant('2026-03-01T06:00:00Z')!;
const HOUR = 3_600_000;

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const usual = fc.integer({ min: 0, max: 24 * 8 * 2 }).map((half) => formatInstant(START + (half * HOUR) / 2));
const anInstant = fc.oneof(
  { weight: 60, arbitrary: usual },
  { weight: 1, arbitrary: some('9999-12-31T23:59:59-12:00', '0100-01-01T00:00:00+12:00') },
);
const amount = fc.constantFrom(0, 1, 2.5, 6, 20, 1e308);
const quantity = fc.constantFrom(1, 2, 6, 10.5, 1e-9, 1e308);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const classifier = some('planned', 'estimated', 'requested', 'actual', 'actual');
const place = fc.oneof(
  fc.record({ location: some(...places) }),
  some({ unlocode: 'BEANR' }, { facility: 'KB' }, { unlocode: 'BELGG' }, { name: 'nowhere' }),
);
const transport = fc.oneof(
  fc.record({ service: some(...services) }),
  some(
    { imo: '9321483', voyages: ['101E'] },
    { imo: '9321484' },
    { callReference: 'BARGE-2/2' },
    { callReference: 'JIT-1' },
    { callReference: 'JIT-2' },
    { vesselName: 'Ambiorix' },
  ),
);
const duration = some('PT0S', 'PT1H', 'PT6H', 'P1D', 'P99999999999999999D');
const references = maybe(fc.constantFrom([{ type: 'BKG', reference: 'O' }], [{ type: 'BKG', reference: 'B-77' }]));

const calls = fc
  .tuple(
    fc.shuffledSubarray(['A', 'B', 'L', 'C', 'X'], { minLength: 2 }),
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 12, maxLength: 12 }),
    fc.integer({ min: 0, max: 100 }),
  )
  .map(([stops, gaps, start]) => {
    let at = START + start * HOUR;
    return stops.map((location, index) => {
      const arrives = (at += gaps[2 * index]! * HOUR);
      const departs = (at += gaps[2 * index + 1]! * HOUR);
      return {
        location,
        ...(index > 0 && { arrives: formatInstant(arrives) }),
        ...(index < stops.length - 1 && { departs: formatInstant(departs) }),
        ...(index === 1 && { callReference: 'BARGE-2/2' }),
      };
    });
  });

const scheduled = fc.oneof(
  fc.tuple(some('BARGE-1', 'BARGE-2'), calls, amount).map(([id, stops, capacity]) => ({
    id,
    mode: 'barge',
    vessel: { imo: id === 'BARGE-1' ? '9321483' : '9321484', name: 'Ambiorix' },
    voyages: ['101E'],
    calls: stops,
    legs: stops.slice(1).map(() => ({ capacity, reeferPlugs: 3, cost: 10 })),
  })),
  fc
    .tuple(
      some('TRUCK-AL', 'TRUCK-LC', 'BARGE-2'),
      fc.shuffledSubarray(['A', 'B', 'L', 'C', 'X'], { minLength: 2, maxLength: 2 }),
    )
    .map(([id, [from, to]]) => ({
      id,
      mode: 'truck',
      onDemand: { from, to, duration: id === 'BARGE-2' ? 'P99999999999999999D' : 'PT3H', cost: 90, capacity: 8 },
    })),
);

const placed = fc
  .record({
    id: some(...orders),
    from: maybe(some('A', 'B', 'X')),
    product: maybe(some('pears', 'figs')),
    to: some('L', 'C', 'X'),
    quantity,
    unitSize: maybe(some(1, 2, 1e-9)),
    available: anInstant,
    due: maybe(anInstant),
    latest: maybe(anInstant),
    minShelfLife: maybe(duration),
    reefer: maybe(fc.boolean()),
    setPoint: maybe(some(-1, 4)),
    spoilagePerUnitHour: maybe(amount),
    equipment: maybe(fc.subarray(boxes)),
    references,
  })
  .filter(({ from, product, to }) => (from !== undefined || product !== undefined) && from !== to);

const itinerary = fc.array(
  some(
    { service: 'BARGE-1', leg: '1' },
    { service: 'BARGE-1', leg: '2' },
    { service: 'BARGE-2', leg: '1' },
    { service: 'TRUCK-AL' },
    { service: 'TRUCK-LC' },
    { service: 'GHOST', leg: '7' },
  ),
  { maxLength: 4 },
);

const decided = fc.record({
  recommendation: some('r1', 'r2', 'r3', 'r4'),
  decision: some('accept', 'accept', 'reject'),
  by: fc.constant('planner'),
  at: anInstant,
  proposal: fc.record({
    kind: fc.constant('book'),
    saving: fc.constant(10),
    causes: fc.constant([]),
    shipments: fc.array(
      fc.record({
        shipment: some('O', 'P', 'Q', 'O/1', 'O/2', 'P/1', 'nobody'),
        assignments: fc.array(fc.record({ supply: maybe(some(...lots)), quantity, itinerary }), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
});

const data = {
  'parameters.changed': fc.record({
    freezeWindow: maybe(duration),
    horizon: maybe(some('P2D', 'P21D')),
    unknownAfter: maybe(duration),
  }),
  'location.changed': fc.record({
    id: some(...places),
    unlocode: maybe(some('BEANR', 'BELGG')),
    facility: maybe(some('KA', 'KB')),
    handlingTime: maybe(fc.record({ load: maybe(duration), transfer: maybe(duration), unload: maybe(duration) })),
  }),
  'location.closed': fc
    .record({ closure: some('c1', 'c2'), location: some(...places), from: anInstant, to: anInstant })
    .filter(({ from, to }) => from < to),
  'location.reopened': fc.record({ closure: some('c1', 'c2'), location: some(...places) }),
  'service.scheduled': scheduled,
  'service.cancelled': fc.record({ service: some(...services) }),
  'capacity.changed': fc.record({
    service: some(...services),
    leg: maybe(some('1', '2')),
    capacity: maybe(amount),
    reeferPlugs: maybe(amount),
    factor: some(0, 0.5, 1.5, 1e308),
  }),
  'product.described': fc.record({
    id: some('pears', 'figs'),
    shelfLife: maybe(some('P10D', 'P99999999999999999D')),
    setPoint: some(-1),
    q10: some(2, 3),
    reefer: maybe(fc.boolean()),
    tolerated: maybe(some({ min: -2 }, { min: -1, max: 4 })),
  }),
  'order.placed': placed,
  'order.cancelled': fc.record({ order: some(...orders) }),
  'lot.registered': fc.record({
    id: some(...lots),
    product: some('pears', 'figs'),
    location: some('A', 'B', 'C', 'X'),
    quantity,
    available: anInstant,
    produced: maybe(anInstant),
    expires: maybe(anInstant),
    equipment: maybe(fc.subarray(boxes)),
  }),
  'lot.withdrawn': fc.record({ lot: some(...lots) }),
  'equipment.moved': fc.record({
    equipment: maybe(some(...boxes)),
    move: some(
      'gate-in',
      'gate-out',
      'loaded',
      'loaded',
      'discharged',
      'stripped',
      'picked-up',
      'dropped-off',
      'inspected',
      'removed',
    ),
    classifier,
    at: anInstant,
    place: maybe(place),
    transport: maybe(transport),
    empty: maybe(fc.boolean()),
    references,
  }),
  'equipment.stowed': fc.record({
    equipment: maybe(some(...boxes)),
    classifier,
    at: anInstant,
    transport,
    place: maybe(place),
    loading: maybe(place),
    references,
  }),
  'transport.called': fc.record({
    transport,
    call: some('arrival', 'departure', undefined),
    classifier,
    at: anInstant,
    place,
  }),
  'call.described': fc.record({
    reference: some('JIT-1', 'JIT-2', 'BARGE-2/2'),
    within: maybe(some('JIT-1', 'JIT-2', 'JIT-3')),
    transport: maybe(transport),
    place: maybe(place),
    call: maybe(some('arrival', 'departure')),
  }),
  'milestone.reached': fc.record({
    milestone: some('held', 'held', 'released', 'confirmed'),
    classifier,
    at: anInstant,
    order: maybe(some(...orders)),
    equipment: maybe(some(...boxes)),
    expectedRelease: maybe(anInstant),
    references,
  }),
  'sensor.read': fc.record({
    equipment: some(...boxes),
    at: anInstant,
    temperature: maybe(some(-5, 0, 4, 21, 1e308)),
    probes: maybe(fc.array(some(-3, 1, 12))),
    power: maybe(some('on', 'off')),
    door: maybe(some('open', 'closed')),
  }),
  'position.reported': fc.record({
    transport,
    at: anInstant,
    position: some({ lat: 51.2, lon: 4.3 }, { lat: 50.95, lon: 5 }, { lat: 50.66, lon: 5.62 }, { lat: -89, lon: 179 }),
    speedKnots: maybe(some(0, 3.1, 8, 1e308)),
    destinationCode: maybe(some('BEANR', 'BELGG', 'CNSHA')),
    eta: maybe(anInstant),
  }),
  'decision.made': decided,
  'clock.ticked': fc.record({ now: anInstant }),
  'event.retracted': fc.record({
    retracts: fc.oneof(
      fc.nat({ max: 60 }).map((n) => `e${n}`),
      some('s1', 's2', 's3'),
    ),
  }),
} as const;

/** Of what matters more, more. */
const weights: Partial<Record<keyof typeof data, number>> = {
  'service.scheduled': 4,
  'order.placed': 4,
  'equipment.moved': 6,
  'transport.called': 5,
  'position.reported': 4,
  'decision.made': 6,
  'clock.ticked': 4,
};

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const event = fc.oneof(
  ...(Object.keys(data) as (keyof typeof data)[]).map((type) => ({
    weight: weights[type] ?? 1,
    arbitrary: (data[type] as fc.Arbitrary<object>).map((fields) => ({ type, data: withoutUndefined(fields) })),
  })),
);

const envelope = fc.record({
  recordedtime: anInstant,
  revisionof: maybe(some('s1', 's2', 's3')),
  revision: maybe(fc.oneof(anInstant, some('1', '2', '10'))),
  duplicate: fc.integer({ min: 0, max: 30 }),
});

/** Events of a small cell in any order, known and unknown things mixed, some ids twice. Every one is valid. */
export const arbitraryLog = (maxLength = 60): fc.Arbitrary<PositionedEvent[]> =>
  fc.array(fc.tuple(event, envelope), { maxLength }).map((drafts) =>
    drafts.map(([{ type, data: fields }, { recordedtime, revisionof, revision, duplicate }], position) => ({
      position,
      event: {
        specversion: '1.0',
        id: `e${duplicate === 0 ? Math.floor(position / 2) : position}`,
        source: '/test',
        type: `org.portolan.${type}`,
        time: recordedtime,
        recordedtime,
        partitionkey: 'test',
        ...(revisionof !== undefined && { revisionof }),
        ...(revision !== undefined && { revision }),
        data: fields,
      } as unknown as PortolanEvent,
    })),
  );
