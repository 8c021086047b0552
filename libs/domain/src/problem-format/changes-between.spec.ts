import { changesBetween } from './changes-between.js';
import { parseChanges } from './changes.js';
import type { ProblemDocument } from './document.js';

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;
const base: ProblemDocument = {
  format: 'portolan.problem/1',
  locations: [{ id: 'A' }, { id: 'B' }],
  services: [
    { id: 'BARGE', legs: [{ id: '1', from: 'A', to: 'B', departs: at(1), arrives: at(5), capacity: 4 }] },
    { id: 'TRUCK', onDemand: { from: 'A', to: 'B', duration: 'PT2H' } },
  ],
  demands: [{ id: 'D', from: 'A', to: 'B', quantity: 3, available: at(0) }],
  current: [{ demand: 'D', itinerary: [{ service: 'TRUCK' }], quantity: 3 }],
};

describe('changes between two problems', () => {
  it('are none where they are equal', () => {
    expect(changesBetween(base, structuredClone(base))).toEqual([]);
  });

  it('put what is new or other, and remove what is gone', () => {
    const after = structuredClone(base);
    after.services = [after.services[0]!];
    after.services[0]!.legs![0]!.capacity = 9;
    after.demands = [{ ...after.demands[0]!, id: 'E' }];
    after.current = [{ demand: 'E', itinerary: [{ service: 'BARGE', leg: '1' }], quantity: 1 }];
    expect(changesBetween(base, after)).toEqual([
      { change: 'service', service: after.services[0] },
      { change: 'demand', demand: after.demands[0] },
      { change: 'demand-removed', id: 'D' },
      { change: 'service-removed', id: 'TRUCK' },
      { change: 'current', demand: 'E', current: [{ itinerary: [{ service: 'BARGE', leg: '1' }], quantity: 1 }] },
    ]);
  });

  it('set parameters that are left out to their defaults', () => {
    const before = { ...base, parameters: { maxLegs: 3, co2PricePerTonne: 90 } };
    expect(changesBetween(before, { ...base, parameters: { maxLegs: 3 } })).toEqual([
      { change: 'parameters', parameters: { co2PricePerTonne: 0, changePenaltyPerUnit: 0, maxLegs: 3 } },
    ]);
  });
});

describe('changes from JSON', () => {
  it('name the entry and the field that is wrong', () => {
    const parsed = parseChanges([
      { change: 'demand-removed', id: 'D' },
      { change: 'leg', service: 'B', capacity: -1 },
    ]);
    expect(parsed.ok ? [] : parsed.errors).toMatchObject([
      { pointer: '/1/capacity', value: -1, message: expect.stringContaining('negative') },
    ]);
  });

  it('say which kinds there are when the kind is unknown', () => {
    const parsed = parseChanges({ change: 'vessel' });
    expect(parsed.ok ? [] : parsed.errors[0]!.pointer).toBe('/0/change');
  });
});
