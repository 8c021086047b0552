import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedLog } from './embedded/embedded-log.js';
import { LogError } from './error.js';
import { openKafkaLog } from './kafka/kafka-log.js';
import type { Compression } from './kafka/codecs.js';
import type { KafkaClientName, KafkaLogOptions, SaslOptions, TlsOptions } from './kafka/options.js';
import type { EventLog } from './log.js';
import { withTraces } from './tracing/with-traces.js';

/** Where a service's log is: Kafka, or embedded in a folder. */
export interface LogSettings {
  readonly log: 'embedded' | 'kafka';
  /** The folder of all data; the embedded log is in `log` below it. */
  readonly data: string;
  readonly kafkaBrokers: readonly string[];
  readonly kafkaClient?: KafkaClientName | undefined;
  readonly kafkaPartitions?: number | undefined;
  readonly kafkaCompression?: Compression | undefined;
  readonly kafkaTls?: 'off' | 'on' | undefined;
  /** Files, PEM. */
  readonly kafkaCa?: string | undefined;
  readonly kafkaCertificate?: string | undefined;
  readonly kafkaKey?: string | undefined;
  readonly kafkaSasl?: 'off' | SaslOptions['mechanism'] | undefined;
  readonly kafkaUsername?: string | undefined;
  readonly kafkaPassword?: string | undefined;
  readonly kafkaInstance?: string | undefined;
  /** Seconds. */
  readonly kafkaSession?: number | undefined;
}

/**
 * Its records carry traces when these were turned on before. Throws a `LogError` when the log is not there, or the settings do not go together.
 * @param onWarning told of what works, and somebody should look at; default: a process warning
 */
export const openLog = async (settings: LogSettings, onWarning?: (warning: string) => void): Promise<EventLog> =>
  withTraces(await openBareLog(settings, onWarning), settings.log);

const openBareLog = (settings: LogSettings, onWarning?: (warning: string) => void): Promise<EventLog> =>
  settings.log === 'kafka'
    ? openKafkaLog({ ...kafkaOptions(settings), ...(onWarning && { onWarning }) })
    : openEmbeddedLog({ directory: join(settings.data, 'log') });

/** The options of the Kafka log; its files are read. */
export const kafkaOptions = (settings: LogSettings): KafkaLogOptions => {
  const { kafkaBrokers, kafkaClient, kafkaPartitions, kafkaCompression, kafkaInstance, kafkaSession } = settings;
  const [tls, sasl] = [tlsOf(settings), saslOf(settings)];
  return {
    brokers: kafkaBrokers,
    ...(kafkaClient && { client: kafkaClient }),
    ...(kafkaPartitions && { partitions: kafkaPartitions }),
    ...(kafkaCompression && { compression: kafkaCompression }),
    ...(kafkaInstance && { instance: kafkaInstance }),
    ...(kafkaSession && { sessionMs: kafkaSession * 1000 }),
    ...(tls && { tls }),
    ...(sasl && { sasl }),
  };
};

const tlsOf = ({ kafkaTls, kafkaCa, kafkaCertificate, kafkaKey }: LogSettings): TlsOptions | undefined => {
  if (kafkaTls !== 'on') return undefined;
  if ((kafkaCertificate === undefined) !== (kafkaKey === undefined))
    throw refused('PORTOLAN_KAFKA_CERTIFICATE and PORTOLAN_KAFKA_KEY belong together; one of them is missing.');
  return {
    ...(kafkaCa !== undefined && { ca: contentOf(kafkaCa, 'PORTOLAN_KAFKA_CA') }),
    ...(kafkaCertificate !== undefined && { cert: contentOf(kafkaCertificate, 'PORTOLAN_KAFKA_CERTIFICATE') }),
    ...(kafkaKey !== undefined && { key: contentOf(kafkaKey, 'PORTOLAN_KAFKA_KEY') }),
  };
};

const saslOf = ({ kafkaSasl = 'off', kafkaUsername, kafkaPassword }: LogSettings): SaslOptions | undefined => {
  if (kafkaSasl === 'off') return undefined;
  if (kafkaUsername === undefined || kafkaPassword === undefined)
    throw refused(`PORTOLAN_KAFKA_SASL (${kafkaSasl}) needs PORTOLAN_KAFKA_USERNAME and PORTOLAN_KAFKA_PASSWORD.`);
  return { mechanism: kafkaSasl, username: kafkaUsername, password: kafkaPassword };
};

const contentOf = (file: string, variable: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw refused(`${variable} (${file}) cannot be read: ${(error as Error).message}.`, error);
  }
};

const refused = (message: string, cause?: unknown): LogError => new LogError('log-refused', message, false, { cause });
