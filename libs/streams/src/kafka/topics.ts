import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { backOff } from '../back-off.js';
import type { KafkaLogOptions } from './client.js';

/** The log is the truth and is kept for ever; a planning step of a large network may be some megabytes. */
const SETTINGS = { 'retention.ms': '-1', 'cleanup.policy': 'delete', 'max.message.bytes': `${16 * 1024 * 1024}` };

const DEFAULT_PARTITIONS = 6;
const TRIES = 6;

/** Topics with their numbers of partitions. A topic that is missing is made, with the settings a log needs. */
export class Topics {
  private readonly known = new Map<string, Promise<number>>();

  constructor(
    private readonly admin: Admin,
    private readonly options: KafkaLogOptions,
  ) {}

  /** How many partitions the topic has. */
  partitions(topic: string): Promise<number> {
    const known = this.known.get(topic) ?? this.find(topic);
    this.known.set(topic, known);
    known.catch(() => this.known.delete(topic));
    return known;
  }

  /** Lowest kept and next offset of each partition, by partition. */
  async bounds(topic: string): Promise<readonly { low: number; end: number }[]> {
    await this.partitions(topic);
    const offsets = await this.admin.fetchTopicOffsets(topic);
    const ascending = [...offsets].sort((a, b) => a.partition - b.partition);
    return ascending.map(({ low, high }) => ({ low: Number(low), end: Number(high) }));
  }

  /** Of a topic that is being made, here or by another process, brokers may not yet know who leads its partitions: it is asked for again. */
  private async find(topic: string, attempt = 1): Promise<number> {
    try {
      const there = await this.admin.listTopics();
      if (!there.includes(topic)) await this.create(topic);
      const { topics } = await this.admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length ?? 0;
    } catch (error) {
      if (attempt === TRIES || !(error as { retriable?: boolean }).retriable) throw error;
      await pause(backOff(attempt));
      return this.find(topic, attempt + 1);
    }
  }

  /** Another process may make it at the same moment; then this one finds it. */
  private async create(topic: string): Promise<void> {
    await this.admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions: this.options.partitions ?? DEFAULT_PARTITIONS,
          replicationFactor: this.options.replication ?? -1,
          configEntries: Object.entries(SETTINGS).map(([name, value]) => ({ name, value })),
        },
      ],
    });
  }
}
