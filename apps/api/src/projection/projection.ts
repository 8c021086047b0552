import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PlanPublication } from '@portolan/domain';
import { HealthChecks, LOGGER, type Logger, Metrics, notePassedOver } from '@portolan/platform';
import { type LogRecord, isFaultOfProgram, keepPassedOver, topics } from '@portolan/streams';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import { type TracedStep, changeOf } from './change.js';
import { type CellProgress, type StoredTrace, cellKey, collections } from './documents.js';

/** Counts changes to the shape of the documents: a store of another shape is emptied and filled anew from the log. */
export const SHAPE = 3;

const BATCH = 50;
const [SHORTEST_PAUSE, LONGEST_PAUSE] = [100, 10_000];

/**
 * Planning steps into the store. Each write is fenced by the steps' place in `portolan.plans` and holds all steps up to there, so that
 * a step that comes twice changes nothing and one that was missed is read from the log first: an emptied store fills again.
 */
@Injectable()
export class Projection implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stop = new AbortController();
  private caughtUp = false;

  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(HealthChecks) private readonly health: HealthChecks,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** Catches up while the service already answers; it is not ready before. */
  onApplicationBootstrap(): void {
    this.health.register('projection', async () => (this.caughtUp ? undefined : 'is reading the plans of the log'));
    this.health.register('store', async () => void (await this.options.store.position('shape')));
    void this.catchUp();
  }

  onModuleDestroy(): void {
    this.stop.abort();
  }

  /** Consecutive records of one partition. */
  async project(batch: readonly LogRecord[]): Promise<void> {
    const { partition, offset } = batch[0]!;
    const next = await this.nextOf(partition);
    if (next < offset) await this.fill(partition, next, offset);
    await this.write(batch);
  }

  private async catchUp(): Promise<void> {
    for (let wait = SHORTEST_PAUSE; !this.stop.signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      try {
        const ends = await this.options.log.ends(topics.plans);
        await this.begin(ends);
        for (const [partition, end] of ends.entries()) await this.fill(partition, await this.nextOf(partition), end);
        this.caughtUp = true;
        return;
      } catch (error) {
        if (this.stop.signal.aborted) return;
        this.logger.warn({ err: error, again: `${wait} ms` }, 'the plans of the log could not be projected');
        await pause(wait, undefined, { signal: this.stop.signal }).catch(() => {});
      }
    }
  }

  /** Empties a store of another shape, and one that is ahead of the log: it was filled from a log that is no more. */
  private async begin(ends: readonly number[]): Promise<void> {
    const { store } = this.options;
    const nexts = await Promise.all(ends.map((_, partition) => this.nextOf(partition)));
    const shape = await store.position('shape');
    if (shape === SHAPE && nexts.every((next, partition) => next <= ends[partition]!)) return;
    this.logger.info({ shape, nexts, ends }, 'filling the store from the log');
    this.metrics.storeFills.inc();
    await store.clear();
    await store.apply({ scope: 'shape', position: SHAPE, puts: [], deletes: [] });
  }

  /** Reads and writes the steps from `next` up to `end`, which is left out. */
  private async fill(partition: number, next: number, end: number): Promise<void> {
    for (let from = next; from < end && !this.stop.signal.aborted;) {
      const read = await this.options.log.read(topics.plans, partition, from, Math.min(BATCH, end - from));
      if (read.length === 0) return;
      await this.write(read);
      from = read.at(-1)!.offset + 1;
    }
  }

  /** Who writes to the log beside the optimizer may make mistakes: what cannot be projected must not stop the others' plans. */
  private async write(batch: readonly LogRecord[]): Promise<void> {
    try {
      await this.writeAll(batch);
    } catch (error) {
      if (!isFaultOfProgram(error)) throw error;
      if (batch.length === 1) return this.passOver(batch[0]!, error);
      for (const record of batch) await this.write([record]);
    }
  }

  private async passOver(record: LogRecord, error: unknown): Promise<void> {
    const { partition, offset } = record;
    const reason = `could not be projected: ${(error as Error).message}`;
    const passed = { record, reader: 'api', reason, tries: 1 };
    await keepPassedOver(this.options.log, [passed]);
    notePassedOver(passed, { logger: this.logger, metrics: this.metrics });
    await this.options.store.apply({ scope: scopeOf(partition), position: offset, puts: [], deletes: [] });
  }

  private async writeAll(batch: readonly LogRecord[]): Promise<void> {
    const { partition, offset } = batch.at(-1)!;
    const steps = batch.map(stepOf);
    const change = changeOf(steps, await this.progressOf(steps));
    const outcome = await this.options.store.apply({ scope: scopeOf(partition), position: offset, ...change });
    for (const { cell, version, position } of steps)
      this.logger.debug({ cell, version, position, partition, offset, outcome }, `plan ${version} in the store`);
  }

  private async progressOf(steps: readonly PlanPublication[]): Promise<ReadonlyMap<string, CellProgress>> {
    const cells = [...new Set(steps.map(({ cell }) => cell))];
    const found = await Promise.all(
      cells.map((cell) => this.options.store.get<CellProgress>(collections.cells, cellKey(cell))),
    );
    return new Map(found.flatMap((stored) => (stored ? [[stored.document.cell, stored.document] as const] : [])));
  }

  private async nextOf(partition: number): Promise<number> {
    return ((await this.options.store.position(scopeOf(partition))) ?? -1) + 1;
  }
}

/** @throws Error when the record is no planning step */
function stepOf({ value, headers }: LogRecord): TracedStep {
  const step = JSON.parse(Buffer.from(value).toString('utf8')) as PlanPublication | null;
  if (!Array.isArray(step?.recommendations) || !Array.isArray(step.shipments)) throw new Error('it is not a plan');
  return { ...step, ...traceIn(headers) };
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** From the headers alone, so that the same log makes the same store whether this process takes traces or not. */
function traceIn({ traceparent, tracestate }: LogRecord['headers']): { readonly trace?: StoredTrace } {
  if (traceparent === undefined || !TRACEPARENT.test(traceparent)) return {};
  return { trace: { traceparent, ...(tracestate !== undefined && { tracestate }) } };
}

const scopeOf = (partition: number): string => `${topics.plans}/${partition}`;
