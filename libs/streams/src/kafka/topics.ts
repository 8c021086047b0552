import { isCompacted } from '../log.js';
import { retrying } from '../retrying.js';
import type { Bounds, KafkaClient } from './client.js';
import { LIMIT, MOST_RECORD_BYTES, tightTopic } from './large-records.js';
import { ANSWER_MS, type KafkaLogOptions } from './options.js';
import { within } from './within.js';

/** The log is the truth and is kept for ever. */
const SETTINGS = { 'retention.ms': '-1', 'cleanup.policy': 'delete', [LIMIT]: `${MOST_RECORD_BYTES}` };

/** Brokers compact only segments that are full or old: small ones, soon closed, so that what was replaced does not pile up. */
const COMPACTED = {
  ...SETTINGS,
  'cleanup.policy': 'compact',
  'segment.bytes': `${64 * 1024 * 1024}`,
  'segment.ms': `${60 * 60 * 1000}`,
};

const DEFAULT_PARTITIONS = 6;
const TRIES = 6;

interface Topic {
  readonly partitions: number;
  /** Most bytes of a batch of records; undefined when brokers do not tell. */
  readonly limit: number | undefined;
}

/** Topics with their numbers of partitions and limits. A topic that is missing is made, with the settings a log needs. */
export class Topics {
  private readonly known = new Map<string, Promise<Topic>>();
  private readonly closing = new AbortController();

  constructor(
    private readonly client: KafkaClient,
    private readonly options: KafkaLogOptions,
  ) {}

  /** How many partitions the topic has. */
  async partitions(topic: string): Promise<number> {
    return (await this.topic(topic)).partitions;
  }

  /** The most bytes of a batch of records that the topic takes, or undefined when brokers do not tell. */
  async limit(topic: string): Promise<number | undefined> {
    return (await this.topic(topic)).limit;
  }

  /** The same, asked for anew: an operator may have changed it. */
  async limitNow(topic: string): Promise<number | undefined> {
    const { partitions } = await this.topic(topic);
    const limit = await within(ANSWER_MS, `limit of ${topic}`, this.findLimit(topic));
    this.known.set(topic, Promise.resolve({ partitions, limit }));
    return limit;
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

  private topic(topic: string): Promise<Topic> {
    const known = this.known.get(topic) ?? within(ANSWER_MS, `topic ${topic}`, this.find(topic));
    this.known.set(topic, known);
    known.catch(() => this.known.delete(topic));
    return known;
  }

  /** Of a topic that is being made, here or by another process, brokers may not yet know who leads its partitions: it is asked for again. */
  private find(topic: string): Promise<Topic> {
    const passes = (error: unknown) => {
      const failure = this.client.failureOf(error);
      return failure?.kind === 'refused' && failure.retriable;
    };
    return retrying(() => this.findOrMake(topic), { tries: TRIES, passes, signal: this.closing.signal });
  }

  private async findOrMake(topic: string): Promise<Topic> {
    const there = await this.client.partitions(topic);
    if (there !== undefined) return { partitions: there, limit: await this.limitOfOthers(topic) };
    const { partitions = DEFAULT_PARTITIONS, replication = -1 } = this.options;
    const settings = isCompacted(topic) ? COMPACTED : SETTINGS;
    await this.client.create({ topic, partitions, replication, settings });
    return { partitions: (await this.client.partitions(topic)) ?? 0, limit: MOST_RECORD_BYTES };
  }

  /** Whoever made the topic may have thought of smaller records: that works until one is too large. */
  private async limitOfOthers(topic: string): Promise<number | undefined> {
    const limit = await this.findLimit(topic);
    const { onWarning = (warning) => process.emitWarning(warning), brokers } = this.options;
    if (limit !== undefined && limit < MOST_RECORD_BYTES) onWarning(tightTopic(topic, limit, brokers));
    return limit;
  }

  /** Undefined where this program has no right to ask. */
  private async findLimit(topic: string): Promise<number | undefined> {
    try {
      return await this.client.limit(topic);
    } catch (error) {
      const failure = this.client.failureOf(error);
      if (failure?.kind !== 'refused' || failure.retriable) throw error;
      return undefined;
    }
  }
}
