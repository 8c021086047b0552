const event = (type: string, data: unknown) =>
  JSON.stringify({
    specversion: '1.0',
    id: `${type}/1`,
    source: '/terminal',
    type: `org.portolan.${type}`,
    subject: 'S-1',
    time: '2026-03-02T07:00:00Z',
    datacontenttype: 'application/json',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data,
  });

const at = '2026-03-02T07:00:00Z';
const later = '2026-03-03T07:00:00Z';
const place = { location: 'BEANR-869', facility: 'K869', unlocode: 'BEANR', position: { lat: 51.2, lon: 4.3 } };
const document = { type: 'BKG', reference: 'AB1' };

/** One event a line: of each kind that somebody outside would send. */
export const cloudEventSamples: readonly string[] = [
  event('clock.ticked', { now: at }),
  event('order.placed', { id: 'O-1', from: 'A', to: 'B', quantity: 4, available: at, minShelfLife: 'P5D' }),
  event('lot.registered', { id: 'L-1', product: 'P', location: 'A', quantity: 4, available: at, expires: later }),
  event('location.closed', { closure: 'C-1', location: 'A', from: at, to: later, reason: 'strike' }),
  event('location.changed', { id: 'A', kind: 'depot', handling: { load: 1 }, handlingTime: { load: 'PT1H' } }),
  event('capacity.changed', { service: 'B-1', leg: '1', factor: 0.5 }),
  event('parameters.changed', { currency: 'EUR', maxLegs: 4, horizon: 'P14D', autoAccept: ['hold'] }),
  event('product.described', { id: 'P', shelfLife: 'P20D', setPoint: 13, q10: 2.5, tolerated: { min: 12, max: 15 } }),
  event('service.scheduled', {
    id: 'B-1',
    mode: 'barge',
    vessel: { imo: '9321483' },
    calls: [
      { location: 'A', departs: at },
      { location: 'B', arrives: later },
    ],
    legs: [{ capacity: 40, cost: 12 }],
  }),
  event('equipment.moved', { equipment: 'APZU4812090', move: 'gate-in', classifier: 'actual', at, place }),
  event('milestone.reached', { milestone: 'held', classifier: 'actual', at, document, references: [document] }),
  event('sensor.read', { equipment: 'APZU4812090', at, temperature: 13.5, probes: [13, 13.5], door: 'open' }),
  event('transport.called', { transport: { imo: '9321483' }, call: 'arrival', classifier: 'estimated', at, place }),
  event('event.retracted', { retracts: '/terminal#1' }),
];
