import { join } from 'node:path';
import { openEmbeddedLog } from './embedded/embedded-log.js';
import { openKafkaLog } from './kafka/kafka-log.js';
import type { EventLog } from './log.js';

/** Where a service's log is: Kafka, or embedded in a folder. */
export interface LogSettings {
  readonly log: 'embedded' | 'kafka';
  readonly kafkaBrokers: readonly string[];
  /** The folder of all data; the embedded log is in `log` below it. */
  readonly data: string;
}

export const openLog = ({ log, kafkaBrokers, data }: LogSettings): Promise<EventLog> =>
  log === 'kafka' ? openKafkaLog({ brokers: kafkaBrokers }) : openEmbeddedLog({ directory: join(data, 'log') });
