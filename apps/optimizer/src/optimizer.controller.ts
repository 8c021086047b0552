import { SpanKind } from '@opentelemetry/api';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
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
import {
  type BatchContext,
  EventBatch,
  type EventLog,
  type LogRecord,
  type PassedOver,
  TRIES,
  belongingTo,
  inSpan,
  isFaultOfProgram,
  keepPassedOver,
  topics,
} from '@portolan/streams';
import { Causes } from './causes.js';
import { PlanningCell } from './cell.js';
import { goingOn } from './going-on.js';
import { newerEvents } from './newer-events.js';
import { observedPlanner, timed } from './observed-planner.js';
import { OPTIMIZER_OPTIONS, type OptimizerOptions } from './options.js';
import type { Planner } from './planner.js';
import { Publications } from './publications.js';

/** Batches folded without a plan while more is waiting: back pressure, not silence. */
const MOST_UNPLANNED = 20;

type Publication = PlanPublication<PlanDocument>;

/**
 * Events in, plans out. Each partition's cells are folded from its first event; what was planned before this process began is
 * not planned again. Events are planned once per batch, and acceptances by policy are events like all others.
 */
@Controller()
export class OptimizerController {
  private readonly log: EventLog;
  private readonly publications: Publications;
  private readonly planner: Planner;
  private readonly cells = new Map<number, Map<string, PlanningCell>>();
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
    this.planner = observedPlanner(options.planner, metrics.planning);
  }

  @EventBatch(topics.events, { group: 'optimizer', from: 'beginning' })
  async onEvents(@Payload() batch: readonly LogRecord[], @Ctx() context: BatchContext): Promise<void> {
    const partition = batch[0]!.partition;
    const cells = this.cellsOf(partition, context);
    for (const [name, records] of byCell(batch)) await this.absorb(await this.cell(cells, name), records);
    const caughtUp = batch.at(-1)!.offset >= context.end - 1;
    if (!caughtUp && ++this.unplanned < MOST_UNPLANNED) return;
    this.unplanned = 0;
    for (const cell of cells.values())
      if (cell.behind && this.givenUp.get(cell) !== cell.position) await this.planOrGiveUp(cell, partition, context);
    if (caughtUp) for (const cell of cells.values()) await this.accept(cell);
  }

  /** Begun anew with a partition; when it goes to another process, its cells are told of there. */
  private cellsOf(partition: number, { fresh, signal }: BatchContext): Map<string, PlanningCell> {
    const known = fresh ? undefined : this.cells.get(partition);
    if (known) return known;
    const cells = new Map<string, PlanningCell>();
    const forget = () => {
      if (this.cells.get(partition) === cells) for (const name of cells.keys()) this.metrics.planning.forget(name);
    };
    signal.addEventListener('abort', forget, { once: true });
    this.cells.set(partition, cells);
    return cells;
  }

  private async cell(cells: Map<string, PlanningCell>, name: string): Promise<PlanningCell> {
    const known = cells.get(name);
    if (known) return known;
    const newest = await this.publications.newest(name);
    const cell = new PlanningCell(name, this.planner, newest);
    cells.set(name, cell);
    if (newest) this.metrics.planning.known(name, figuresOf(newest as Publication));
    return cell;
  }

  private async absorb(cell: PlanningCell, records: readonly LogRecord[]): Promise<void> {
    const measured = this.metrics.planning.foldSeconds.startTimer({ cell: cell.name });
    const refused: PassedOver[] = [];
    const refuse = (record: LogRecord, reason: string) =>
      refused.push({ record, reader: 'optimizer', reason, tries: 1 });
    const events = records.flatMap((record) => eventIn(record, refuse));
    for (const { position, reason } of cell.absorb(events))
      refuse(
        records.find(({ offset }) => offset === position)!,
        `could not be folded: ${reason}`,
      );
    measured();
    await this.passOver(refused);
    if (!cell.behind) return;
    this.metrics.planning.behind(cell.name);
    this.causesOf(cell).add(records.filter(({ offset }) => !cell.isPlanned(offset)));
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
   * A cell that cannot be planned, however often it is tried, keeps the plan it has and must not hold up the others; its next event is
   * another chance.
   */
  private async planOrGiveUp(cell: PlanningCell, partition: number, context: BatchContext): Promise<void> {
    try {
      await this.planCell(cell, partition, context);
    } catch (error) {
      if (context.attempt < TRIES || !isFaultOfProgram(error)) throw error;
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
    const measured = this.metrics.planning.stepSeconds.startTimer({ cell: cell.name });
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
    for (const { kind, status: became } of recommendations)
      this.metrics.planning.recommendations.inc({ cell: cell.name, kind, status: became });
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

function byCell(batch: readonly LogRecord[]): Map<string, LogRecord[]> {
  const cells = new Map<string, LogRecord[]>();
  for (const record of batch) {
    const known = cells.get(record.key);
    if (known) known.push(record);
    else cells.set(record.key, [record]);
  }
  return cells;
}

const figuresOf = ({ version, plan, unplanned }: Publication): PlanFigures => ({
  version,
  objective: plan.objective.total,
  gap: plan.certificate.gap,
  unserved: new Set(plan.unserved.map(({ demand }) => demand)).size,
  unplanned: unplanned.length,
});
