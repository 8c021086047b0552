import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Metrics } from '@portolan/platform';
import { type BatchContext, EventBatch, type LogRecord, topics } from '@portolan/streams';
import { Projection } from './projection.js';

const GROUP = 'api';

/** Planning steps as they come. */
@Controller()
export class ProjectionController {
  constructor(
    @Inject(Projection) private readonly projection: Projection,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @EventBatch(topics.plans, { group: GROUP, from: 'committed', maxBatch: 50 })
  async onPlans(@Payload() batch: readonly LogRecord[], @Ctx() { end }: BatchContext): Promise<void> {
    await this.projection.project(batch);
    const { topic, partition, offset } = batch.at(-1)!;
    this.metrics.lag.set({ group: GROUP, topic, partition }, end - 1 - offset);
  }
}
