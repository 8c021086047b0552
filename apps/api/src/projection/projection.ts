import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PlanPublication } from '@portolan/domain';
import { HealthChecks, LOGGER, type Logger, Metrics, ProblemError } from '@portolan/platform';
import { NOWHERE } from '@portolan/store';
import { type LogRecord, topics } from '@portolan/streams';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import { changeOf } from './change.js';
import { type CellProgress, cellKey, collections } from './documents.js';
import { History } from './history.js';
import { StoreWatch } from './store-watch.js';
import { type TracedStep, stepIn } from './traced-step.js';

/** Counts changes to the shape of the documents: a store of another shape is emptied and filled anew from the log. */
const SHAPE = 4;

/** How long a store remembers belongs to its shape: one that forgot more cannot be told from one that lost it. */
export const shapeOf = (historyDays: number): number => SHAPE * 100_000 + historyDays;

const BATCH = 50;
const [SHORTEST_PAUSE, LONGEST_PAUSE] = [100, 10_000];
const LOOK_MS = 1_000;

/**
 * Planning steps into the store. Each write holds all steps from the store's own position on, and is refused anywhere else: a step that comes
 * twice changes nothing, and one that was missed, or that the store has lost, is read from the log first. While the store lacks
 * something that was there, nobody is shown what is left of it.
 */
@Injectable()
export class Projection implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stop = new AbortController();
  private readonly watch: StoreWatch;
  private readonly history: History;
  private readonly shape: number;
  private caughtUp = false;
  private catchingUp: Promise<void> | undefined;

  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(HealthChecks) private readonly health: HealthChecks,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {
    const { store, historyDays } = options;
    this.shape = shapeOf(historyDays);
    this.watch = new StoreWatch(store, scopeOf, this.shape);
    this.history = new History(store, historyDays);
  }

  /** Catches up while the service already answers; it is not ready before. */
  onApplicationBootstrap(): void {
    this.health.register('projection', async () => (await this.fault()) ?? this.pending());
    this.health.register('store', async () => void (await this.watch.look()));
    this.catchingUp = this.catchUp(true);
    void this.keepLooking();
  }

  onModuleDestroy(): void {
    this.stop.abort();
  }

  /** Consecutive records of one partition. Throws while the store is not ours to write to; they come again then. */
  async project(batch: readonly LogRecord[]): Promise<void> {
    const { partition, offset } = batch[0]!;
    const last = batch.at(-1)!.offset;
    await this.catchingUp;
    await this.version();
    for (let at = NOWHERE; at < last;) {
      at = await this.fill(partition, offset);
      if (at < offset - 1)
        throw new Error(`The log gives nothing of ${scopeOf(partition)} between ${at} and ${offset}.`);
      if (at < last) at = await this.write(batch, at);
    }
  }

  /**
   * Changes when what is in the store does: what was made of it is as good as new while this stays.
   * @throws ProblemError `not-ready` while the store lacks something
   */
  async version(): Promise<string> {
    const { fault, positions } = await this.watch.look();
    if (fault === undefined) return positions.join();
    this.mend(fault);
    throw new ProblemError('not-ready', `At the moment ${fault}.`, { headers: { 'retry-after': '1' } });
  }

  /** What is being read from the store, when it is whole at this moment. Throws as `version` does, whatever the reading says. */
  async whole<T>(reading: Promise<T>): Promise<T> {
    const [version, read] = await Promise.allSettled([this.version(), reading]);
    if (version.status === 'rejected') throw version.reason;
    if (read.status === 'rejected') throw read.reason;
    return read.value;
  }

  private pending(): string | undefined {
    return this.caughtUp ? undefined : 'is reading the plans of the log';
  }

  private async fault(): Promise<string | undefined> {
    const { fault } = await this.watch.look();
    if (fault !== undefined) this.mend(fault);
    return fault;
  }

  /** Also when nobody asks for anything, and no new plan comes. */
  private async keepLooking(): Promise<void> {
    const { signal } = this.stop;
    for (;;) {
      await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      // A store that cannot be reached is told by readiness and by requests.
      await this.fault().catch(() => {});
    }
  }

  private mend(fault: string): void {
    if (this.catchingUp) return;
    this.logger.warn(fault);
    this.catchingUp = this.catchUp(false);
  }

  /** @param first at the start, when the store may be taken over from another version */
  private async catchUp(first: boolean): Promise<void> {
    this.caughtUp = false;
    for (let wait = SHORTEST_PAUSE; !this.stop.signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      try {
        await this.begin(first);
        const ends = await this.options.log.ends(topics.plans);
        for (const [partition, end] of ends.entries()) await this.fill(partition, end);
        await this.watch.filled();
        this.caughtUp = true;
        break;
      } catch (error) {
        if (this.stop.signal.aborted) break;
        this.logger.warn({ err: error, again: `${wait} ms` }, 'the plans of the log could not be projected');
        await pause(wait, undefined, { signal: this.stop.signal }).catch(() => {});
      }
    }
    this.catchingUp = undefined;
  }

  /** Empties a store of another shape, and one that is ahead of the log: it was filled from a log that is no more. */
  private async begin(first: boolean): Promise<void> {
    this.watch.expect((await this.options.log.ends(topics.plans)).length);
    const { shape, positions } = await this.watch.look();
    // Asked for after the positions, which another process may move on meanwhile.
    const ends = await this.options.log.ends(topics.plans);
    const isAhead = positions.some((position, partition) => position >= ends[partition]!);
    if (shape === this.shape && !isAhead) return;
    if (!first && shape !== NOWHERE) throw new Error('The store is used by another version, or from another log.');
    this.logger.info({ shape, positions, ends }, 'filling the store from the log');
    this.metrics.storeFills.inc();
    await this.watch.begin();
  }

  /** Reads and writes the steps from the store's position up to `end`, which is left out. Gives the position where it ends. */
  private async fill(partition: number, end: number): Promise<number> {
    let at = await this.positionOf(partition);
    while (at + 1 < end) {
      this.stop.signal.throwIfAborted();
      const read = await this.options.log.read(topics.plans, partition, at + 1, Math.min(BATCH, end - at - 1));
      if (read.length === 0) break;
      at = await this.write(read, at);
    }
    return at;
  }

  /** Writes consecutive steps to a store that is `at` a position. Gives the position where it is then, whoever wrote. */
  private async write(batch: readonly LogRecord[], at: number): Promise<number> {
    const { partition, offset } = batch.at(-1)!;
    const steps = batch.flatMap((record) => stepIn(record) ?? this.passOver(record));
    const { puts, deletes } = changeOf(steps, await this.progressOf(steps));
    const overdue = await this.history.overdue(steps, puts);
    const change = { scope: scopeOf(partition), position: offset, after: at, puts, deletes: [...deletes, ...overdue] };
    const outcome = await this.options.store.apply(change);
    for (const { cell, version, position } of steps)
      this.logger.debug({ cell, version, position, partition, offset, outcome }, `plan ${version} in the store`);
    if (outcome !== 'applied') return this.positionOf(partition);
    this.watch.note(partition, offset);
    return offset;
  }

  /** Who writes to the log beside the optimizer may make mistakes; they must not stop the others' plans. */
  private passOver({ partition, offset, key: cell }: LogRecord): readonly TracedStep[] {
    this.logger.error({ topic: topics.plans, partition, offset, cell }, 'not a plan: passed over');
    return [];
  }

  private async progressOf(steps: readonly PlanPublication[]): Promise<ReadonlyMap<string, CellProgress>> {
    const cells = [...new Set(steps.map(({ cell }) => cell))];
    const found = await this.options.store.getMany<CellProgress>(collections.cells, cells.map(cellKey));
    return new Map(
      found.flatMap((stored) => {
        const progress = stored?.document;
        return progress ? [[progress.cell, progress] as const] : [];
      }),
    );
  }

  private async positionOf(partition: number): Promise<number> {
    return (await this.options.store.positions([scopeOf(partition)]))[0]!;
  }
}

const scopeOf = (partition: number): string => `${topics.plans}/${partition}`;
