import { PlanningCell } from '@portolan/cells';
import { type PlanDocument, type PlanPublication, type PortolanEvent, type State, parseEvent } from '@portolan/domain';
import { snapshotOf, snapshotPieces } from '@portolan/replay';
import fc from 'fast-check';
import { forgetful } from '../testing/planners.js';
import { type Happening, Story, kinds } from '../testing/story.js';

type Publication = PlanPublication<PlanDocument>;

async function step(cell: PlanningCell, event: PortolanEvent, position: number): Promise<Publication> {
  cell.absorb([{ event, position }]);
  const publication = (await cell.step())!;
  cell.published(publication);
  return publication;
}

const text = ({ plan: { statistics: _, ...plan }, ...publication }: Publication) =>
  JSON.stringify({ ...publication, plan });

const whole = (state: State) =>
  Buffer.concat([...snapshotPieces({ state }, 1 << 20)])
    .toString()
    .split('\n');

const happenings = fc.array(
  fc.tuple(fc.constantFrom(...kinds, 'order' as const), fc.nat({ max: 30 }), fc.nat({ max: 60 })),
  { minLength: 2, maxLength: 12 },
);

describe('for any events', () => {
  it('(they are valid)', async () => {
    const { events } = await undisturbed(kinds.map((kind, i) => [kind, i, i]));
    for (const event of events) expect(parseEvent(event)).toMatchObject({ ok: true });
  });

  it('a cell that begins with a snapshot publishes, byte by byte, what it would have without', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.nat({ max: 11 }), fc.integer({ min: 30, max: 3000 }), async (log, at, size) => {
        const cut = at % (log.length - 1);
        const { events, opening, publications, snapshots } = await undisturbed(log);
        const pieces = [...snapshotPieces(snapshots[cut]!, size)];
        const { state } = snapshotOf(pieces)!;
        const cell = new PlanningCell('test', forgetful(), publications[cut], state);
        for (let i = cut + 1; i < log.length; i++)
          expect(text(await step(cell, events[opening + i]!, opening + i))).toBe(text(publications[i]!));
        expect(whole(cell.settled)).toEqual(whole(snapshots.at(-1)!.state));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

/** A cell that is never stopped: what it publishes after each happening, and its snapshot then. */
async function undisturbed(log: readonly Happening[]) {
  const story = new Story();
  const opening = story.events.length;
  const cell = new PlanningCell('test', forgetful());
  cell.absorb(story.events.map((event, position) => ({ event, position })));
  const publications: Publication[] = [];
  const snapshots = [];
  for (const happening of log) {
    story.happen(happening, publications.at(-1));
    const position = story.events.length - 1;
    publications.push(await step(cell, story.events[position]!, position));
    snapshots.push({ state: cell.settled });
  }
  return { events: story.events, opening, publications, snapshots };
}
