import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type PlanningCell, planningHere } from '@portolan/cells';
import { type PlanDocument, type PlanPublication, type PortolanEvent, toProblem } from '@portolan/domain';
import { decodeEvent, encodeEvent } from '@portolan/formats';
import { type Collaborators, OwnedPartition, Publications, Snapshots } from '@portolan/optimizer';
import { type EventLog, partitionOf, topics } from '@portolan/streams';

const BATCH = 500;

/** Milliseconds, unless it says otherwise. */
export interface Takeover {
  /** Without a snapshot: everything folded from the first event. */
  readonly folded: number;
  /** Bytes of the snapshot's text, before the log compresses it. */
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

/** What becomes of the live plan. */
export interface LiveTakeover {
  /** From nothing. */
  readonly cold: number;
  /** From the problem to the plan that knows the tail, by who took over and by who had the cell all the time. */
  readonly moved: number;
  readonly stayed: number;
  /** How much the plans differ in cost, relatively. */
  readonly difference: number;
}

/**
 * A cell's events, on a log that has no others, are folded by one owner of the partition, saved, and taken over by another one after the tail.
 * @param planning whether the cell is planned, too
 */
export async function takeover(
  log: EventLog,
  events: readonly PortolanEvent[],
  tail: readonly PortolanEvent[],
  planning: boolean,
): Promise<Takeover> {
  const cellName = events[0]!.partitionkey;
  const partition = partitionOf(cellName, (await log.ends(topics.events)).length);
  const [one, two] = [collaborators(log), collaborators(log)];
  await append(log, events);
  const owner = await OwnedPartition.gained(partition, 0, one);
  const folded = await timed(() => fold(log, owner, 0));
  const cell = owner.cells.get(cellName)!;
  const cold = planning ? (await timed(() => publish(one, cell))).ms : 0;
  const saved = await saving(owner);
  await append(log, tail);
  const foldedOn = await timed(() => fold(log, owner, events.length));
  const read = await timed(() => OwnedPartition.gained(partition, 0, two));
  const folding = await timed(() => fold(log, read.result, read.result.start));
  const moved = read.result.cells.get(cellName)!;
  const problem = await timed(async () => toProblem(moved.memory.state));
  return {
    folded: folded.ms + foldedOn.ms,
    size: await sizeOf(log),
    ...saved,
    read: read.ms,
    tailFolded: folding.ms,
    problem: problem.ms,
    ...(planning && { live: { cold, ...(await liveTakeover([one, cell], [two, moved])) } }),
  };
}

type Planning = readonly [Collaborators, PlanningCell];

async function liveTakeover(staying: Planning, moving: Planning): Promise<Omit<LiveTakeover, 'cold'>> {
  const moved = await timed(() => publish(...moving));
  const stayed = await timed(() => publish(...staying));
  const [a, b] = [moved, stayed].map(({ result }) => result.plan.objective.total) as [number, number];
  return { moved: moved.ms, stayed: stayed.ms, difference: Math.abs(a - b) / Math.max(1, Math.abs(b)) };
}

const collaborators = (log: EventLog): Collaborators => ({
  log,
  planner: planningHere(),
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

async function publish({ publications }: Collaborators, cell: PlanningCell): Promise<PlanPublication<PlanDocument>> {
  const publication = (await cell.step())!;
  await publications.append(publication);
  cell.published(publication);
  return publication;
}

async function append(log: EventLog, events: readonly PortolanEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += BATCH)
    await log.append(topics.events, events.slice(from, from + BATCH).map(encodeEvent));
}

/** Reads and folds the partition to its end, as the optimizer does. */
async function fold(log: EventLog, owned: OwnedPartition, from: number): Promise<void> {
  for (let next = from; ;) {
    const batch = await log.read(topics.events, owned.partition, next, BATCH);
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
