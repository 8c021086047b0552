import type { Kafka, Message, Producer, RecordMetadata } from 'kafkajs';
import { indexed } from '../dedupe.js';
import { GroupCommit } from '../group-commit.js';
import type { Appended, NewRecord } from '../log.js';
import { partitionOf } from '../partition.js';
import { typeOf } from './failure.js';
import type { Place, RecentIds } from './recent-ids.js';
import { messageOf, sizeOf } from './records.js';
import type { Topics } from './topics.js';

/** One request holds about so many bytes, below what brokers accept unless told otherwise; a larger record goes alone. */
const REQUEST_BYTES = 800_000;
const ALL_REPLICAS = -1;

interface Work {
  readonly topic: string;
  readonly records: readonly NewRecord[];
}

/** A record on its way: a new message, or one that the topic, or an earlier draft of the same group, already has. */
interface Draft {
  readonly topic: string;
  readonly message: Message;
  readonly dedupe: string | undefined;
  readonly duplicateOf?: Draft;
  place?: Place;
}

/** Appends to Kafka: one request after the other, each with what has gathered meanwhile, acknowledged by all replicas in sync. */
export class Appender {
  private readonly commits = new GroupCommit<Work, readonly Appended[]>((works) => this.commit(works));
  private producer: Promise<Producer> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topics: Topics,
    private readonly idsOf: (topic: string) => RecentIds,
  ) {}

  append(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    return this.commits.add({ topic, records });
  }

  async close(): Promise<void> {
    await this.commits.settled();
    await this.drop();
  }

  private async commit(works: readonly Work[]): Promise<readonly (readonly Appended[])[]> {
    await this.catchUp(works);
    const seen = new Map<string, Draft>();
    const drafts: Draft[][] = [];
    for (const work of works) drafts.push(await this.drafts(work, seen));
    for (const request of requests(drafts.flat().filter(isNew))) await this.send(request);
    return drafts.map((group) => group.map(appendedOf));
  }

  private async catchUp(works: readonly Work[]): Promise<void> {
    const withIds = works.filter(({ records }) => records.some(({ dedupe }) => dedupe !== undefined));
    for (const topic of new Set(withIds.map((work) => work.topic))) await this.idsOf(topic).catchUp();
  }

  private async drafts({ topic, records }: Work, seen: Map<string, Draft>): Promise<Draft[]> {
    const partitions = await this.topics.partitions(topic);
    return records.map((record) => {
      const { dedupe } = record;
      const draft: Draft = { topic, dedupe, message: messageOf(record, partitionOf(record.key, partitions)) };
      if (dedupe === undefined) return draft;
      const place = this.idsOf(topic).get(dedupe);
      const key = `${topic} ${indexed(dedupe)}`;
      const before = seen.get(key) ?? (place && { ...draft, place });
      if (before) return { ...draft, duplicateOf: before };
      seen.set(key, draft);
      return draft;
    });
  }

  private async send(drafts: readonly Draft[]): Promise<void> {
    const topics = [...new Set(drafts.map(({ topic }) => topic))];
    const messagesOf = (topic: string) => drafts.filter((draft) => draft.topic === topic).map(({ message }) => message);
    const topicMessages = topics.map((topic) => ({ topic, messages: messagesOf(topic) }));
    try {
      const producer = await (this.producer ??= this.connect());
      this.settle(drafts, await producer.sendBatch({ acks: ALL_REPLICAS, topicMessages }));
    } catch (error) {
      // It is unknown whether the broker has the records. The sequence numbers of this producer would be used again, and the
      // broker would take other records that carry them for a repetition and drop them: a new producer begins with new ones.
      await this.drop();
      throw error;
    }
  }

  /** Messages of one request and partition get consecutive offsets, from the base offset on. */
  private settle(drafts: readonly Draft[], results: readonly RecordMetadata[]): void {
    for (const { topicName, partition, baseOffset } of results) {
      const own = drafts.filter(({ topic, message }) => topic === topicName && message.partition === partition);
      own.forEach((draft, i) => (draft.place = { partition, offset: Number(baseOffset) + i }));
      const ids = own.map(({ dedupe }) => dedupe);
      this.idsOf(topicName).appended(partition, Number(baseOffset), ids);
    }
  }

  /** Idempotent, so that a repeated request appends once; where that is not allowed, repetitions are left to the ids. */
  private async connect(): Promise<Producer> {
    try {
      return await this.connected(true);
    } catch (error) {
      if (typeOf(error) !== 'CLUSTER_AUTHORIZATION_FAILED') throw error;
      return this.connected(false);
    }
  }

  private async connected(idempotent: boolean): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition as number,
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 6 },
    });
    await producer.connect();
    return producer;
  }

  private async drop(): Promise<void> {
    const dropped = this.producer;
    this.producer = undefined;
    await dropped?.then((producer) => producer.disconnect()).catch(() => {});
  }
}

const isNew = (draft: Draft): boolean => draft.duplicateOf === undefined;

const appendedOf = (draft: Draft): Appended => {
  const { place } = draft.duplicateOf ?? draft;
  return { topic: draft.topic, ...(place as Place), duplicate: draft.duplicateOf !== undefined };
};

const requests = (drafts: readonly Draft[]): Draft[][] => {
  const groups: Draft[][] = [];
  let room = 0;
  for (const draft of drafts) {
    const size = sizeOf(draft.message);
    if (size > room || groups.length === 0) {
      groups.push([]);
      room = REQUEST_BYTES;
    }
    groups.at(-1)?.push(draft);
    room -= size;
  }
  return groups;
};
