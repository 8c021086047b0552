import { setTimeout as pause } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { type BeforeApplicationShutdown, Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { Planner, PlanningCell } from '@portolan/cells';
import {
  type Fault,
  type PlanDocument,
  type PlanPublication,
  type PositionedEvent,
  type Recommendation,
  decisionEvent,
} from '@portolan/domain';
import { decodeEvent, encodeEvent } from '@portolan/formats';
import { LOGGER, type Logger, Metrics, type PlanFigures, notePassedOver } from '@portolan/platform';
import { Snapshots } from '@portolan/replay';
import {
  type BatchContext,
  EventBatch,
  type EventLog,
  type LogRecord,
  type PassedOver,
  TRIES,
  belongingTo,
  byKey,
  inSpan,
  isFaultOfProgram,
  isTooLarge,
  keepPassedOver,
  topics,
} from '@portolan/streams';
import { Causes } from './causes.js';
import { goingOn } from './going-on.js';
import { newerEvents } from './newer-events.js';
import { observedPlanner, timed } from './observed-planner.js';
import { OPTIMIZER_OPTIONS, type OptimizerOptions } from './options.js';
import { OwnedPartition } from './owned-partition.js';
import { Publications } from './publications.js';
import type { SavingPolicy } from './snapshots/saving.js';

/** Batches folded without a plan while more is waiting: back pressure, not silence. */
const MOST_UNPLANNED = 20;

const SAVING: SavingPolicy = { events: 5000, minutes: 10 };
/** Milliseconds that saving may take when the process is told to end. What is not saved is folded by the next one. */
const LAST_SAVING = 5000;

type Publication = PlanPublication<PlanDocument>;

/**
 * Events in, plans out. Each partition's cells begin with their snapshots and are folded from there; what was planned before this process began is
 * not planned again. Events are planned once per batch, and acceptances by policy are events like all others.
 */
@Controller()
export class OptimizerController implements BeforeApplicationShutdown {
  private readonly log: EventLog;
  private readonly publications: Publications;
  private readonly planner: Planner;
  private readonly snapshots: Snapshots;
  private readonly partitions = new Map<number, OwnedPartition>();
  private readonly causes = new WeakMap<PlanningCell, Causes>();
  /** Where cells were when they could not be planned. */
  private readonly givenUp = new WeakMap<PlanningCell, number>();
  private unplanned = 0;

  constructor(
    @Inject(OPTIMIZER_OPTIONS) private readonly options: OptimizerOptions,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {
    this.log = options.log;
    this.publications = new Publications(options.log);
    this.snapshots = new Snapshots(options.log);
    this.planner = observedPlanner(options.planner, metrics.planning);
  }

  @EventBatch(topics.events, { group: 'optimizer', from: 'beginning' })
  async onEvents(@Payload() batch: readonly LogRecord[], @Ctx() context: BatchContext): Promise<void> {
    const owned = await this.owned(batch[0]!.partition, context);
    for (const [name, records] of byKey(batch)) await this.absorb(await owned.cell(name, records[0]!), records);
    owned.saving.folded(batch);
    const next = Math.max(batch.at(-1)!.offset + 1, owned.start);
    context.goOnAt(next);
    const caughtUp = next >= context.end;
    if (caughtUp || ++this.unplanned >= MOST_UNPLANNED) await this.planAll(owned, context, caughtUp);
    this.saveWhenDue(owned, batch, context, caughtUp);
  }

  /** Saves what is not saved yet, so that whoever has the partitions next need not fold it. */
  async beforeApplicationShutdown(): Promise<void> {
    const over = new AbortController();
    const saved = [...this.partitions.values()].map((owned) => this.save(owned, over.signal));
    await Promise.race([Promise.all(saved), pause(LAST_SAVING, undefined, { ref: false })]);
    over.abort();
  }

  private async planAll(owned: OwnedPartition, context: BatchContext, caughtUp: boolean): Promise<void> {
    this.unplanned = 0;
    const cells = [...owned.cells.values()];
    for (const cell of cells)
      if (cell.behind && this.givenUp.get(cell) !== cell.position)
        await this.planOrGiveUp(cell, owned.partition, context);
    if (!caughtUp) return;
    for (const cell of cells) await cell.catchUp(context.signal);
    for (const cell of cells) await this.accept(cell);
  }

  private saveWhenDue(
    owned: OwnedPartition,
    batch: readonly LogRecord[],
    { signal }: BatchContext,
    caughtUp: boolean,
  ): void {
    const { saving = SAVING } = this.options;
    if (owned.saving.isDue(saving, batch.at(-1)!.timestamp, caughtUp)) void this.save(owned, signal);
  }

  /** Beside planning. A failure costs whoever has the partition next some time, and nothing else. */
  private async save(owned: OwnedPartition, signal: AbortSignal): Promise<void> {
    const { partition, cells, saving } = owned;
    const began = performance.now();
    try {
      if (!(await saving.save(cells.values(), signal))) return;
      const ms = Math.round(performance.now() - began);
      this.logger.info({ partition, cells: cells.size, ms }, 'snapshots saved');
    } catch (error) {
      this.logger.warn({ partition, err: error }, 'snapshots could not be saved');
    }
  }

  /** Begun anew with a partition; when it goes to another process, its cells are told of there. */
  private async owned(partition: number, { fresh, end, signal }: BatchContext): Promise<OwnedPartition> {
    const known = fresh ? undefined : this.partitions.get(partition);
    if (known) return known;
    const began = performance.now();
    const { log, planner, publications, snapshots } = this;
    const onKnown = (cell: string, newest: PlanPublication) =>
      this.metrics.planning.known(cell, figuresOf(newest as Publication));
    const owned = await OwnedPartition.gained(partition, end, { log, planner, publications, snapshots, onKnown });
    this.partitions.set(partition, owned);
    if (signal.aborted) this.lose(owned);
    signal.addEventListener('abort', () => this.lose(owned), { once: true });
    for (const fault of owned.faults)
      this.logger.warn({ partition, fault }, 'a snapshot does not count: events are folded from the first');
    const { cells, start } = owned;
    const ms = Math.round(performance.now() - began);
    this.logger.info({ partition, cells: cells.size, from: start, ms }, 'partition gained');
    return owned;
  }

  private lose(owned: OwnedPartition): void {
    if (this.partitions.get(owned.partition) !== owned) return;
    this.partitions.delete(owned.partition);
    for (const name of owned.cells.keys()) {
      this.metrics.planning.forget(name);
      this.planner.forget(name);
    }
  }

  private async absorb(cell: PlanningCell, records: readonly LogRecord[]): Promise<void> {
    const measured = this.metrics.planning.foldSeconds.startTimer({ cell: this.metrics.planning.labelOf(cell.name) });
    const news = records.filter(({ offset }) => offset > cell.position);
    const refused: PassedOver[] = [];
    const refuse = (record: LogRecord, reason: string) =>
      refused.push({ record, reader: 'optimizer', reason, tries: 1 });
    const events = news.flatMap((record) => eventIn(record, refuse));
    for (const { position, reason } of cell.absorb(events))
      refuse(
        news.find(({ offset }) => offset === position)!,
        `could not be folded: ${reason}`,
      );
    measured();
    await this.passOver(refused);
    if (!cell.behind) return;
    this.metrics.planning.behind(cell.name);
    this.causesOf(cell).add(news.filter(({ offset }) => !cell.isPlanned(offset)));
  }

  private async passOver(refused: readonly PassedOver[]): Promise<void> {
    await keepPassedOver(this.log, refused);
    for (const each of refused) notePassedOver(each, { logger: this.logger, metrics: this.metrics });
  }

  private causesOf(cell: PlanningCell): Causes {
    const causes = this.causes.get(cell) ?? new Causes();
    this.causes.set(cell, causes);
    return causes;
  }

  /**
   * A cell that cannot be planned, however often it is tried, or whose plan the log does not take, keeps the plan it has and must not hold up
   * the others; its next event is another chance.
   */
  private async planOrGiveUp(cell: PlanningCell, partition: number, context: BatchContext): Promise<void> {
    try {
      await this.planCell(cell, partition, context);
    } catch (error) {
      const maySucceed = context.attempt < TRIES || !isFaultOfProgram(error);
      if (maySucceed && !isTooLarge(error)) throw error;
      this.givenUp.set(cell, cell.position);
      this.metrics.planning.failures.inc({ cell: cell.name });
      this.logger.error({ cell: cell.name, ...this.told(cell), err: error }, 'a cell could not be planned');
    }
  }

  /** In the trace of the newest event that the plan will be the first to know, with links to those of the others. */
  private planCell(cell: PlanningCell, partition: number, context: BatchContext): Promise<void> {
    const { count, contexts } = this.causesOf(cell);
    const { parent, links } = belongingTo(contexts);
    const attributes = { 'portolan.cell': cell.name, 'portolan.events': count };
    const span = { kind: SpanKind.CONSUMER, links, attributes };
    return inSpan('planning step', span, () => this.planned(cell, partition, context), parent);
  }

  private async planned(cell: PlanningCell, partition: number, context: BatchContext): Promise<void> {
    const measured = this.metrics.planning.stepSeconds.startTimer({ cell: this.metrics.planning.labelOf(cell.name) });
    const publication = await this.step(cell, partition, context);
    this.noteRebuilt(cell);
    if (!publication || context.signal.aborted) return void measured({ outcome: 'superseded' });
    await timed(this.metrics.planning, cell.name, 'publish', () => this.publications.append(publication));
    cell.published(publication);
    measured({ outcome: 'published' });
    if (cell.stopped) await this.log.append(topics.events, [encodeEvent(goingOn(publication))]);
    this.notePlanned(cell, publication);
  }

  /** Newer events end a step that takes long: its plan would be old when it comes. */
  private async step(cell: PlanningCell, partition: number, context: BatchContext) {
    const over = new AbortController();
    const signal = cell.patient
      ? newerEvents(this.log, partition, context, over.signal, this.options.undisturbed)
      : context.signal;
    const publication = await cell.step(signal).finally(() => over.abort());
    if (!publication && !context.signal.aborted)
      this.logger.info({ cell: cell.name, ...this.told(cell) }, 'planning begins anew with newer events');
    return publication;
  }

  private notePlanned(cell: PlanningCell, publication: Publication): void {
    const { version, position, now, plan, recommendations } = publication;
    const { objective, status, statistics } = plan;
    this.metrics.planning.published(cell.name, figuresOf(publication));
    const label = this.metrics.planning.labelOf(cell.name);
    for (const { kind, status: became } of recommendations)
      this.metrics.planning.recommendations.inc({ cell: label, kind, status: became });
    this.logger.info(
      {
        cell: cell.name,
        version,
        now,
        position,
        ...this.told(cell),
        status,
        total: Math.round(objective.total),
        gap: plan.certificate.gap,
        recommendations: recommendations.length,
        ...(cell.stopped && { stopped: true }),
        ms: Math.round(statistics.milliseconds),
      },
      `plan ${version}`,
    );
    this.causes.delete(cell);
  }

  /** How many events a step takes into account for the first time, and which ones came last. */
  private told(cell: PlanningCell) {
    const { count, ids } = this.causesOf(cell);
    return { events: count, newest: ids };
  }

  private noteRebuilt(cell: PlanningCell): void {
    const { name, rebuilt } = cell;
    if (rebuilt === undefined) return;
    this.logger.warn({ cell: name, ...this.told(cell), reason: rebuilt }, 'a plan was computed from scratch');
  }

  /** Carries out what a written-down policy accepts; sent twice, it is one event. */
  private async accept(cell: PlanningCell): Promise<void> {
    const events = cell.acceptable.map((recommendation: Recommendation) =>
      decisionEvent(recommendation, {
        decision: 'accept',
        by: 'policy',
        policy: `autoAccept: ${recommendation.kind}`,
        at: cell.now,
      }),
    );
    if (events.length === 0) return;
    // The first answer to a recommendation counts, a person's or the policy's: the api appends under the same id.
    const records = events.map((event) => ({ ...encodeEvent(event), dedupe: `decision/${event.data.recommendation}` }));
    await this.log.append(topics.events, records);
  }
}

/** Who writes to the log beside ingest may make mistakes; they must not stop the others' events. */
function eventIn(record: LogRecord, refuse: (record: LogRecord, reason: string) => void): PositionedEvent[] {
  const decoded = decodeEvent(record);
  if (decoded.ok) return [{ event: decoded.value, position: record.offset }];
  const [{ pointer, message }] = decoded.faults as [Fault];
  refuse(record, `is not an event: ${pointer || '/'} ${message}`);
  return [];
}

const figuresOf = ({ version, plan, unplanned }: Publication): PlanFigures => ({
  version,
  objective: plan.objective.total,
  gap: plan.certificate.gap,
  unserved: new Set(plan.unserved.map(({ demand }) => demand)).size,
  unplanned: unplanned.length,
});
