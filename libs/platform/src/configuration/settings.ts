import { z } from 'zod';
import { BODY_LIMIT } from '../http/start-http.js';
import { logLevels } from '../logging/logger.js';

const number = (from: number, to: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: 'must be a whole number' })
    .pipe(
      z.int({ error: 'must be a whole number' }).min(from, `must be ${from} or more`).max(to, `must be ${to} or less`),
    );

const units: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  kB: 1e3,
  KiB: 1024,
  MB: 1e6,
  MiB: 1024 ** 2,
  GB: 1e9,
  GiB: 1024 ** 3,
};
const size = z
  .union([z.number(), z.string()])
  .transform((given, context) => {
    const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(String(given).trim()) ?? [];
    const bytes = Math.round(Number(digits) * (units[unit] ?? NaN));
    if (Number.isSafeInteger(bytes)) return bytes;
    context.addIssue({ code: 'custom', message: 'must be a number of bytes, or one with a unit, such as 10MiB' });
    return z.NEVER;
  })
  .pipe(
    z
      .int()
      .min(1024, 'must be 1 KiB or more')
      .max(1024 ** 3, 'must be 1 GiB or less'),
  );

const text = z.string({ error: 'must be text' }).trim().min(1, 'must not be empty');
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}` });

const hostPort = (example: string) =>
  z.string().regex(/^(?:\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}$/, `must be host:port, such as ${example}`);
const listOf = (each: z.ZodString) =>
  z
    .union([z.array(z.string()), z.string().transform((list) => list.split(',').map((part) => part.trim()))], {
      error: 'must be a list of host:port',
    })
    .pipe(z.array(each));
const brokers = listOf(hostPort('127.0.0.1:9092')).refine((list) => list.length > 0, 'must name one broker or more');

const redisUrl = z.url({ protocol: /^rediss?$/, error: 'must be a URL, such as redis://127.0.0.1:6379' });

/**
 * Every setting of every service, with its default. `logLevel` is `--log-level` on the command line, `PORTOLAN_LOG_LEVEL` in the
 * environment and `logLevel` in `portolan.yaml`.
 */
export const settings = z.strictObject({
  data: text.default('.portolan').meta({ description: 'Where the embedded log and store live' }),
  host: text.default('127.0.0.1').meta({ description: 'Address to listen on' }),
  port: number(0, 65535).default(8080).meta({ description: 'Port to listen on; 0: any free one' }),
  log: oneOf(['embedded', 'kafka']).default('embedded').meta({ description: 'Which log' }),
  kafkaBrokers: brokers
    .default(['127.0.0.1:9092'])
    .meta({ description: 'Brokers of Kafka, host:port, separated by commas' }),
  kafkaClient: oneOf(['kafkajs', 'platformatic'])
    .default('platformatic')
    .meta({ description: 'Library that speaks to Kafka' }),
  kafkaPartitions: number(1, 1000)
    .default(6)
    .meta({ description: 'Partitions of topics that are still to be made; keep it, keys would move' }),
  kafkaCompression: oneOf(['none', 'gzip', 'snappy', 'lz4', 'zstd'])
    .default('none')
    .meta({ description: 'How batches are compressed in Kafka; zstd needs Node 22.15' }),
  kafkaTls: oneOf(['off', 'on']).default('off').meta({ description: 'TLS to Kafka' }),
  kafkaCa: text
    .optional()
    .meta({ description: 'File of the authorities that Kafka is trusted by, PEM; none: the system’s' }),
  kafkaCertificate: text.optional().meta({ description: 'File of our certificate for Kafka, PEM' }),
  kafkaKey: text.optional().meta({ description: 'File of the key to that certificate, PEM' }),
  kafkaSasl: oneOf(['off', 'plain', 'scram-sha-256', 'scram-sha-512'])
    .default('off')
    .meta({ description: 'How to log in at Kafka' }),
  kafkaUsername: text.optional().meta({ description: 'User at Kafka' }),
  kafkaPassword: text
    .optional()
    .meta({ description: 'Its password; better in the environment than in a command line' }),
  kafkaInstance: text
    .optional()
    .meta({ description: 'Name of this process in its groups, for static membership; the client platformatic only' }),
  kafkaSession: number(6, 300).default(6).meta({
    description: 'Seconds of silence after which the partitions of a process go to others; brokers allow 6 and more',
  }),
  store: oneOf(['embedded', 'redis']).default('embedded').meta({ description: 'Which store' }),
  redisUrl: redisUrl.default('redis://127.0.0.1:6379').meta({ description: 'Where Redis is' }),
  cell: text
    .max(200, 'must have 200 characters or less')
    .default('default')
    .meta({ description: 'Planning cell of events that name none' }),
  mappings: text.optional().meta({ description: 'Folder of mapping files (*.yaml) by which tables are read' }),
  aisSources: listOf(hostPort('127.0.0.1:4001'))
    .default([])
    .meta({ description: 'AIS receivers and aggregators to read from over TCP, host:port, separated by commas' }),
  aisInterval: number(0, 3600).default(60).meta({
    description: 'Seconds after a position of a vessel within which others of a source are left out; 0: none',
  }),
  bodyLimit: size
    .default(BODY_LIMIT)
    .meta({ description: 'Most bytes of a request body, decompressed; units such as MiB are understood' }),
  planningSeconds: number(1, 3600)
    .default(60)
    .meta({ description: 'Seconds after which a plan that is not proven yet is published with its gap' }),
  planningMemory: number(64, 1_000_000)
    .default(4096)
    .meta({ description: 'Most MB that the plans of a process may take' }),
  snapshotEvents: number(1, 1_000_000_000)
    .default(5000)
    .meta({ description: 'Events of a partition after which the states of its cells are saved' }),
  snapshotMinutes: number(1, 100_000)
    .default(10)
    .meta({ description: 'Minutes after an event at which it is in the saved state, however few came' }),
  readyLag: number(0, 1_000_000_000).default(1000).meta({
    description: 'Records of a partition that a service may be behind the log and become ready',
  }),
  otlpEndpoint: z
    .url({ protocol: /^https?$/, error: 'must be a URL, such as http://127.0.0.1:4318' })
    .optional()
    .meta({
      description: 'Where traces go, as OTLP over HTTP; OTEL_EXPORTER_OTLP_ENDPOINT does the same. Default: nowhere',
    }),
  logLevel: oneOf(logLevels).default('info').meta({ description: 'Least grave lines that are logged' }),
});

export type Settings = Readonly<z.infer<typeof settings>>;
export type SettingName = keyof Settings;
export const settingNames = Object.keys(settings.shape) as SettingName[];

const words = (name: SettingName): string[] => name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
export const flagOf = (name: SettingName): string => `--${words(name).join('-')}`;
export const variableOf = (name: SettingName): string => `PORTOLAN_${words(name).join('_').toUpperCase()}`;
