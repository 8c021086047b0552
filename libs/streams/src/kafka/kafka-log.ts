import { mustBeReadable } from '../compression.js';
import { batchSize } from '../delivery.js';
import { LogError } from '../error.js';
import {
  type Appended,
  type BatchHandler,
  type EventLog,
  type LogRecord,
  type NewRecord,
  type SubscribeOptions,
  type Subscription,
  topics,
} from '../log.js';
import { Appender } from './appender.js';
import type { GroupMember, KafkaClient } from './client.js';
import { mustCompress } from './codecs.js';
import { logErrorOf } from './failure.js';
import { ANSWER_MS, type KafkaLogOptions } from './options.js';
import { PartitionFetch } from './partition-fetch.js';
import { type Memory, RecentIds } from './recent-ids.js';
import { recordOf } from './records.js';
import { Topics } from './topics.js';
import { within } from './within.js';

/** For a first answer from any broker; then whoever opens the log is told. */
const OPEN_MS = 20_000;
const CLOSE_MS = 10_000;

const REMEMBERED_IDS = 100_000;
/** Plans are large, and who begins to plan a cell looks at its newest plan anyway: only what was on its way then may be repeated. */
const PLANS_LOOKED_AT = 20;

/**
 * The log on Apache Kafka (3.0 or newer, by kafkajs 2.1; tried with 4.1). Throws `LogError` with `log-unreachable` when no broker is there (after some 6 s),
 * or none answers (after 20 s at most). Topics are made when they are used first, with 6 partitions unless told otherwise, and kept for ever.
 */
export const openKafkaLog = async (options: KafkaLogOptions): Promise<EventLog> => {
  const log = new KafkaLog(options, await clientOf(options));
  try {
    await log.connect();
    return log;
  } catch (error) {
    await log.close().catch(() => {});
    throw error;
  }
};

/** Only the library that is used is loaded. */
const clientOf = async (options: KafkaLogOptions): Promise<KafkaClient> => {
  mustCompress(options.compression);
  if (options.client === 'kafkajs') return (await import('./kafkajs/client.js')).kafkajsClient(options);
  return (await import('./platformatic/client.js')).platformaticClient(options);
};

class KafkaLog implements EventLog {
  private readonly topics: Topics;
  private readonly fetch: PartitionFetch;
  private readonly appender: Appender;
  private readonly ids = new Map<string, RecentIds>();
  private readonly members = new Set<GroupMember>();
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly options: KafkaLogOptions,
    private readonly client: KafkaClient,
  ) {
    this.topics = new Topics(client, options);
    this.fetch = new PartitionFetch(client, this.topics);
    this.appender = new Appender(client, this.topics, options.brokers, (topic) => this.idsOf(topic));
  }

  connect(): Promise<void> {
    return this.reach(() => within(OPEN_MS, 'connect', this.client.connect()));
  }

  append(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    return this.reach(async () => {
      mustBeReadable(topic, records);
      return records.length === 0 ? [] : this.appender.append(topic, records);
    });
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
      const committed = await within(ANSWER_MS, `commits of ${group}`, this.client.committed(group, topic));
      return bounds.map(({ low, end }, partition) => end - Math.max(low, committed.get(partition) ?? low));
    });
  }

  async subscribe(options: SubscribeOptions, handler: BatchHandler): Promise<Subscription> {
    batchSize(options);
    this.mustBeOpen(this.closing !== undefined);
    return this.reach(async () => {
      await Promise.all(options.topics.map((topic) => this.topics.partitions(topic)));
      const member = this.client.join(options, handler, (ended) => this.members.delete(ended));
      this.members.add(member);
      await member.start();
      return member;
    });
  }

  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  /** Handlers that are running may append what they have made until they end. */
  private async shut(): Promise<void> {
    await Promise.all([...this.members].map((member) => member.stop()));
    this.closed = true;
    await this.appender.close();
    this.topics.close();
    await within(CLOSE_MS, 'close', this.client.close()).catch(() => {});
  }

  private idsOf(topic: string): RecentIds {
    const ids = this.ids.get(topic) ?? new RecentIds(topic, this.topics, this.fetch, this.memory(topic));
    this.ids.set(topic, ids);
    return ids;
  }

  private memory(topic: string): Memory {
    const { rememberedIds = REMEMBERED_IDS } = this.options;
    return { ids: rememberedIds, lookBack: topic === topics.plans ? PLANS_LOOKED_AT : rememberedIds };
  }

  private async reach<T>(work: () => Promise<T>): Promise<T> {
    this.mustBeOpen();
    try {
      return await work();
    } catch (error) {
      throw logErrorOf(error, this.client.failureOf(error), this.options.brokers);
    }
  }

  private mustBeOpen(closed = this.closed): void {
    if (closed) throw new LogError('log-closed', `The log at ${this.options.brokers.join(', ')} is closed.`, false);
  }
}
