import {
  type BaseOptions,
  type ClusterTopicMetadata,
  compressionsAlgorithms,
  ConfigResourceTypes,
  type MessageToProduce,
  Producer,
  SASLMechanisms,
} from '@platformatic/kafka';
import type { BatchHandler, SubscribeOptions } from '../../log.js';
import { retrying } from '../../retrying.js';
import type { Addressed, Bounds, Fetched, GroupMember, KafkaClient, NewTopic, Placed, Producing } from '../client.js';
import { codecs, type Compression } from '../codecs.js';
import { Unanswered } from '../failure.js';
import { CONNECT_MS, type KafkaLogOptions, REQUEST_MS, RETRY, type TlsOptions, sessionOf } from '../options.js';
import type {
  DescribeConfigsAnswer,
  DescribedTopic,
  FetchAnswer,
  ListOffsetsAnswer,
  MetadataAnswer,
} from './answers.js';
import { LIMIT } from '../large-records.js';
import { failureOf } from './failure.js';
import { fetchedOf } from './fetched.js';
import { HeaderBytes } from './header-bytes.js';
import { GroupReader } from './group-reader.js';
import { committedOf, Membership } from './membership.js';
import { Requests } from './requests.js';

const READ_COMMITTED = 1;
const ANY_REPLICA = -1;
const MOST_BYTES = 8 * 1024 * 1024;
const WAIT_MS = 100;
const TRIES = 6;
/** Of a topic just made. */
const LEADER_TRIES = 12;
/** After so long nothing is tried once more. */
const PATIENCE_MS = 15_000;
const [EARLIEST, LATEST] = [-2n, -1n];

export const platformaticClient = (options: KafkaLogOptions): KafkaClient => {
  useCodecs();
  return new PlatformaticClient(options);
};

/** Exported for its test. */
export const baseOptions = ({ brokers, clientId = 'portolan', tls, sasl }: KafkaLogOptions): BaseOptions => ({
  clientId,
  bootstrapBrokers: [...brokers],
  connectTimeout: CONNECT_MS,
  timeout: REQUEST_MS,
  requestTimeout: REQUEST_MS,
  retries: RETRY.retries,
  retryDelay: (_client, _operation, attempt) =>
    Math.min(RETRY.maxRetryTime, RETRY.initialRetryTime * 2 ** (attempt - 1)),
  autocreateTopics: false,
  ...(tls !== undefined &&
    tls !== false && { tls: tls === true ? {} : { ...(tls as TlsOptions) }, tlsServerName: true }),
  ...(sasl && { sasl: { ...sasl, mechanism: MECHANISMS[sasl.mechanism] } }),
});

const MECHANISMS = {
  plain: SASLMechanisms.PLAIN,
  'scram-sha-256': SASLMechanisms.SCRAM_SHA_256,
  'scram-sha-512': SASLMechanisms.SCRAM_SHA_512,
};

class PlatformaticClient implements KafkaClient {
  private readonly requests: Requests;
  /** Brokers answer a connection's requests one after the other: what waits for news would hold up the rest. */
  private readonly reads: Requests;
  private readonly closing = new AbortController();
  readonly failureOf = failureOf;

  constructor(private readonly options: KafkaLogOptions) {
    this.requests = requestsOf(options);
    this.reads = requestsOf(options);
  }

  async connect(): Promise<void> {
    await this.patiently(() => this.requests.metadata([]));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([this.requests.close(), this.reads.close()]);
  }

  async partitions(topic: string): Promise<number | undefined> {
    return this.patiently(async () => (await this.topic(topic))?.partitions.length);
  }

  limit(topic: string): Promise<number | undefined> {
    return this.patiently(async () => {
      const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configurationKeys: [LIMIT] };
      const args = [[resource], false, false];
      const { results } = await this.requests.ask<DescribeConfigsAnswer>('DescribeConfigs', undefined, () => args);
      const value = results[0]?.configs.find(({ name }) => name === LIMIT)?.value;
      return value === undefined || value === null ? undefined : Number(value);
    });
  }

  async create({ topic, partitions, replication, settings }: NewTopic): Promise<void> {
    const configs = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const request = {
      name: topic,
      numPartitions: partitions,
      replicationFactor: replication,
      assignments: [],
      configs,
    };
    await this.patiently(async () => {
      const { controllerId, brokers } = await this.requests.metadata([], true);
      try {
        await this.requests.ask('CreateTopics', brokers.get(controllerId), () => [[request], REQUEST_MS, false]);
      } catch (error) {
        if (failureOf(error)?.type !== 'TOPIC_ALREADY_EXISTS') throw error;
      }
    });
    await retrying(() => this.mustHaveLeaders(topic), {
      tries: LEADER_TRIES,
      passes: (error) => error instanceof Unanswered,
      signal: this.closing.signal,
    });
  }

  bounds(topic: string): Promise<readonly Bounds[]> {
    return this.patiently(async () => {
      const [low, end] = await Promise.all([this.offsets(topic, EARLIEST), this.offsets(topic, LATEST)]);
      return low.map((offset, partition) => ({ low: offset, end: end[partition] as number }));
    });
  }

  committed(group: string, topic: string): Promise<ReadonlyMap<number, number>> {
    return this.patiently(async () => {
      const found = await this.requests.metadata([topic]);
      const partitions = [...Array(found.topics.get(topic)?.partitionsCount ?? 0).keys()];
      return (await committedOf(this.requests, group, { [topic]: partitions })).get(topic) ?? new Map();
    });
  }

  fetch(topic: string, partition: number, offset: number): Promise<Fetched> {
    return this.patiently(async () => {
      const { topics, brokers } = await this.reads.metadata([topic]);
      const found = topics.get(topic) as ClusterTopicMetadata;
      const leader = brokers.get(found.partitions[partition]?.leader ?? -1);
      const request = {
        partition,
        currentLeaderEpoch: -1,
        fetchOffset: BigInt(offset),
        lastFetchedEpoch: -1,
        partitionMaxBytes: MOST_BYTES,
      };
      const response = await this.reads.ask<FetchAnswer>('Fetch', leader, (version) => {
        const topics = [{ topicId: version >= 13 ? found.id : topic, partitions: [request] }];
        return [WAIT_MS, 1, MOST_BYTES, READ_COMMITTED, 0, -1, topics, [], ''];
      });
      const answer = response.responses[0]?.partitions[0];
      return answer ? fetchedOf(answer, offset) : { messages: [], next: offset };
    });
  }

  async producer(idempotent: boolean): Promise<Producing> {
    const { compression = 'none' } = this.options;
    const producer = new Producer({
      ...baseOptions(this.options),
      idempotent,
      acks: -1,
      compression: compression as Compression,
    });
    this.listen(producer);
    if (idempotent) await producer.initIdempotentProducer({});
    const bytes = new HeaderBytes();
    return {
      send: async (messages) => {
        const { offsets = [] } = await producer.send({
          messages: messages.map((each) => toProduce(each, bytes)),
          acks: -1,
        });
        return offsets.map(({ topic, partition, offset }): Placed => ({ topic, partition, offset: Number(offset) }));
      },
      close: () => producer.close(),
    };
  }

  join(options: SubscribeOptions, handler: BatchHandler, onStop: (member: GroupMember) => void): GroupMember {
    const { instance } = this.options;
    const requests = () => requestsOf(this.options);
    const session = sessionOf(this.options);
    const membership = new Membership(requests, options.group, options.topics, instance, session);
    const connections = { requests, membership, session, bounds: (topic: string) => this.bounds(topic) };
    return new GroupReader(connections, options, handler, onStop);
  }

  /** Undefined when there is no such topic. Asked for directly: the client takes that for a failure that may pass, and tries again for 5 s. */
  private async topic(topic: string): Promise<DescribedTopic | undefined> {
    try {
      const answer = await this.requests.ask<MetadataAnswer>('Metadata', undefined, () => [[topic], false, false]);
      return answer.topics[0];
    } catch (error) {
      if (failureOf(error)?.type === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
      throw error;
    }
  }

  private async mustHaveLeaders(topic: string): Promise<void> {
    this.requests.forget();
    const partitions = (await this.topic(topic))?.partitions ?? [];
    if (partitions.length === 0 || partitions.some(({ leaderId }) => leaderId < 0))
      throw new Unanswered(`Topic ${topic} has no leaders`);
  }

  /** The offset of a kind in every partition. */
  private async offsets(topic: string, timestamp: bigint): Promise<number[]> {
    const { topics, brokers } = await this.requests.metadata([topic]);
    const leaders = new Map<number, number[]>();
    topics
      .get(topic)
      ?.partitions.forEach(({ leader }, id) => leaders.set(leader, [...(leaders.get(leader) ?? []), id]));
    const found: number[] = [];
    const ask = async ([leader, ids]: [number, number[]]) => {
      const partitions = ids.map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp }));
      const args = [ANY_REPLICA, READ_COMMITTED, [{ name: topic, partitions }]];
      const response = await this.requests.ask<ListOffsetsAnswer>('ListOffsets', brokers.get(leader), () => args);
      for (const { partitionIndex, offset } of response.topics[0]?.partitions ?? [])
        found[partitionIndex] = Number(offset);
    };
    await Promise.all([...leaders].map(ask));
    return found;
  }

  /** Tries again what failed for a reason that may pass, with a new view of the brokers. */
  private patiently<T>(work: () => Promise<T>): Promise<T> {
    const ask = (attempt: number) => {
      if (attempt > 1) this.forget();
      return work();
    };
    return retrying(ask, {
      tries: TRIES,
      patience: PATIENCE_MS,
      passes: (error) => error instanceof Unanswered || failureOf(error)?.retriable === true,
      signal: this.closing.signal,
      onFailure: (error, attempt) =>
        this.options.onNotice?.({ level: 'warn', message: (error as Error).message, details: { attempt } }),
    });
  }

  private forget(): void {
    this.requests.forget();
    this.reads.forget();
  }

  private listen(producer: Producer): void {
    producer.on('client:broker:failed', ({ broker }) =>
      this.options.onNotice?.({ level: 'warn', message: 'No connection to a broker', details: { ...broker } }),
    );
  }
}

/** Timeouts of single requests are `Requests`' own, and who asks tries again. */
const requestsOf = (options: KafkaLogOptions): Requests =>
  new Requests({ ...baseOptions(options), retries: 0, requestTimeout: 10 * 60_000 }, options.onNotice);

const toProduce = ({ topic, message }: Addressed, bytes: HeaderBytes): MessageToProduce => ({
  topic,
  partition: message.partition,
  key: Buffer.from(message.key, 'utf8'),
  value: message.value,
  headers: bytes.of(message.headers),
});

/** The client reads Snappy only as other clients of its kind write it, and zstd only on newer Node. */
const useCodecs = (): void => {
  for (const [name, { compress, decompress }] of Object.entries(codecs)) {
    const algorithm = compressionsAlgorithms[name as keyof typeof codecs] as Changeable;
    algorithm.compressSync = (data) => compress(bufferOf(data));
    algorithm.decompressSync = (data) => decompress(bufferOf(data));
  }
};

interface Changeable {
  compressSync: (data: Buffer | Growing) => Buffer;
  decompressSync: (data: Buffer | Growing) => Buffer;
}

/** A buffer of the client's own kind. */
interface Growing {
  readonly buffer: Buffer;
}

const bufferOf = (data: Buffer | Growing): Buffer => (Buffer.isBuffer(data) ? data : data.buffer);
