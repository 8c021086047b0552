import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type PlanningCell, planningInThread } from '@portolan/cells';
import { type PortolanEvent, toProblem } from '@portolan/domain';
import { decodeEvent, encodeEvent } from '@portolan/formats';
import { type Collaborators, OwnedPartition, Publications } from '@portolan/optimizer';
import { Snapshots } from '@portolan/replay';
import { type EventLog, partitionOf, topics } from '@portolan/streams';

const BATCH = 500;
/** A log that is read without a group gives as much as it can at once. */
const READ = 5000;

/** Milliseconds, unless it says otherwise. */
export interface Takeover {
  /** Without a snapshot: everything folded from the first event. */
  readonly folded: number;
  /** Bytes of the snapshot, before the log compresses it. */
  readonly size: number;
  /** To save it, and for how long at most nothing else could happen meanwhile. */
  readonly saved: number;
  readonly pause: number;
  /** Until the snapshot is read, and the newest plan where there is one; then until the tail is folded; then until there is a problem to plan. */
  readonly read: number;
  readonly tailFolded: number;
  readonly problem: number;
  readonly live?: LiveTakeover;
}

/** The live plan, by who took it over and by who had the cell all the time. */
export interface LiveTakeover {
  /** From nothing. */
  readonly cold: number;
  /** The step that knows the tail; who took over waits in it until the live plan is back. */
  readonly moved: number;
  readonly stayed: number;
  /** The step after that, for one event more. */
  readonly movedOn: number;
  readonly stayedOn: number;
  /** How much the plans differ in cost, relatively, at most. */
  readonly difference: number;
}

export interface CellStory {
  readonly before: readonly PortolanEvent[];
  readonly tail: readonly PortolanEvent[];
  readonly next: PortolanEvent;
}

/**
 * A cell's events, on a log that has no others, are folded by one owner of the partition, saved, and taken over by another one after the tail.
 * @param planning whether the cell is planned, too
 */
export async function takeover(log: EventLog, { before, tail, next }: CellStory, planning: boolean): Promise<Takeover> {
  const name = next.partitionkey;
  const partition = partitionOf(name, (await log.ends(topics.events)).length);
  const [one, two] = [collaborators(log), collaborators(log)];
  try {
    await append(log, before);
    const owner = await OwnedPartition.gained(partition, 0, one);
    const folded = await timed(() => fold(log, owner, 0));
    const stayed = { owner, collaborators: one, cell: owner.cells.get(name)! };
    const cold = planning ? (await timed(() => step(stayed))).ms : 0;
    const saved = await saving(owner);
    await append(log, tail);
    const foldedOn = await timed(() => fold(log, owner, before.length));
    const read = await timed(() => OwnedPartition.gained(partition, 0, two));
    const moved = { owner: read.result, collaborators: two, cell: read.result.cells.get(name)! };
    const tailFolded = await timed(() => fold(log, moved.owner, moved.owner.start));
    const problem = await timed(async () => toProblem(moved.cell.memory.state));
    return {
      folded: folded.ms + foldedOn.ms,
      size: await sizeOf(log),
      ...saved,
      read: read.ms,
      tailFolded: tailFolded.ms,
      problem: problem.ms,
      ...(planning && { live: { cold, ...(await stepsOfBoth(log, moved, stayed, next)) } }),
    };
  } finally {
    await Promise.all([one, two].map(({ planner }) => planner.close()));
  }
}

interface Planning {
  readonly owner: OwnedPartition;
  readonly collaborators: Collaborators;
  readonly cell: PlanningCell;
}

async function stepsOfBoth(log: EventLog, moved: Planning, stayed: Planning, next: PortolanEvent) {
  const first = [await timed(() => step(moved)), await timed(() => step(stayed))] as const;
  await append(log, [next]);
  for (const { owner } of [moved, stayed])
    await fold(log, owner, (await log.ends(topics.events))[owner.partition]! - 1);
  const second = [await timed(() => step(moved)), await timed(() => step(stayed))] as const;
  return {
    moved: first[0].ms,
    stayed: first[1].ms,
    movedOn: second[0].ms,
    stayedOn: second[1].ms,
    difference: Math.max(...[first, second].map(([{ result: a }, { result: b }]) => Math.abs(a - b) / Math.max(1, b))),
  };
}

const worker = new URL('../../libs/cells/dist/planner.worker.js', import.meta.url);

const collaborators = (log: EventLog): Collaborators => ({
  log,
  planner: planningInThread({ script: worker, patience: 3_600_000 }),
  publications: new Publications(log),
  snapshots: new Snapshots(log),
  onKnown() {},
});

async function saving({ cells, saving }: OwnedPartition): Promise<Pick<Takeover, 'saved' | 'pause'>> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { ms } = await timed(() => saving.save(cells.values(), new AbortController().signal));
  delay.disable();
  return { saved: ms, pause: delay.max / 1e6 };
}

/** One step, published; gives what its plan costs. */
async function step({ collaborators: { publications }, cell }: Planning): Promise<number> {
  const publication = (await cell.step())!;
  await publications.append(publication);
  cell.published(publication);
  return publication.plan.objective.total;
}

async function append(log: EventLog, events: readonly PortolanEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += BATCH)
    await log.append(topics.events, events.slice(from, from + BATCH).map(encodeEvent));
}

/** Reads and folds the partition to its end, as the optimizer does. */
async function fold(log: EventLog, owned: OwnedPartition, from: number): Promise<void> {
  for (let next = from; ;) {
    const batch = await log.read(topics.events, owned.partition, next, READ);
    const [first] = batch;
    if (!first) return;
    const cell = await owned.cell(first.key, first);
    const events = batch.map((record) => {
      const decoded = decodeEvent(record);
      if (!decoded.ok) throw new Error(`not an event at ${record.offset}: ${decoded.faults[0]?.message}`);
      return { event: decoded.value, position: record.offset };
    });
    cell.absorb(events.filter(({ position }) => position > cell.position));
    owned.saving.folded(batch);
    next = batch.at(-1)!.offset + 1;
  }
}

async function sizeOf(log: EventLog): Promise<number> {
  let bytes = 0;
  for (const [partition, end] of (await log.ends(topics.snapshots)).entries())
    for (const { value } of await log.read(topics.snapshots, partition, 0, end)) bytes += value.byteLength;
  return bytes;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  globalThis.gc?.();
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}
