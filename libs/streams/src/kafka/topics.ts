import { isCompacted } from '../log.js';
import { retrying } from '../retrying.js';
import type { Bounds, KafkaClient } from './client.js';
import { ANSWER_MS, type KafkaLogOptions } from './options.js';
import { within } from './within.js';

/** The log is the truth and is kept for ever; a planning step of a large network may be some megabytes. */
const SETTINGS = { 'retention.ms': '-1', 'cleanup.policy': 'delete', 'max.message.bytes': `${16 * 1024 * 1024}` };

/** Brokers compact only segments that are full or old: small ones, soon closed, so that what was replaced does not pile up. */
const COMPACTED = {
  ...SETTINGS,
  'cleanup.policy': 'compact',
  'segment.bytes': `${64 * 1024 * 1024}`,
  'segment.ms': `${60 * 60 * 1000}`,
};

const DEFAULT_PARTITIONS = 6;
const TRIES = 6;

/** Topics with their numbers of partitions. A topic that is missing is made, with the settings a log needs. */
export class Topics {
  private readonly known = new Map<string, Promise<number>>();
  private readonly closing = new AbortController();

  constructor(
    private readonly client: KafkaClient,
    private readonly options: KafkaLogOptions,
  ) {}

  /** How many partitions the topic has. */
  partitions(topic: string): Promise<number> {
    const known = this.known.get(topic) ?? within(ANSWER_MS, `topic ${topic}`, this.find(topic));
    this.known.set(topic, known);
    known.catch(() => this.known.delete(topic));
    return known;
  }

  /** Lowest kept and next offset of each partition, by partition. */
  async bounds(topic: string): Promise<readonly Bounds[]> {
    await this.partitions(topic);
    return within(ANSWER_MS, `offsets of ${topic}`, this.client.bounds(topic));
  }

  /** What waits to be asked again waits no longer. */
  close(): void {
    this.closing.abort();
  }

  /** Of a topic that is being made, here or by another process, brokers may not yet know who leads its partitions: it is asked for again. */
  private find(topic: string): Promise<number> {
    const passes = (error: unknown) => {
      const failure = this.client.failureOf(error);
      return failure?.kind === 'refused' && failure.retriable;
    };
    return retrying(() => this.findOrMake(topic), { tries: TRIES, passes, signal: this.closing.signal });
  }

  private async findOrMake(topic: string): Promise<number> {
    const there = await this.client.partitions(topic);
    if (there !== undefined) return there;
    const { partitions = DEFAULT_PARTITIONS, replication = -1 } = this.options;
    const settings = isCompacted(topic) ? COMPACTED : SETTINGS;
    await this.client.create({ topic, partitions, replication, settings });
    return (await this.client.partitions(topic)) ?? 0;
  }
}
