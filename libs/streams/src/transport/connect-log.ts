import type { INestApplication } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { EventLog } from '../log.js';
import { EventLogTransport, type EventLogTransportOptions } from './event-log-transport.js';

/** Lets the `@EventBatch` methods of a running application read the log, beside what it serves otherwise. */
export async function connectLog(
  app: INestApplication,
  log: EventLog,
  options: EventLogTransportOptions,
): Promise<void> {
  app.connectMicroservice<MicroserviceOptions>({ strategy: new EventLogTransport(log, options) });
  await app.startAllMicroservices();
}
