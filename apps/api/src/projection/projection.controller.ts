import { SpanKind } from '@opentelemetry/api';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { EventBatch, type LogRecord, belongingTo, contextsOf, inSpan, topics } from '@portolan/streams';
import { Projection } from './projection.js';

/** Planning steps as they come. */
@Controller()
export class ProjectionController {
  constructor(@Inject(Projection) private readonly projection: Projection) {}

  @EventBatch(topics.plans, { group: 'api', from: 'committed', maxBatch: 50 })
  onPlans(@Payload() batch: readonly LogRecord[]): Promise<void> {
    const { parent, links } = belongingTo(batch.flatMap(contextsOf));
    const attributes = { 'messaging.destination.name': topics.plans, 'messaging.batch.message_count': batch.length };
    const span = { kind: SpanKind.CONSUMER, links, attributes };
    return inSpan('project plans', span, () => this.projection.project(batch), parent);
  }
}
