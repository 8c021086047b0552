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

const redisUrl = z
  .url({ protocol: /^rediss?$/, error: 'must be a URL, such as redis://127.0.0.1:6379' })
  .refine((url) => /^\/?\d*$/.test(new URL(url).pathname), 'must end with the number of a database, if with anything');
const redisNodes = listOf(hostPort('127.0.0.1:6379')).default([]);
const redisPrefix = z
  .string({ error: 'must be text' })
  .regex(/^[\w.:-]{1,64}$/, 'must be 1 to 64 letters, digits, or . : _ -');

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
    .meta({ description: 'Its password; better in the environment than in a command line', secret: true }),
  kafkaInstance: text
    .optional()
    .meta({ description: 'Name of this process in its groups, for static membership; the client platformatic only' }),
  kafkaSession: number(6, 300).default(6).meta({
    description: 'Seconds of silence after which the partitions of a process go to others; brokers allow 6 and more',
  }),
  store: oneOf(['embedded', 'redis']).default('embedded').meta({ description: 'Which store' }),
  redisUrl: redisUrl
    .default('redis://127.0.0.1:6379')
    .meta({ description: 'Where Redis is; rediss: by TLS', secret: true }),
  redisSentinels: redisNodes.meta({
    description: 'Sentinels that know where Redis is, instead of the URL; host:port, separated by commas',
  }),
  redisPrimary: text.default('mymaster').meta({ description: 'Name that the Sentinels know the primary by' }),
  redisSentinelPassword: text.optional().meta({ description: 'Password of the Sentinels', secret: true }),
  redisCluster: redisNodes.meta({
    description: 'Some nodes of a Redis Cluster, instead of the URL; host:port, separated by commas',
  }),
  redisUsername: text.optional().meta({ description: 'User at Redis, before that of the URL' }),
  redisPassword: text
    .optional()
    .meta({ description: 'Its password; better in the environment than in a command line', secret: true }),
  redisTls: oneOf(['off', 'on'])
    .default('off')
    .meta({ description: 'TLS to Sentinels and to a cluster; to one server the URL says it' }),
  redisCa: text.optional().meta({ description: 'File of the authorities that Redis is trusted by, PEM' }),
  redisCertificate: text.optional().meta({ description: 'File of our certificate for Redis, PEM' }),
  redisKey: text.optional().meta({ description: 'File of the key to that certificate, PEM' }),
  redisPrefix: redisPrefix
    .default('portolan')
    .meta({ description: 'Begins the names of all keys; installations that share a Redis each have their own' }),
  cell: text
    .max(200, 'must have 200 characters or less')
    .default('default')
    .meta({ description: 'Planning cell of events that name none' }),
  historyDays: number(1, 36_500)
    .default(90)
    .meta({ description: 'Days that recommendations can be asked for after they were closed; the same for every api' }),
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

/** Does its value hold a password, so that it must not be shown? */
export const isSecret = (name: SettingName): boolean => settings.shape[name].meta()?.['secret'] === true;

const words = (name: SettingName): string[] => name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
export const flagOf = (name: SettingName): string => `--${words(name).join('-')}`;
export const variableOf = (name: SettingName): string => `PORTOLAN_${words(name).join('_').toUpperCase()}`;
