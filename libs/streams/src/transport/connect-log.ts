import type { INestApplication } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { EventLogTransport } from './event-log-transport.js';

/** Lets the `@EventBatch` methods of a running application read the log, beside what it serves otherwise. */
export async function connectLog(app: INestApplication, transport: EventLogTransport): Promise<void> {
  app.connectMicroservice<MicroserviceOptions>({ strategy: transport });
  await app.startAllMicroservices();
}
