import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { PlanPublication } from '@portolan/domain';
import { EventBatch, type LogRecord, topics } from '@portolan/streams';
import { API_OPTIONS, type ApiOptions, collections } from './options.js';

/** The current plan of a cell, as the store keeps it. */
export type CurrentPlan = Pick<PlanPublication, 'version' | 'position' | 'now' | 'plan' | 'unplanned'>;

/** Projects planning steps into the store: each is one write, fenced by its place in the log, so that a repeated one changes nothing. */
@Controller()
export class ProjectionController {
  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  @EventBatch(topics.plans, { group: 'api', from: 'committed', maxBatch: 20 })
  async onPlans(@Payload() batch: readonly LogRecord[]): Promise<void> {
    for (const record of batch) await this.project(record);
  }

  private async project({ partition, offset, value }: LogRecord): Promise<void> {
    const publication = JSON.parse(Buffer.from(value).toString('utf8')) as PlanPublication;
    const { cell, recommendations, shipments, gone, version, position, now, plan, unplanned } = publication;
    const current: CurrentPlan = { version, position, now, plan, unplanned };
    await this.options.store.apply({
      scope: `plans/${partition}`,
      position: offset,
      puts: [
        ...recommendations.map((document) => ({ collection: collections.recommendations, id: document.id, document })),
        ...shipments.map((document) => ({ collection: collections.shipments, id: document.id, document })),
        { collection: collections.plans, id: cell, document: current },
      ],
      deletes: gone.map((id) => ({ collection: collections.shipments, id })),
    });
  }
}
