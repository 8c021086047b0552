import type { Admin, Kafka } from 'kafkajs';
import { batchSize } from '../delivery.js';
import { LogError } from '../error.js';
import type { Appended, BatchHandler, EventLog, LogRecord, NewRecord, SubscribeOptions, Subscription } from '../log.js';
import { Appender } from './appender.js';
import { clusterOf, kafkaClient, type KafkaLogOptions } from './client.js';
import { logErrorOf } from './failure.js';
import { GroupReader } from './group-reader.js';
import { PartitionFetch } from './partition-fetch.js';
import { RecentIds } from './recent-ids.js';
import { recordOf } from './records.js';
import { Topics } from './topics.js';

/**
 * The log on Apache Kafka (2.1 or newer; tried with 4.1). Throws `LogError` with `log-unreachable` when no broker answers within some 6 s.
 * Topics are made when they are used first, with 6 partitions unless told otherwise, and kept for ever.
 */
export const openKafkaLog = async (options: KafkaLogOptions): Promise<EventLog> => {
  const log = new KafkaLog(options, kafkaClient(options));
  try {
    await log.connect();
    return log;
  } catch (error) {
    await log.close().catch(() => {});
    throw error;
  }
};

class KafkaLog implements EventLog {
  private readonly admin: Admin;
  private readonly topics: Topics;
  private readonly cluster;
  private readonly fetch: PartitionFetch;
  private readonly appender: Appender;
  private readonly ids = new Map<string, RecentIds>();
  private readonly readers = new Set<GroupReader>();
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly options: KafkaLogOptions,
    private readonly kafka: Kafka,
  ) {
    this.admin = kafka.admin();
    this.topics = new Topics(this.admin, options);
    this.cluster = clusterOf(kafka);
    this.fetch = new PartitionFetch(this.cluster, this.topics);
    this.appender = new Appender(kafka, this.topics, (topic) => this.idsOf(topic));
  }

  async connect(): Promise<void> {
    await this.reach(() => this.admin.connect());
    await this.reach(() => this.cluster.connect());
  }

  append(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    return this.reach(async () => (records.length === 0 ? [] : this.appender.append(topic, records)));
  }

  read(topic: string, partition: number, fromOffset: number, limit: number): Promise<readonly LogRecord[]> {
    return this.reach(async () => {
      const messages = await this.fetch.from(topic, partition, fromOffset, limit);
      return messages.map((message) => recordOf(topic, partition, message));
    });
  }

  ends(topic: string): Promise<readonly number[]> {
    return this.reach(async () => (await this.topics.bounds(topic)).map(({ end }) => end));
  }

  lag(group: string, topic: string): Promise<readonly number[]> {
    return this.reach(async () => {
      const bounds = await this.topics.bounds(topic);
      const [fetched] = await this.admin.fetchOffsets({ groupId: group, topics: [topic] });
      const committed = new Map(fetched?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      return bounds.map(({ low, end }, partition) => end - Math.max(low, committed.get(partition) ?? low));
    });
  }

  async subscribe(options: SubscribeOptions, handler: BatchHandler): Promise<Subscription> {
    batchSize(options);
    this.mustBeOpen(this.closing !== undefined);
    return this.reach(async () => {
      await Promise.all(options.topics.map((topic) => this.topics.partitions(topic)));
      const reader = new GroupReader(this.kafka, options, handler, (ended) => this.readers.delete(ended));
      this.readers.add(reader);
      await reader.start();
      return reader;
    });
  }

  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  /** Handlers that are running may append what they have made until they end. */
  private async shut(): Promise<void> {
    await Promise.all([...this.readers].map((reader) => reader.stop()));
    this.closed = true;
    await this.appender.close();
    await this.cluster.disconnect();
    await this.admin.disconnect();
  }

  private idsOf(topic: string): RecentIds {
    const ids = this.ids.get(topic) ?? new RecentIds(topic, this.topics, this.fetch, this.options.rememberedIds);
    this.ids.set(topic, ids);
    return ids;
  }

  private async reach<T>(work: () => Promise<T>): Promise<T> {
    this.mustBeOpen();
    try {
      return await work();
    } catch (error) {
      throw logErrorOf(error, this.options.brokers);
    }
  }

  private mustBeOpen(closed = this.closed): void {
    if (closed) throw new LogError('log-closed', `The log at ${this.options.brokers.join(', ')} is closed.`, false);
  }
}
