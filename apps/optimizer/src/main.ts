import { join } from 'node:path';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { type Settings, createLogger, faultLine, loadConfig, startHttp, stopOnSignals } from '@portolan/platform';
import { type DeliveryFailure, EventLogTransport, openEmbeddedLog, openKafkaLog } from '@portolan/streams';
import { OptimizerModule } from './optimizer.module.js';
import { WorkerPlanner } from './worker-planner.js';

const openLog = ({ log, kafkaBrokers, data }: Settings) =>
  log === 'kafka' ? openKafkaLog({ brokers: kafkaBrokers }) : openEmbeddedLog({ directory: join(data, 'log') });

/** The optimizer on its own: on Kafka, beside other processes; HTTP for health and metrics only. Settings from flags, environment and `portolan.yaml`. */
async function start(settings: Settings): Promise<void> {
  const logger = createLogger({ name: 'optimizer', level: settings.logLevel });
  const { port, host, bodyLimit } = settings;
  const planner = new WorkerPlanner();
  const log = await openLog(settings);
  const module = OptimizerModule.register({ log, planner });
  const http = await startHttp(module, { port, host, bodyLimit, logger });
  const onFailure = ({ error, attempt }: DeliveryFailure) =>
    logger.warn({ err: error, attempt }, 'a batch failed and comes again');
  const strategy = new EventLogTransport(log, { group: 'optimizer', from: 'beginning', onFailure });
  http.app.connectMicroservice<MicroserviceOptions>({ strategy });
  await http.app.startAllMicroservices();
  stopOnSignals(async () => {
    await http.close();
    await planner.close();
    await log.close();
  }, logger);
  logger.info({ url: http.url, log: settings.log }, 'up');
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
