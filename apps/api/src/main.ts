import { join } from 'node:path';
import type { MicroserviceOptions } from '@nestjs/microservices';
import {
  type Settings,
  createLogger,
  faultLine,
  loadConfig,
  startHttp,
  stopOnSignals,
  systemClock,
} from '@portolan/platform';
import { openEmbeddedReadModel, openRedisReadModel } from '@portolan/store';
import { type DeliveryFailure, EventLogTransport, openEmbeddedLog, openKafkaLog } from '@portolan/streams';
import { ApiModule } from './api.module.js';

const openLog = ({ log, kafkaBrokers, data }: Settings) =>
  log === 'kafka' ? openKafkaLog({ brokers: kafkaBrokers }) : openEmbeddedLog({ directory: join(data, 'log') });

const openStore = ({ store, redisUrl, data }: Settings) =>
  store === 'redis' ? openRedisReadModel({ url: redisUrl }) : openEmbeddedReadModel({ directory: join(data, 'store') });

/** The api on its own: on Kafka and Redis, beside other processes. Settings from flags, environment and `portolan.yaml`. */
async function start(settings: Settings): Promise<void> {
  const logger = createLogger({ name: 'api', level: settings.logLevel });
  const { port, host, bodyLimit, cell } = settings;
  const log = await openLog(settings);
  const store = await openStore(settings);
  const module = ApiModule.register({ log, store, clock: systemClock, cell });
  const http = await startHttp(module, { port, host, bodyLimit, logger });
  const onFailure = ({ error, attempt }: DeliveryFailure) =>
    logger.warn({ err: error, attempt }, 'a batch failed and comes again');
  const strategy = new EventLogTransport(log, { group: 'api', from: 'committed', onFailure });
  http.app.connectMicroservice<MicroserviceOptions>({ strategy });
  await http.app.startAllMicroservices();
  stopOnSignals(async () => {
    await http.close();
    await log.close();
    await store.close();
  }, logger);
  logger.info({ url: http.url, log: settings.log, store: settings.store }, 'up');
}

const config = loadConfig({ argv: process.argv.slice(2), env: process.env });
if (!config.ok) {
  process.stderr.write(
    `The configuration is not right:\n${config.faults.map((fault) => `  ${faultLine(fault)}\n`).join('')}`,
  );
  process.exit(2);
}
await start(config.settings).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(3);
});
