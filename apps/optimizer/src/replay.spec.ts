import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planningHere } from '@portolan/cells';
import type { EventData, EventType, PlanDocument, PlanPublication, PortolanEvent } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { Metrics, createLogger } from '@portolan/platform';
import { type ReplayStep, entriesOf, replay } from '@portolan/replay';
import { type EventLog, openEmbeddedLog, topics } from '@portolan/streams';
import { OptimizerController } from './optimizer.controller.js';
import { readPublication } from './publications.js';

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
  let directory: string;
  let log: EventLog;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portolan-replayed-'));
    log = await openEmbeddedLog({ directory });
    let optimizer = started();
    for (const [index, events] of batches.entries()) {
      await log.append(topics.events, events.map(encodeEvent));
      // Restarted in the middle, where the live plan is lost.
      if (index === 4) optimizer = started();
      await catchUp(optimizer, index === 4);
    }
  });
  afterAll(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  const started = () =>
    new OptimizerController(
      { log, planner: planningHere() },
      createLogger({ level: 'silent', name: 'test' }),
      new Metrics(),
    );

  let handled = 0;
  /** Delivers what is in the log until the optimizer adds no decisions of its own. */
  async function catchUp(optimizer: OptimizerController, again: boolean): Promise<void> {
    if (again) handled = 0;
    for (let fresh = again; ; fresh = false) {
      const [end] = await log.ends(topics.events);
      if (handled === end) return;
      const batch = await log.read(topics.events, 0, handled, end! - handled);
      handled = end!;
      const goOnAt = (offset: number) => void (handled = offset);
      await optimizer.onEvents(batch, { fresh, attempt: 1, end: end!, signal: new AbortController().signal, goOnAt });
    }
  }

  const published = async () => {
    const [end] = await log.ends(topics.plans);
    const records = await log.read(topics.plans, 0, 0, end!);
    return records.map((record) => timeless(readPublication(record) as PlanPublication<PlanDocument>));
  };
  const timeless = (publication: PlanPublication<PlanDocument>) =>
    JSON.stringify(publication).replace(/"milliseconds":[\d.]+/, '"milliseconds":0');
  const replayed = async (planners: number, detail: 'whole' | 'brief' = 'whole') => {
    const steps: ReplayStep[] = [];
    const options = { pace: { kind: 'as-planned' }, detail } as const;
    const made = Array.from({ length: planners }, planningHere);
    for await (const step of replay(entriesOf(log), { ...options, planners: made })) steps.push(step);
    return steps;
  };

  it('gives its planning steps, byte for byte but for the time they took, also across a restart', async () => {
    const steps = await replayed(1);
    expect(steps.map(({ publication }) => JSON.stringify(publication))).toEqual(await published());
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
