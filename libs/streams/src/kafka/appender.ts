import { indexed } from '../dedupe.js';
import { GroupCommit } from '../group-commit.js';
import type { Appended, NewRecord } from '../log.js';
import { partitionOf } from '../partition.js';
import type { KafkaClient, Placed, Producing } from './client.js';
import { ANSWER_MS } from './options.js';
import type { Place, RecentIds } from './recent-ids.js';
import { messageOf, type Outgoing, sizeOf } from './records.js';
import type { Topics } from './topics.js';
import { within } from './within.js';

/** One request holds about so many bytes, below what brokers accept unless told otherwise; a larger record goes alone. */
const REQUEST_BYTES = 800_000;
const CLOSE_MS = 5_000;

interface Work {
  readonly topic: string;
  readonly records: readonly NewRecord[];
}

/** A record on its way: a new message, or one that the topic, or an earlier draft of the same group, already has. */
interface Draft {
  readonly topic: string;
  readonly message: Outgoing;
  readonly dedupe: string | undefined;
  readonly duplicateOf?: Draft;
  place?: Place;
}

/** Appends to Kafka: one request after the other, each with what has gathered meanwhile, acknowledged by all replicas in sync. */
export class Appender {
  private readonly commits = new GroupCommit<Work, readonly Appended[]>((works) => this.commit(works));
  private producer: Promise<Producing> | undefined;

  constructor(
    private readonly client: KafkaClient,
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
    try {
      const producer = await within(ANSWER_MS, 'connect', (this.producer ??= this.connect()));
      this.settle(drafts, await within(ANSWER_MS, 'append', producer.send(drafts)));
    } catch (error) {
      // It is unknown whether the broker has the records. The sequence numbers of this producer would be used again, and the
      // broker would take other records that carry them for a repetition and drop them: a new producer begins with new ones.
      await this.drop();
      throw error;
    }
  }

  /** Messages of one request and partition get consecutive offsets, from the base offset on. */
  private settle(drafts: readonly Draft[], placed: readonly Placed[]): void {
    const byPartition = new Map<string, Draft[]>();
    for (const draft of drafts) {
      const name = `${draft.topic}/${draft.message.partition}`;
      const own = byPartition.get(name);
      if (own) own.push(draft);
      else byPartition.set(name, [draft]);
    }
    for (const { topic, partition, offset } of placed) {
      const own = byPartition.get(`${topic}/${partition}`) ?? [];
      own.forEach((draft, i) => (draft.place = { partition, offset: offset + i }));
      const ids = own.map(({ dedupe }) => dedupe);
      this.idsOf(topic).appended(partition, offset, ids);
    }
  }

  /** Idempotent, so that a repeated request appends once; where that is not allowed, repetitions are left to the ids. */
  private async connect(): Promise<Producing> {
    try {
      return await this.client.producer(true);
    } catch (error) {
      if (this.client.failureOf(error)?.type !== 'CLUSTER_AUTHORIZATION_FAILED') throw error;
      return this.client.producer(false);
    }
  }

  private async drop(): Promise<void> {
    const dropped = this.producer;
    this.producer = undefined;
    if (!dropped) return;
    const closed = dropped.then((producer) => producer.close());
    await within(CLOSE_MS, 'close', closed).catch(() => {});
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
