import { join } from 'node:path';
import {
  type Settings,
  createLogger,
  faultLine,
  loadConfig,
  startHttp,
  stopOnSignals,
  systemClock,
} from '@portolan/platform';
import { openEmbeddedLog, openKafkaLog } from '@portolan/streams';
import { IngestModule } from './ingest.module.js';

const openLog = ({ log, kafkaBrokers, data }: Settings) =>
  log === 'kafka' ? openKafkaLog({ brokers: kafkaBrokers }) : openEmbeddedLog({ directory: join(data, 'log') });

/** Ingest on its own: on Kafka, beside other processes. Settings from flags, environment and `portolan.yaml`. */
async function start(settings: Settings): Promise<void> {
  const logger = createLogger({ name: 'ingest', level: settings.logLevel });
  const { port, host, bodyLimit, cell } = settings;
  const log = await openLog(settings);
  const module = IngestModule.register({ log, clock: systemClock, cell, bodyLimit });
  const http = await startHttp(module, { port, host, bodyLimit, logger });
  stopOnSignals(async () => {
    await http.close();
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
