import kafkajs, {
  type Admin,
  type Broker,
  type Cluster,
  CompressionTypes,
  type IHeaders,
  Kafka,
  type KafkaMessage,
  type LogEntry,
  logLevel,
  PartitionAssigners,
  type SASLOptions,
} from 'kafkajs';
import type { BatchHandler, SubscribeOptions } from '../../log.js';
import { retrying } from '../../retrying.js';
import { Turns } from '../../turns.js';
import { Aborted } from '../aborted.js';
import type { Addressed, Bounds, Fetched, GroupMember, KafkaClient, NewTopic, Placed, Producing } from '../client.js';
import type { Compression } from '../codecs.js';
import { LIMIT } from '../large-records.js';
import { CONNECT_MS, type KafkaLogOptions, type KafkaNotice, REQUEST_MS, RETRY, sessionOf } from '../options.js';
import { HeaderReader, type OwnHeaders, type Stored } from '../records.js';
import { useCodecs } from './codecs.js';
import { failureOf } from './failure.js';
import { GroupReader } from './group-reader.js';

const READ_COMMITTED = 1;
const MOST_BYTES = 8 * 1024 * 1024;
const TRIES = 5;
const ALL_REPLICAS = -1;

export const kafkajsClient = (options: KafkaLogOptions): KafkaClient => {
  if (options.instance !== undefined)
    throw new RangeError(
      `instance (${options.instance}) needs the client platformatic: kafkajs has no static membership.`,
    );
  useCodecs();
  return new KafkajsClient(kafkaOf(options), options);
};

/** Exported for its test. */
export const kafkaOf = ({ brokers, clientId = 'portolan', tls, sasl, onNotice }: KafkaLogOptions): Kafka =>
  new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    retry: RETRY,
    ...(tls !== undefined && { ssl: tls }),
    ...(sasl && { sasl: sasl as SASLOptions }),
    logLevel: onNotice ? logLevel.INFO : logLevel.NOTHING,
    logCreator: () => (entry) => onNotice?.(noticeOf(entry)),
  });

class KafkajsClient implements KafkaClient {
  private readonly admin: Admin;
  private readonly cluster: Cluster;
  /** One fetch at a time: the client opens a connection for each of several that begin at once, and then loses all but one of them. */
  private readonly turns = new Turns();
  private readonly closing = new AbortController();
  readonly failureOf = failureOf;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: KafkaLogOptions,
  ) {
    this.admin = kafka.admin();
    this.cluster = clusterOf(kafka);
  }

  async connect(): Promise<void> {
    await this.admin.connect();
    await this.cluster.connect();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.cluster.disconnect();
    await this.admin.disconnect();
  }

  async partitions(topic: string): Promise<number | undefined> {
    if (!(await this.admin.listTopics()).includes(topic)) return undefined;
    const { topics } = await this.admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length;
  }

  async limit(topic: string): Promise<number | undefined> {
    const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: [LIMIT] }];
    const { resources: found } = await this.admin.describeConfigs({ resources, includeSynonyms: false });
    const value = found[0]?.configEntries.find(({ configName }) => configName === LIMIT)?.configValue;
    return value === undefined ? undefined : Number(value);
  }

  async create({ topic, partitions, replication, settings }: NewTopic): Promise<void> {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const request = { topic, numPartitions: partitions, replicationFactor: replication, configEntries };
    await this.admin.createTopics({ waitForLeaders: true, topics: [request] });
  }

  async bounds(topic: string): Promise<readonly Bounds[]> {
    const offsets = await this.patiently(() => this.admin.fetchTopicOffsets(topic));
    const ascending = [...offsets].sort((a, b) => a.partition - b.partition);
    return ascending.map(({ low, high }) => ({ low: Number(low), end: Number(high) }));
  }

  async committed(group: string, topic: string): Promise<ReadonlyMap<number, number>> {
    const [fetched] = await this.admin.fetchOffsets({ groupId: group, topics: [topic] });
    const there = fetched?.partitions.filter(({ offset }) => Number(offset) >= 0) ?? [];
    return new Map(there.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  fetch(topic: string, partition: number, offset: number): Promise<Fetched> {
    return this.turns.take(() => this.patiently(() => this.fetchOnce(topic, partition, offset)));
  }

  async producer(idempotent: boolean): Promise<Producing> {
    const producer = this.kafka.producer({
      idempotent,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition as number,
      retry: RETRY,
    });
    await producer.connect();
    const compression = compressionOf(this.options.compression);
    return {
      send: async (messages) => {
        const results = await producer.sendBatch({
          acks: ALL_REPLICAS,
          compression,
          topicMessages: byTopic(messages),
        });
        return results.map(({ topicName, partition, baseOffset }): Placed => ({
          topic: topicName,
          partition,
          offset: Number(baseOffset),
        }));
      },
      close: () => producer.disconnect(),
    };
  }

  join(options: SubscribeOptions, handler: BatchHandler, onStop: (member: GroupMember) => void): GroupMember {
    return new GroupReader(this.kafka, sessionOf(this.options), options, handler, onStop);
  }

  private async fetchOnce(topic: string, partition: number, offset: number): Promise<Fetched> {
    const leader = await this.leader(topic, partition);
    const partitions = [{ partition, fetchOffset: `${offset}`, maxBytes: MOST_BYTES }];
    const request = { maxWaitTime: 100, maxBytes: MOST_BYTES, isolationLevel: READ_COMMITTED };
    const { responses } = await leader.fetch({ ...request, topics: [{ topic, partitions }] });
    return fetchedOf((responses as Responses)[0]?.partitions[0], offset);
  }

  /** Asks again, and again who leads what, when the answer is an error that may pass: a topic just made may not have its leaders yet. */
  private patiently<T>(work: () => Promise<T>): Promise<T> {
    const passes = (error: unknown) => (error as { retriable?: boolean }).retriable === true;
    const ask = async (attempt: number) => {
      if (attempt > 1) await this.lookAgain();
      return work();
    };
    return retrying(ask, { tries: TRIES, passes, signal: this.closing.signal });
  }

  private async lookAgain(): Promise<void> {
    await this.cluster.connect();
    await this.cluster.refreshMetadata();
  }

  private async leader(topic: string, partition: number): Promise<Broker> {
    await this.cluster.addTargetTopic(topic);
    await this.cluster.refreshMetadataIfNecessary();
    const [nodeId = ''] = Object.keys(this.cluster.findLeaderForPartitions(topic, [partition]));
    return this.cluster.findBroker({ nodeId });
  }
}

export const storedOf = (message: KafkaMessage): Stored => ({
  offset: Number(message.offset),
  timestamp: Number(message.timestamp),
  key: message.key,
  value: message.value,
  ...ownHeaders(message.headers),
});

type Responses = readonly { readonly partitions: readonly FetchedPartition[] }[];

interface FetchedPartition {
  readonly abortedTransactions?: readonly { readonly producerId: string; readonly firstOffset: string }[];
  readonly messages: readonly (KafkaMessage & {
    readonly isControlRecord?: boolean;
    readonly batchContext?: { readonly producerId: string; readonly inTransaction: boolean };
  })[];
}

/** A broker's whole answer: the client leaves out what is not for readers in its consumers only. */
const fetchedOf = (partition: FetchedPartition | undefined, offset: number): Fetched => {
  const aborted = new Aborted(partition?.abortedTransactions);
  const messages: Stored[] = [];
  let next = offset;
  for (const message of partition?.messages ?? []) {
    const { producerId = '', inTransaction = false } = message.batchContext ?? {};
    const isAborted = aborted.has(producerId, Number(message.offset)) && inTransaction;
    next = Number(message.offset) + 1;
    if (message.isControlRecord) aborted.end(producerId);
    else if (!isAborted) messages.push(storedOf(message));
  }
  return { messages, next };
};

const ownHeaders = (headers: IHeaders = {}): OwnHeaders => {
  const own = new HeaderReader();
  for (const name in headers) {
    const value = headers[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) own.add(name, typeof last === 'string' ? last : last.toString('utf8'));
  }
  return own;
};

const byTopic = (messages: readonly Addressed[]) => {
  const topics = new Map<string, Addressed['message'][]>();
  for (const { topic, message } of messages) {
    const own = topics.get(topic);
    if (own) own.push(message);
    else topics.set(topic, [message]);
  }
  return [...topics].map(([topic, own]) => ({ topic, messages: own.map((message) => ({ ...message })) }));
};

const compressionOf = (compression: Compression = 'none'): CompressionTypes =>
  ({
    none: CompressionTypes.None,
    gzip: CompressionTypes.GZIP,
    snappy: CompressionTypes.Snappy,
    lz4: CompressionTypes.LZ4,
    zstd: CompressionTypes.ZSTD,
  })[compression];

/** What the client calls an error is tried again by it, or becomes an error of ours: a warning either way. */
const noticeOf = ({ level, log }: LogEntry): KafkaNotice => {
  const { message, timestamp: _when, logger: _client, ...details } = log;
  return { level: level <= logLevel.WARN ? 'warn' : 'info', message, details };
};

/**
 * The client's own view of the brokers, which can fetch from a partition without a consumer group. kafkajs hands it to
 * partition assigners only.
 */
const clusterOf = (kafka: Kafka): Cluster => {
  const found: Cluster[] = [];
  const assigner: typeof PartitionAssigners.roundRobin = (config) => {
    found.push(config.cluster);
    return PartitionAssigners.roundRobin(config);
  };
  kafka.consumer({ groupId: 'portolan-reads', partitionAssigners: [assigner] });
  return found[0] as Cluster;
};
