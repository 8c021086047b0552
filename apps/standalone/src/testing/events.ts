import { type Millis, formatInstant } from '@portolan/domain';

/** CloudEvents of a quay, a place inland and a barge between them, as of a moment. */
export function hinterland(from: Millis) {
  const at = (hours: number) => formatInstant(from + hours * 3_600_000);
  const event = (id: string, type: string, data: object) => ({
    specversion: '1.0',
    id,
    source: '/test',
    type: `org.portolan.${type}`,
    time: at(0),
    data,
  });
  const network = [
    event('parameters', 'parameters.changed', { unservedPenalty: 2000 }),
    event('quay', 'location.changed', { id: 'QUAY' }),
    event('inland', 'location.changed', { id: 'INLAND' }),
    event('barge', 'service.scheduled', {
      id: 'BARGE',
      mode: 'barge',
      calls: [
        { location: 'QUAY', departs: at(12) },
        { location: 'INLAND', arrives: at(24) },
      ],
      legs: [{ capacity: 20, cost: 40, co2eKg: 5 }],
    }),
  ];
  /** 4 units from the quay inland, for which the barge is right: 160 in all. */
  const order = (id: string) =>
    event(id, 'order.placed', { id, from: 'QUAY', to: 'INLAND', quantity: 4, available: at(1), due: at(28) });
  return { network, order };
}
