import { planningHere } from '@portolan/cells';
import type { EventData, EventType, PortolanEvent } from '@portolan/domain';
import { type ReplayStep, entriesOf, replay } from '@portolan/replay';
import { LiveLog, untimed } from './testing/live-log.js';

const at = (hours: number) => new Date(Date.UTC(2026, 2, 2) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');

function event<T extends EventType>(hours: number, type: T, data: EventData<T>): PortolanEvent {
  const time = at(hours);
  const id = `${type}/${JSON.stringify(data).slice(0, 60)}`;
  const cell = { recordedtime: time, partitionkey: 'c' };
  return { specversion: '1.0', id, source: '/test', time, ...cell, type, data } as unknown as PortolanEvent;
}

/** Barges that cost the same: many plans are equally good. */
const barge = (id: string, departs: number, capacity: number) =>
  event(0, 'org.portolan.service.scheduled', {
    id,
    mode: 'barge',
    calls: [
      { location: 'QUAY', departs: at(departs) },
      { location: 'INLAND', arrives: at(departs + 10) },
    ],
    legs: [{ capacity, cost: 40, co2eKg: 5 }],
  });

const order = (hours: number, id: string, quantity: number) =>
  event(hours, 'org.portolan.order.placed', {
    id,
    from: 'QUAY',
    to: 'INLAND',
    quantity,
    available: at(hours),
    due: at(60),
    latePerUnitHour: 10,
  });

const batches: readonly (readonly PortolanEvent[])[] = [
  [
    event(0, 'org.portolan.parameters.changed', { unservedPenalty: 2000, autoAccept: ['book'] }),
    event(0, 'org.portolan.location.changed', { id: 'QUAY' }),
    event(0, 'org.portolan.location.changed', { id: 'INLAND' }),
    ...[1, 2, 3, 4, 5].map((each) => barge(`B${each}`, 20 + each, 6)),
  ],
  [order(1, 'A', 4), order(1, 'B', 5), order(1, 'C', 3)],
  [order(2, 'D', 4)],
  [event(3, 'org.portolan.capacity.changed', { service: 'B2', factor: 0.5 }), order(3, 'E', 2)],
  [event(4, 'org.portolan.service.cancelled', { service: 'B4' })],
  [order(5, 'F', 6)],
  [event(6, 'org.portolan.capacity.changed', { service: 'B1', capacity: 1 })],
];

describe('a replay of the log of an optimizer', () => {
  let live: LiveLog;
  beforeAll(async () => {
    live = await LiveLog.open(Infinity);
    for (const [index, events] of batches.entries()) {
      // Restarted in the middle, where the live plan is lost.
      if (index === 4) await live.takeOver();
      await live.tell(events);
    }
  });
  afterAll(() => live.dispose());

  const replayed = async (planners: number, detail: 'whole' | 'brief' = 'whole') => {
    const steps: ReplayStep[] = [];
    const options = { pace: { kind: 'as-planned' }, detail } as const;
    const made = Array.from({ length: planners }, planningHere);
    for await (const step of replay(entriesOf(live.log), { ...options, planners: made })) steps.push(step);
    return steps;
  };

  it('gives its planning steps, byte for byte but for the time they took, also across a restart', async () => {
    const steps = await replayed(1);
    expect(steps.map(({ publication }) => untimed(publication))).toEqual(await live.published());
    expect(steps.map(({ publication }) => publication.plan.statistics.warm).filter((warm) => !warm)).toHaveLength(2);
    expect(steps.length).toBeGreaterThan(batches.length);
  });

  it('gives the same bytes with two planners', async () => {
    const [one, two] = [await replayed(1), await replayed(2)];
    expect(JSON.stringify(two.map(({ publication }) => publication))).toBe(
      JSON.stringify(one.map(({ publication }) => publication)),
    );
  });

  it('makes the same plans and proposals when nobody asks for explanations', async () => {
    const [whole, brief] = [await replayed(1), await replayed(1, 'brief')];
    const made = (steps: readonly ReplayStep[]) =>
      steps.map(({ publication: { plan, recommendations } }) => [
        plan,
        recommendations.map(({ id, status }) => [id, status]),
      ]);
    expect(made(brief)).toEqual(made(whole));
    expect(brief.every(({ publication }) => publication.explanations?.length === 0)).toBe(true);
  });
});
