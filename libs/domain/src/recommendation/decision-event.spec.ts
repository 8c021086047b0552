import { parseEvent } from '../events/event.js';
import { decisionEvent } from './decision-event.js';
import type { Recommendation } from './recommendation.js';

const recommendation = {
  id: 'rec-1',
  cell: 'antwerp',
  kind: 'reroute',
  saving: { amount: 400, currency: 'EUR', hours: -8, co2eKg: 120 },
  causes: [{ id: 'late/1', type: 't', time: '2026-03-02T05:00:00Z', position: 8, summary: 'late' }],
  changes: [{ shipment: 'A', assignments: [{ quantity: 10, itinerary: [{ service: 'BARGE', leg: '1' }] }] }],
} as unknown as Recommendation;

describe('the answer to a recommendation', () => {
  it('is an event that carries what was decided', () => {
    const event = decisionEvent(recommendation, { decision: 'accept', by: 'planner', at: '2026-03-02T06:30:00Z' });
    const parsed = parseEvent(event);
    expect(parsed.ok && parsed.value).toEqual(event);
    expect(event.data.proposal).toEqual({
      kind: 'reroute',
      saving: 400,
      causes: ['late/1'],
      shipments: [{ shipment: 'A', assignments: recommendation.changes[0]!.assignments }],
    });
  });

  it('has the same id when it is given twice, and another for the contrary', () => {
    const at = '2026-03-02T06:30:00Z';
    const id = (decision: 'accept' | 'reject', by: string) => decisionEvent(recommendation, { decision, by, at }).id;
    expect(id('accept', 'a')).toBe(id('accept', 'b'));
    expect(id('accept', 'a')).not.toBe(id('reject', 'a'));
  });
});
