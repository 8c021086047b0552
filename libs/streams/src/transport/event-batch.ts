import { type ArgumentsHost, applyDecorators, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import type { SubscribeOptions } from '../log.js';

/** How a handler reads its topic, where that differs from the transport's own settings. */
export type EventBatchOptions = Partial<Pick<SubscribeOptions, 'group' | 'from' | 'maxBatch'>>;

/**
 * Marks a method of a controller as the handler of a topic: `(@Payload() batch: readonly LogRecord[], @Ctx() context: BatchContext)`.
 * It is `@EventPattern` with a filter, so that what the method throws reaches the log as it is and the batch comes again.
 */
export const EventBatch = (topic: string, options: EventBatchOptions = {}): MethodDecorator =>
  applyDecorators(EventPattern<string>(topic, options), UseFilters(OriginalErrorFilter));

/** Nest gives transports "Internal server error" for what a handler throws; this passes the original on. */
@Catch()
export class OriginalErrorFilter implements RpcExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}
