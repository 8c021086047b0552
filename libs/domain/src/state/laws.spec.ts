import fc from 'fast-check';
import { parseEvent } from '../events/event.js';
import { toProblem } from '../planning/to-problem.js';
import { Draft } from './draft.js';
import type { PositionedEvent } from './fact.js';
import { parseProblem } from '../problem-format/parse.js';
import { foldBatch } from './fold.js';
import type { Goods } from './goods.js';
import { restQuantity } from './order-goods.js';
import { settle } from './settle.js';
import { shipmentsOf } from './shipments.js';
import { stateFromJson, stateToJson } from './testing/state-text.js';
import { type State, emptyState } from './state.js';
import { arbitraryLog } from './testing/arbitrary-log.js';
import { plausibleLog } from './testing/plausible-log.js';
import { timelineOf } from './timeline.js';
import { type Log, march, network } from './testing/log.js';

const runs = { numRuns: 200 };
const known = network().events;
const withNetwork = arbitraryLog().map((events) => [
  ...known,
  ...events.map(({ event, position }) => ({ event, position: position + known.length })),
]);
const either = fc.oneof(withNetwork, plausibleLog);
const bytes = (state: Parameters<typeof toProblem>[0]) => {
  const { problem, demands, unplanned } = toProblem(state);
  return JSON.stringify([problem, [...demands], unplanned]);
};

describe('for any valid events', () => {
  it('(the generator makes valid ones)', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryLog(10), plausibleLog), (events) => {
        for (const { event } of events) expect(parseEvent(event)).toMatchObject({ ok: true });
      }),
    );
  });

  it('folding twice is folding once', () => {
    fc.assert(
      fc.property(either, fc.nat(), (events, seed) => {
        const once = foldBatch(emptyState('test'), events);
        const again = events.filter((_, index) => (index * 7 + seed) % 3 === 0);
        const last = events.at(-1)?.position ?? 0;
        const twice = foldBatch(
          once,
          again.map(({ event }, index) => ({ event, position: last + 1 + index })),
        );
        expect(bytes(twice)).toBe(bytes(once));
      }),
      runs,
    );
  });

  it('it does not matter how the log is cut into batches', () => {
    fc.assert(
      fc.property(either, fc.integer({ min: 1, max: 9 }), (events, size) => {
        let state = emptyState('test');
        for (let from = 0; from < events.length; from += size)
          state = foldBatch(state, events.slice(from, from + size));
        expect(stateToJson(state)).toBe(stateToJson(foldBatch(emptyState('test'), events)));
      }),
      runs,
    );
  });

  it('a snapshot goes on as the state it was made from', () => {
    fc.assert(
      fc.property(either, (events) => {
        const half = Math.floor(events.length / 2);
        const state = foldBatch(emptyState('test'), events.slice(0, half));
        const read = stateFromJson(stateToJson(state))!;
        expect(read).toEqual(state);
        const [again, whole] = [foldBatch(read, events.slice(half)), foldBatch(emptyState('test'), events)];
        expect(bytes(again)).toBe(bytes(whole));
        expect(stateToJson(again)).toBe(stateToJson(whole));
      }),
      runs,
    );
  });

  it('goods are neither lost nor doubled', () => {
    fc.assert(
      fc.property(either, (events) => {
        const state = foldBatch(emptyState('test'), events);
        for (const goods of state.goods.values()) expectWhole(state, goods, events);
      }),
      runs,
    );
  });

  it('settling goods that are settled changes nothing', () => {
    fc.assert(
      fc.property(either, (events) => {
        const once = settled(foldBatch(emptyState('test'), events));
        expect(JSON.stringify([...settled(once).goods])).toBe(JSON.stringify([...once.goods]));
      }),
      { numRuns: 3000 },
    );
  });

  it('the problem is one, as parseProblem reads it', () => {
    fc.assert(
      fc.property(either, (events) => {
        const state = foldBatch(emptyState('test'), events);
        const parsed = parseProblem(JSON.parse(JSON.stringify(toProblem(state).problem)));
        expect(parsed.ok ? [] : parsed.errors).toEqual([]);
        for (const shipment of shipmentsOf(state)) expect(timelineOf(state, shipment)).toBeDefined();
      }),
      { numRuns: 600 },
    );
  });

  it('events that do not concern each other may come in any order', () => {
    const { events } = story();
    const expected = bytes(foldBatch(emptyState('test'), events));
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        const log = shuffled.map(({ event }, position) => ({ event, position }));
        expect(bytes(foldBatch(emptyState('test'), log))).toBe(expected);
      }),
      runs,
    );
  });
});

/** Each thing said once: a network, two bookings with containers, a lot, calls, moves, a hold and readings. */
function story(): Log {
  const booking = (id: string, box: string) => ({
    id,
    from: 'A',
    to: 'C',
    quantity: 2,
    available: march('02T08:00'),
    equipment: [box],
  });
  const called = (service: string, place: string, at: string) =>
    ({
      transport: { service },
      call: 'arrival',
      classifier: 'estimated',
      at: march(at),
      place: { unlocode: place },
    }) as const;
  return network()
    .say('org.portolan.order.placed', booking('O', 'BOX1'), { at: '02T09:00' })
    .say('org.portolan.order.placed', booking('P', 'BOX2'))
    .say('org.portolan.order.placed', { id: 'Q', product: 'pears', to: 'L', quantity: 3 })
    .say('org.portolan.product.described', { id: 'pears', shelfLife: 'P9D', setPoint: 0, q10: 3, reefer: true })
    .say('org.portolan.lot.registered', {
      id: 'LOT',
      product: 'pears',
      location: 'B',
      quantity: 4,
      available: march('02T08:00'),
      produced: march('01T08:00'),
      equipment: ['BOX3'],
    })
    .say('org.portolan.transport.called', called('BARGE-1', 'BELGG', '04T15:00'))
    .say('org.portolan.transport.called', called('BARGE-2', 'BELGG', '05T09:00'))
    .say('org.portolan.equipment.moved', {
      equipment: 'BOX1',
      move: 'loaded',
      classifier: 'actual',
      at: march('03T11:00'),
      place: { facility: 'KA' },
      transport: { imo: '9321483', voyages: ['101E'] },
    })
    .say('org.portolan.milestone.reached', {
      milestone: 'held',
      classifier: 'actual',
      at: march('02T09:00'),
      equipment: 'BOX2',
      expectedRelease: march('05T09:00'),
    })
    .say('org.portolan.sensor.read', { equipment: 'BOX3', at: march('03T06:00'), temperature: 9 })
    .say('org.portolan.sensor.read', { equipment: 'BOX3', at: march('03T09:00'), temperature: 12 })
    .say('org.portolan.capacity.changed', { service: 'BARGE-2', factor: 0.5 })
    .say('org.portolan.location.closed', {
      closure: 'c',
      location: 'L',
      from: march('06T09:00'),
      to: march('07T09:00'),
    })
    .tick('03T12:30');
}

function settled(state: State): State {
  const draft = new Draft(state);
  for (const id of state.goods.keys()) settle(draft, id);
  return draft.state;
}

function expectWhole(state: State, { order: id, parts, rest }: Goods, events: readonly PositionedEvent[]): void {
  const boxes = parts.flatMap(({ equipment }) => equipment);
  expect(new Set(boxes).size).toBe(boxes.length);
  for (const { quantity, inForce } of parts) {
    expect(quantity).toBeGreaterThan(0);
    expect(total(inForce)).toBeLessThan(quantity + 1e-6);
  }
  const placed = events.filter(({ event }) => event.type === 'org.portolan.order.placed' && event.data.id === id);
  const order = state.orders.get(id);
  if (!order || order.quantity > 1e12 || placed.length !== 1 || parts.some(({ supply }) => supply !== undefined))
    return;
  expect(total(parts)).toBeLessThan(order.quantity + 1e-6);
  expect(total(parts) + restQuantity(state, order, { order: id, parts, rest, numbered: 0 })).toBeCloseTo(
    order.quantity,
  );
}

const total = (pieces: readonly { quantity: number }[]) => pieces.reduce((sum, { quantity }) => sum + quantity, 0);
