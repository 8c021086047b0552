import { SpanKind } from '@opentelemetry/api';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  type PlanDocument,
  type PlanPublication,
  type PositionedEvent,
  type Recommendation,
  decisionEvent,
} from '@portolan/domain';
import { decodeEvent, encodeEvent } from '@portolan/formats';
import { LOGGER, type Logger, Metrics, type PlanFigures } from '@portolan/platform';
import {
  type BatchContext,
  EventBatch,
  type EventLog,
  type LogRecord,
  belongingTo,
  inSpan,
  topics,
} from '@portolan/streams';
import { Causes } from './causes.js';
import { PlanningCell } from '@portolan/cells';
import { goingOn } from './going-on.js';
import { newerEvents } from './newer-events.js';
import { observedPlanner, timed } from './observed-planner.js';
import { OPTIMIZER_OPTIONS, type OptimizerOptions } from './options.js';
import type { Planner } from '@portolan/cells';
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
    for (const [name, records] of byCell(batch)) this.absorb(await this.cell(cells, name), records);
    const caughtUp = batch.at(-1)!.offset >= context.end - 1;
    if (!caughtUp && ++this.unplanned < MOST_UNPLANNED) return;
    this.unplanned = 0;
    for (const cell of cells.values()) if (cell.behind) await this.planCell(cell, partition, context);
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

  private absorb(cell: PlanningCell, records: readonly LogRecord[]): void {
    const measured = this.metrics.planning.foldSeconds.startTimer({ cell: cell.name });
    cell.absorb(records.flatMap((record) => this.eventIn(record)));
    measured();
    if (!cell.behind) return;
    this.metrics.planning.behind(cell.name);
    this.causesOf(cell).add(records.filter(({ offset }) => !cell.isPlanned(offset)));
  }

  /** Who writes to the log beside ingest may make mistakes; they must not stop the others' events. */
  private eventIn(record: LogRecord): PositionedEvent[] {
    const decoded = decodeEvent(record);
    if (decoded.ok) return [{ event: decoded.value, position: record.offset }];
    const { topic, partition, offset, key, headers } = record;
    const about = { topic, partition, offset, cell: key, event: headers['ce_id'], fault: decoded.faults[0] };
    this.logger.error(about, 'not an event: passed over');
    return [];
  }

  private causesOf(cell: PlanningCell): Causes {
    const causes = this.causes.get(cell) ?? new Causes();
    this.causes.set(cell, causes);
    return causes;
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
