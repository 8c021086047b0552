import type { Planner, PlanningCell } from '@portolan/cells';
import type { Checkpoint, SavedCell, Snapshots } from '@portolan/replay';
import type { LogRecord } from '@portolan/streams';

/** When the cells of a partition are saved, whichever comes first. */
export interface SavingPolicy {
  /** Events of the partition since the last time. */
  readonly events: number;
  /** Minutes by the log's clock since the first of them. */
  readonly minutes: number;
}

/** Who folds a long history saves less often than who plans: it would do little else. */
const WHILE_BEHIND = 10;
const MINUTE = 60_000;

type Last = Checkpoint['last'];

/** Saves the cells of a partition now and then, beside planning. What changed since it was saved last is saved anew, and one checkpoint names all. */
export class Saving {
  /** Events that no checkpoint knows, and when the log took the first of them. */
  private events = 0;
  private since = Infinity;
  private next: number;
  private last: Last | undefined;
  private saved: ReadonlyMap<string, SavedCell>;
  private running: Promise<boolean> | undefined;

  /** @param before the checkpoint that the partition was restored from */
  constructor(
    private readonly partition: number,
    private readonly snapshots: Snapshots,
    private readonly planner: Planner,
    before?: Checkpoint,
  ) {
    this.next = before?.next ?? 0;
    this.last = before?.last;
    this.saved = new Map(before?.cells.map((saved) => [saved.cell, saved]));
  }

  /** Notes that a batch was folded. */
  folded(batch: readonly LogRecord[]): void {
    const news = batch.filter(({ offset }) => offset >= this.next);
    const [first, newest] = [news[0], news.at(-1)];
    if (!first || !newest) return;
    this.events += news.length;
    this.since = Math.min(this.since, first.timestamp);
    this.next = newest.offset + 1;
    this.last = { offset: newest.offset, id: newest.headers['ce_id'] ?? '' };
  }

  /** Is it time to save, when `now` is the log's? Not while the last time is not over. */
  isDue({ events, minutes }: SavingPolicy, now: number, caughtUp: boolean): boolean {
    const patience = caughtUp ? 1 : WHILE_BEHIND;
    return !this.running && (this.events >= events * patience || now - this.since >= minutes * MINUTE * patience);
  }

  /** Saves the cells as they are at this moment. False where there was nothing to do, or the partition was lost meanwhile. */
  save(cells: Iterable<PlanningCell>, signal: AbortSignal): Promise<boolean> {
    if (this.running || !this.last || this.events === 0) return this.running ?? Promise.resolve(false);
    const [events, since] = [this.events, this.since];
    [this.events, this.since] = [0, Infinity];
    this.running = this.saving([...cells], this.next, this.last, signal)
      .catch((error: unknown) => {
        this.events += events;
        this.since = Math.min(this.since, since);
        throw error;
      })
      .finally(() => (this.running = undefined));
    return this.running;
  }

  private async saving(cells: readonly PlanningCell[], end: number, last: Last, signal: AbortSignal): Promise<boolean> {
    // All are taken before anything is waited for: they go on meanwhile.
    const taken = cells.map((cell) => this.take(cell));
    const saved: SavedCell[] = [];
    let next = end;
    for (const { state, position, live, before } of taken) {
      if (signal.aborted) return false;
      const known = before?.position === state.position;
      const found = known ? before : await this.snapshots.save({ state, ...(await liveOf(live)) }, before);
      saved.push(found);
      if (position > found.position) next = Math.min(next, found.position + 1);
    }
    if (signal.aborted) return false;
    await this.snapshots.append({
      format: 'portolan.checkpoint/1',
      partition: this.partition,
      next,
      last,
      cells: saved,
    });
    this.saved = new Map(saved.map((each) => [each.cell, each]));
    return true;
  }

  private take(cell: PlanningCell) {
    const { name, position, settled: state, isSettled } = cell;
    const before = this.saved.get(name);
    const live = isSettled && before?.position !== state.position ? cell.save() : undefined;
    // Waited for later: until then it is nobody's failure.
    live?.catch(() => {});
    return { state, position, live, before };
  }
}

/** A live plan that cannot be had is left out: then the next process plans from nothing. */
async function liveOf(snapshot: Promise<Uint8Array | undefined> | undefined): Promise<{ live?: Uint8Array }> {
  const live = await snapshot?.catch(() => undefined);
  return live === undefined ? {} : { live };
}
