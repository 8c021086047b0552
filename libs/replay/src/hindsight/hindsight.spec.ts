import { planningHere } from '@portolan/cells';
import type { PortolanEvent } from '@portolan/domain';
import type { Entry } from '../log/entry.js';
import { type Base, baseOf } from '../scenario/base.js';
import { hindsight } from './hindsight.js';
import { at, event } from '../testing/events.js';

const barge = (id: string, departs: number, cost: number) =>
  event(0, 'service.scheduled', {
    id,
    mode: 'barge',
    calls: [
      { location: 'QUAY', departs: at(departs) },
      { location: 'INLAND', arrives: at(departs + 10) },
    ],
    legs: [{ capacity: 10, cost }],
  });

const call = (hour: number, moment: string, classifier: string, when: number, location: string) =>
  event(hour, 'transport.called', {
    transport: { service: 'EARLY' },
    call: moment,
    classifier,
    at: at(when),
    place: { location },
  });

/** The cheaper barge is booked; it leaves, and is a day late. */
const story = [
  event(0, 'parameters.changed', { unservedPenalty: 2000 }),
  event(0, 'location.changed', { id: 'QUAY' }),
  event(0, 'location.changed', { id: 'INLAND' }),
  barge('EARLY', 20, 40),
  barge('LATE', 26, 50),
  event(1, 'order.placed', {
    id: 'A',
    from: 'QUAY',
    to: 'INLAND',
    quantity: 4,
    available: at(1),
    due: at(40),
    latePerUnitHour: 10,
  }),
  event(2, 'decision.made', {
    recommendation: 'rec-1',
    decision: 'accept',
    by: 'ada',
    at: at(2),
    proposal: {
      kind: 'book',
      saving: 7840,
      causes: [],
      shipments: [{ shipment: 'A', assignments: [{ quantity: 4, itinerary: [{ service: 'EARLY', leg: '1' }] }] }],
    },
  }),
  call(20, 'departure', 'actual', 20, 'QUAY'),
  call(22, 'arrival', 'estimated', 54, 'INLAND'),
];

async function* logOf(events: readonly PortolanEvent[]): AsyncGenerator<readonly Entry[]> {
  yield events.map((each, position) => ({ event: each, position }));
}

const lookedBack = async (events: readonly PortolanEvent[], recommendations = 10) =>
  hindsight({
    base: (await baseOf(logOf(events), {})) as Base,
    pace: { kind: 'moments' },
    raw: false,
    signal: new AbortController().signal,
    planner: planningHere(),
    recommendations,
  });

describe('hindsight', () => {
  it('tells what not knowing has cost: somebody who knew of the delay would have taken the later barge', async () => {
    const { realised, perfect, regret, orders } = await lookedBack(story);
    expect([realised.cost.total, perfect.cost.total]).toEqual([4 * 40 + 4 * 14 * 10, 4 * 50]);
    expect(regret).toBe(520);
    expect(orders).toEqual([{ order: 'A', realised: 720, perfect: 200, regret: 520 }]);
  });

  it('tells what an accepted recommendation promised, and what it was worth', async () => {
    const { recommendations } = await lookedBack(story);
    expect(recommendations).toEqual([
      {
        recommendation: 'rec-1',
        kind: 'book',
        shipments: ['A'],
        acceptedAt: at(2),
        by: 'ada',
        promised: 7840,
        worth: -520,
      },
    ]);
    const punctual = await lookedBack(story.slice(0, -1));
    expect(punctual.regret).toBe(0);
    expect(punctual.recommendations[0]!.worth).toBe(40);
    expect((await lookedBack(story, 0)).recommendations).toEqual([]);
  });
});
