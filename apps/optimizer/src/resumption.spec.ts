import { planningHere } from '@portolan/cells';
import type { PlanDocument, PlanPublication, PortolanEvent } from '@portolan/domain';
import { type Beginnings, type Entry, beginningsIn, entriesOf, lineIn, linesOf, replay } from '@portolan/replay';
import fc from 'fast-check';
import { LiveLog, untimed } from './testing/live-log.js';

type Publication = PlanPublication<PlanDocument>;

const at = (hours: number) => new Date(Date.UTC(2026, 2, 2) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');
const event = (hours: number, id: string, type: string, data: object) => {
  const attributes = { specversion: '1.0', id, source: '/test', time: at(hours), recordedtime: at(hours) };
  return { ...attributes, partitionkey: 'c', type: `org.portolan.${type}`, data } as unknown as PortolanEvent;
};

/** Barges that cost the same: many plans are equally good. */
const opening = [
  event(0, 'parameters', 'parameters.changed', { unservedPenalty: 2000, autoAccept: ['book'] }),
  ...['QUAY', 'HUB', 'INLAND'].map((id) => event(0, id, 'location.changed', { id })),
  ...[1, 2, 3, 4, 5, 6].map((each) =>
    event(0, `barge ${each}`, 'service.scheduled', {
      id: `B${each}`,
      mode: 'barge',
      calls: [
        { location: 'QUAY', departs: at(20 + each) },
        { location: 'HUB', arrives: at(26 + each), departs: at(30 + each) },
        { location: 'INLAND', arrives: at(36 + each) },
      ],
      legs: [
        { capacity: 6, cost: 20 },
        { capacity: 5, cost: 20 },
      ],
    }),
  ),
];

const happening = fc.record({
  kind: fc.constantFrom('order', 'order', 'capacity', 'cancel', 'takeOver'),
  which: fc.nat({ max: 9 }),
  much: fc.nat({ max: 8 }),
});

function told({ kind, which, much }: { kind: string; which: number; much: number }, hours: number): PortolanEvent {
  const id = `${kind} ${hours}`;
  if (kind === 'capacity')
    return event(hours, id, 'capacity.changed', { service: `B${1 + (which % 6)}`, factor: much / 8 });
  if (kind === 'cancel') return event(hours, id, 'order.cancelled', { order: `O${which}`, reason: 'changed' });
  return event(hours, id, 'order.placed', {
    id: `O${which}`,
    from: 'QUAY',
    to: which % 3 === 0 ? 'HUB' : 'INLAND',
    quantity: 1 + much,
    available: at(1),
    due: at(60),
    latePerUnitHour: 10,
  });
}

async function replayed({ log }: LiveLog, beginnings?: Beginnings): Promise<Publication[]> {
  const found: Publication[] = [];
  const options = { pace: { kind: 'as-planned' }, planners: [planningHere()], beginnings: beginnings?.cells } as const;
  const steps = replay(entriesOf(log, undefined, beginnings), options);
  for await (const { publication } of steps) found.push(publication);
  return found;
}

describe('a live plan that was saved, or taken over by another process,', () => {
  it('is replayed to the byte, from the first event and from its newest snapshot, whatever happened', async () => {
    let [resumed, left] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 4, maxLength: 16 }),
        fc.integer({ min: 1, max: 9 }),
        async (log, saving) => {
          const live = await LiveLog.open(saving);
          try {
            await live.tell(opening);
            for (const [index, each] of log.entries())
              if (each.kind === 'takeOver') await live.takeOver();
              else await live.tell([told(each, 1 + index / 4)]);
            const found = await replayed(live);
            const published = await live.published();
            expect(found.map(untimed)).toEqual(published);
            resumed += found.filter((each) => each.resumed).length;
            const beginnings = await beginningsIn(live.log);
            const tail = await replayed(live, beginnings);
            const behind = found.filter(
              ({ position }) => position > (beginnings.cells.get('c')?.memory.plannedAt ?? -1),
            );
            expect(tail.map(untimed)).toEqual(behind.map(untimed));
            left += found.length - tail.length;
          } finally {
            await live.dispose();
          }
        },
      ),
      { numRuns: 15 },
    );
    expect(Math.min(resumed, left)).toBeGreaterThan(15);
  }, 60_000);

  it('is in the lines of an export, which say what a replay of them needs to know', async () => {
    const live = await LiveLog.open(2);
    try {
      await live.tell(opening);
      for (let order = 0; order < 6; order++) {
        await live.tell([told({ kind: 'order', which: order, much: order }, 1 + order)]);
        if (order % 3 === 2) await live.takeOver();
      }
      const entries: Entry[] = [];
      for await (const part of entriesOf(live.log)) entries.push(...part);
      const said = entries.map((entry) => [...linesOf(entry)].map((line) => lineIn(line, 0)));
      expect(entries.some(({ kept }) => kept !== undefined)).toBe(true);
      expect(
        said.map(([first, second]) => ({
          ...(first as { entry: object }).entry,
          ...(second as { step: object } | undefined)?.step,
        })),
      ).toEqual(entries.map(({ event, ...entry }) => ({ event: expect.objectContaining(event), ...entry })));
    } finally {
      await live.dispose();
    }
  });
});
