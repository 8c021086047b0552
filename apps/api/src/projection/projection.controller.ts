import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { EventBatch, type LogRecord, topics } from '@portolan/streams';
import { Projection } from './projection.js';

/** Planning steps as they come. */
@Controller()
export class ProjectionController {
  constructor(@Inject(Projection) private readonly projection: Projection) {}

  @EventBatch(topics.plans, { group: 'api', from: 'committed', maxBatch: 50 })
  async onPlans(@Payload() batch: readonly LogRecord[]): Promise<void> {
    await this.projection.project(batch);
  }
}
