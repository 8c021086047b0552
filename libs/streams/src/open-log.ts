import { join } from 'node:path';
import { openEmbeddedLog } from './embedded/embedded-log.js';
import { openKafkaLog } from './kafka/kafka-log.js';
import type { EventLog } from './log.js';
import { withTraces } from './tracing/with-traces.js';

/** Where a service's log is: Kafka, or embedded in a folder. */
export interface LogSettings {
  readonly log: 'embedded' | 'kafka';
  readonly kafkaBrokers: readonly string[];
  /** The folder of all data; the embedded log is in `log` below it. */
  readonly data: string;
}

/** Its records carry traces when these were turned on before. */
export const openLog = async (settings: LogSettings): Promise<EventLog> =>
  withTraces(await openBareLog(settings), settings.log);

const openBareLog = ({ log, kafkaBrokers, data }: LogSettings): Promise<EventLog> =>
  log === 'kafka' ? openKafkaLog({ brokers: kafkaBrokers }) : openEmbeddedLog({ directory: join(data, 'log') });
