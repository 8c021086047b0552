import { formatInstant } from '../time/instant.js';
import { toProblem } from '../planning/to-problem.js';
import type { Run } from './service.js';
import { foldBatch } from './fold.js';
import { emptyState } from './state.js';
import { Log, accept, march, network } from './testing/log.js';

const order = { id: 'O', from: 'A', to: 'C', quantity: 6, available: march('02T08:00') };
const times = (log: Log, service: string) =>
  (log.state.services.get(service) as Run).legs.map(({ departs, arrives }) => [
    formatInstant(departs).slice(8, 16),
    formatInstant(arrives).slice(8, 16),
  ]);
const call = (call: 'arrival' | 'departure', place: string, classifier: 'estimated' | 'actual', at: string) => ({
  transport: { service: 'BARGE-1' },
  call,
  classifier,
  at: march(at),
  place: { location: place },
});

describe('folding events', () => {
  it('gives a problem with a demand for every order', () => {
    const log = network().say('org.portolan.order.placed', order, { at: '02T09:00' });
    expect(toProblem(log.state).problem.demands).toEqual([
      { id: 'O', from: 'A', to: 'C', quantity: 6, available: march('02T09:00'), unservedPenalty: 1_000_000 },
    ]);
  });

  it('keeps the newest estimate when an older one arrives later', () => {
    const log = network()
      .say('org.portolan.transport.called', call('arrival', 'B', 'estimated', '03T20:00'), {
        at: '03T13:00',
        revisionof: 'x',
        revision: march('03T13:00'),
      })
      .say('org.portolan.transport.called', call('arrival', 'B', 'estimated', '03T16:00'), {
        at: '03T13:30',
        revisionof: 'x',
        revision: march('03T12:30'),
      });
    expect(times(log, 'BARGE-1')[0]).toEqual(['03T12:00', '03T20:00']);
  });

  it('leaves the state it starts from as it was', () => {
    const before = network().state;
    const bytes = JSON.stringify(toProblem(before).problem);
    const { events } = accept(network().say('org.portolan.order.placed', order), 'O', [
      { quantity: 6, itinerary: ['TRUCK-AL', 'TRUCK-LC'] },
    ]);
    foldBatch(before, events);
    expect(JSON.stringify(toProblem(before).problem)).toBe(bytes);
    expect(toProblem(emptyState('empty')).problem.demands).toEqual([]);
  });

  it('presumes goods on board once their barge has left, and plans them from there', () => {
    const log = network().say('org.portolan.order.placed', order);
    accept(log, 'O', [{ quantity: 6, itinerary: ['BARGE-1/1', 'BARGE-1/2', 'TRUCK-LC'] }]).tick('03T13:00');
    const { problem, demands } = toProblem(log.state);
    expect(problem.demands).toMatchObject([{ id: 'O/1', onBoard: { service: 'BARGE-1', leg: '1' }, quantity: 6 }]);
    expect(demands.get('O/1')!.inForce).toEqual([
      { quantity: 6, itinerary: [{ service: 'BARGE-1', leg: '2' }, { service: 'TRUCK-LC' }] },
    ]);
    expect(
      problem.services.find(({ id }) => id === 'BARGE-1')!.legs!.map(({ id, capacity }) => [id, capacity]),
    ).toEqual([
      ['1', 14],
      ['2', 20],
    ]);
  });
});
