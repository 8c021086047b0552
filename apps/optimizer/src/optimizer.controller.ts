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
import { LOGGER, type Logger, Metrics } from '@portolan/platform';
import { type BatchContext, EventBatch, type EventLog, type LogRecord, topics } from '@portolan/streams';
import { PlanningCell } from './cell.js';
import { goingOn } from './going-on.js';
import { newerEvents } from './newer-events.js';
import { OPTIMIZER_OPTIONS, type OptimizerOptions } from './options.js';
import { Publications } from './publications.js';

/** Batches folded without a plan while more is waiting: back pressure, not silence. */
const MOST_UNPLANNED = 20;

/**
 * Events in, plans out. Each partition's cells are folded from its first event; what was planned before this process began is
 * not planned again. Events are planned once per batch, and acceptances by policy are events like all others.
 */
@Controller()
export class OptimizerController {
  private readonly log: EventLog;
  private readonly publications: Publications;
  private readonly cells = new Map<number, Map<string, PlanningCell>>();
  private unplanned = 0;

  constructor(
    @Inject(OPTIMIZER_OPTIONS) private readonly options: OptimizerOptions,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {
    this.log = options.log;
    this.publications = new Publications(options.log);
  }

  @EventBatch(topics.events, { group: 'optimizer', from: 'beginning' })
  async onEvents(@Payload() batch: readonly LogRecord[], @Ctx() context: BatchContext): Promise<void> {
    const partition = batch[0]!.partition;
    if (context.fresh || !this.cells.has(partition)) this.cells.set(partition, new Map());
    const cells = this.cells.get(partition)!;
    for (const [name, events] of byCell(batch)) (await this.cell(cells, name)).absorb(events);
    const caughtUp = batch.at(-1)!.offset >= context.end - 1;
    if (!caughtUp && ++this.unplanned < MOST_UNPLANNED) return;
    this.unplanned = 0;
    for (const cell of cells.values()) if (cell.behind) await this.planCell(cell, partition, context);
    if (caughtUp) for (const cell of cells.values()) await this.accept(cell);
  }

  private async cell(cells: Map<string, PlanningCell>, name: string): Promise<PlanningCell> {
    const known = cells.get(name) ?? new PlanningCell(name, this.options.planner, await this.publications.newest(name));
    cells.set(name, known);
    return known;
  }

  private async planCell(cell: PlanningCell, partition: number, context: BatchContext): Promise<void> {
    const measured = this.metrics.planningSeconds.startTimer({ cell: cell.name });
    const publication = await this.step(cell, partition, context);
    measured();
    this.noteRebuilt(cell);
    if (!publication || context.signal.aborted) return;
    await this.publications.append(publication);
    cell.published(publication);
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
      this.logger.info({ cell: cell.name }, 'planning begins anew with newer events');
    return publication;
  }

  private notePlanned(cell: PlanningCell, publication: PlanPublication<PlanDocument>): void {
    const { version, position, now, plan, recommendations } = publication;
    const { objective, status, statistics } = plan;
    this.logger.info(
      {
        cell: cell.name,
        now,
        position,
        status,
        total: Math.round(objective.total),
        gap: plan.certificate.gap,
        recommendations: recommendations.length,
        ...(cell.stopped && { stopped: true }),
        ms: Math.round(statistics.milliseconds),
      },
      `plan ${version}`,
    );
  }

  private noteRebuilt({ name, rebuilt }: PlanningCell): void {
    if (rebuilt === undefined) return;
    this.metrics.planRebuilds.inc({ cell: name });
    this.logger.warn({ cell: name, reason: rebuilt }, 'a plan was computed from scratch');
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

function byCell(batch: readonly LogRecord[]): Map<string, PositionedEvent[]> {
  const events = new Map<string, PositionedEvent[]>();
  for (const record of batch) {
    const decoded = decodeEvent(record);
    if (!decoded.ok) continue;
    events.set(record.key, [...(events.get(record.key) ?? []), { event: decoded.value, position: record.offset }]);
  }
  return events;
}
