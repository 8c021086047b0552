import { type CellMemory, memoryOf } from '@portolan/cells';
import { type EventLog, partitionOf, topics } from '@portolan/streams';
import { type Publication, Steps, publicationIn } from '../log/steps.js';
import type { CellSnapshot } from './cell-snapshot.js';
import { Snapshots } from './snapshots.js';

/** A cell as it was written down, to go on from. */
export interface Beginning {
  readonly memory: CellMemory;
  /** The live plan, where there was one; the next plan begins with nothing else. */
  readonly live?: Uint8Array;
  /** A later step of the live optimizer came back to it at this position. */
  readonly kept?: number;
}

/** Where a replay begins that need not fold a whole log. */
export interface Beginnings {
  readonly cells: ReadonlyMap<string, Beginning>;
  /** By partition of the events, the first that are not in all of its cells. */
  readonly next: readonly number[];
  /** What the live optimizer published behind them. */
  readonly steps: Steps;
  /** Why cells that were asked for have to be folded from their first event, though somebody saved them. */
  readonly faults: readonly string[];
}

const AT_ONCE = 16;

/** The newest snapshots of a log, or of one of its cells; cells that have none are not among them. */
export async function beginningsIn(log: EventLog, only?: string): Promise<Beginnings> {
  const snapshots = new Snapshots(log);
  const ends = await log.ends(topics.events);
  const restored = await Promise.all(ends.map((_, partition) => snapshots.restore(partition)));
  const all = restored.flatMap((each) => [...(each?.snapshots ?? [])]);
  const cells = new Map(only === undefined ? all : all.filter(([cell]) => cell === only));
  const isFound = only !== undefined && cells.has(only);
  const isWhole = restored.every((each, partition) => ends[partition] === 0 || each?.faults.length === 0);
  const publications = await publicationsSince(log, cells, isWhole || isFound);
  const steps = new Steps();
  for (const publication of publications) steps.note(publication);
  return {
    cells: new Map([...cells].map(([cell, snapshot]) => [cell, beginningOf(snapshot, publications, steps)])),
    next: restored.map((each) => each?.checkpoint.next ?? 0),
    steps,
    faults: isFound ? [] : restored.flatMap((each) => each?.faults ?? []),
  };
}

function beginningOf({ state, live }: CellSnapshot, publications: readonly Publication[], steps: Steps): Beginning {
  const { cell, position } = state;
  const previous = publications.findLast((each) => each.cell === cell && each.position <= position);
  const { kept } = steps.at(cell, position) ?? {};
  return { memory: memoryOf(state, previous), ...(live && { live }), ...(kept !== undefined && { kept }) };
}

/**
 * In the order of the log, at least the publications behind the snapshots, and the newest of each cell that its snapshot knows.
 * @param enough are there no other cells that have been planned before?
 */
async function publicationsSince(
  log: EventLog,
  cells: ReadonlyMap<string, CellSnapshot>,
  enough: boolean,
): Promise<Publication[]> {
  const found: Publication[] = [];
  const ends = await log.ends(topics.plans);
  for (const [partition, end] of ends.entries()) {
    const wanted = new Set([...cells.keys()].filter((cell) => partitionOf(cell, ends.length) === partition));
    let here: Publication[] = [];
    for (let to = end; to > 0 && !(enough && wanted.size === 0); to -= AT_ONCE) {
      const from = Math.max(0, to - AT_ONCE);
      const records = (await log.read(topics.plans, partition, from, to - from)).filter(({ offset }) => offset < to);
      const page = records.flatMap((record) => publicationIn(record) ?? []);
      for (const { cell, position } of page)
        if (position <= (cells.get(cell)?.state.position ?? -1)) wanted.delete(cell);
      here = [...page, ...here];
    }
    found.push(...here);
  }
  return found;
}
