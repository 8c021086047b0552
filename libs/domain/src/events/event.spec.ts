import { parseEvent } from './event.js';

const order = {
  specversion: '1.0',
  id: 'erp/ORDER-17@1',
  source: '/erp',
  type: 'org.portolan.order.placed',
  subject: 'ORDER-17',
  time: '2026-03-02T08:00:00+01:00',
  recordedtime: '2026-03-02T07:00:05Z',
  partitionkey: 'antwerp',
  data: { id: 'ORDER-17', from: 'BEANR-869', to: 'BELGG', quantity: 12, available: '2026-03-03T06:00:00Z' },
};

describe('an event', () => {
  it('is read from JSON', () => {
    const parsed = parseEvent(order);
    expect(parsed.ok && parsed.value.type).toBe('org.portolan.order.placed');
  });

  it('names everything that is wrong at once, with place and value', () => {
    const parsed = parseEvent({ ...order, time: 'yesterday', data: { ...order.data, quantity: -1, colour: 'red' } });
    expect(parsed.ok ? [] : parsed.faults.map(({ pointer, value }) => [pointer, value])).toEqual([
      ['/time', 'yesterday'],
      ['/data/quantity', -1],
      ['/data/colour', 'red'],
    ]);
  });

  it('of a transport run must have calls in order of time', () => {
    const parsed = parseEvent({
      ...order,
      type: 'org.portolan.service.scheduled',
      data: {
        id: 'BARGE-1',
        mode: 'barge',
        calls: [
          { location: 'BEANR-869', departs: '2026-03-03T06:00:00Z' },
          { location: 'BELGG', arrives: '2026-03-03T05:00:00Z' },
        ],
        legs: [{ capacity: 40 }],
      },
    });
    expect(parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer)).toEqual(['/data/calls/1/arrives']);
  });

  it.each([null, 7, 'text', [], {}, { type: 'valueOf' }, { type: '__proto__' }])(
    'is not %j, and that is a reason, not a crash',
    (json) => {
      expect(parseEvent(json).ok).toBe(false);
    },
  );
});
