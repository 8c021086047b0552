import { indexed } from '../dedupe.js';
import { LogError } from '../error.js';
import { GroupCommit } from '../group-commit.js';
import type { Appended, NewRecord } from '../log.js';
import { partitionOf } from '../partition.js';
import type { KafkaClient, Placed, Producing } from './client.js';
import { logErrorOf } from './failure.js';
import { recordTooLarge, saysTooLarge } from './large-records.js';
import { ANSWER_MS } from './options.js';
import type { Place, RecentIds } from './recent-ids.js';
import { leastSizeOf, messageOf, type Outgoing, sizeOf } from './records.js';
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
  /** About how many bytes it takes in a request. */
  readonly size: number;
  readonly dedupe: string | undefined;
  readonly duplicateOf?: Draft;
  place?: Place;
  /** Why it is not in the log. */
  refused?: LogError;
}

/** Appends to Kafka: one request after the other, each with what has gathered meanwhile, acknowledged by all replicas in sync. */
export class Appender {
  private readonly commits = new GroupCommit<Work, readonly Appended[]>((works) => this.commit(works));
  private producer: Promise<Producing> | undefined;
  /** Topics that refused a batch, and whose limit brokers do not tell: which record it was is known where each goes alone. */
  private readonly alone = new Set<string>();

  constructor(
    private readonly client: KafkaClient,
    private readonly topics: Topics,
    private readonly brokers: readonly string[],
    private readonly idsOf: (topic: string) => RecentIds,
  ) {}

  append(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    return this.commits.add({ topic, records });
  }

  async close(): Promise<void> {
    await this.commits.settled();
    await this.drop();
  }

  private async commit(works: readonly Work[]): Promise<readonly (readonly Appended[] | Promise<never>)[]> {
    await this.catchUp(works);
    const seen = new Map<string, Draft>();
    const drafts: Draft[][] = [];
    for (const work of works) {
      const own = await this.drafts(work, seen);
      await this.refuseLarge(work, own);
      drafts.push(own);
    }
    const room = await this.room(works);
    for (const request of requests(drafts, room)) await this.send(request);
    return drafts.map(resultOf);
  }

  private async catchUp(works: readonly Work[]): Promise<void> {
    const withIds = works.filter(({ records }) => records.some(({ dedupe }) => dedupe !== undefined));
    for (const topic of new Set(withIds.map((work) => work.topic))) await this.idsOf(topic).catchUp();
  }

  /** Records above the limit of their topic are not sent, so that they keep none of the others from being appended. */
  private async refuseLarge({ topic }: Work, drafts: readonly Draft[]): Promise<void> {
    const known = await this.topics.limit(topic);
    for (const draft of drafts) {
      if (!isAbove(draft, known) || !isNew(draft)) continue;
      const limit = await this.topics.limitNow(topic);
      if (isAbove(draft, limit)) this.refuse(draft, limit);
    }
  }

  /** Most bytes of one request: what each topic in it takes. */
  private async room(works: readonly Work[]): Promise<number> {
    const topics = [...new Set(works.map(({ topic }) => topic))];
    const limits = await Promise.all(topics.map((topic) => this.topics.limit(topic)));
    if (topics.some((topic) => this.alone.has(topic))) return 0;
    return Math.min(REQUEST_BYTES, ...limits.filter((limit) => limit !== undefined));
  }

  private async drafts({ topic, records }: Work, seen: Map<string, Draft>): Promise<Draft[]> {
    const partitions = await this.topics.partitions(topic);
    return records.map((record) => {
      const { dedupe } = record;
      const message = messageOf(record, partitionOf(record.key, partitions));
      const draft: Draft = { topic, dedupe, message, size: sizeOf(message) };
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
      if (!saysTooLarge(this.client.failureOf(error))) throw error;
      await this.refusedBy(error, drafts);
    }
  }

  /** One record was too large for its topic. Where it was not alone nobody can tell which, until all are sent again, in smaller requests. */
  private async refusedBy(error: unknown, drafts: readonly Draft[]): Promise<void> {
    const [draft, ...others] = drafts as [Draft, ...Draft[]];
    if (others.length === 0) return this.refuse(draft, await this.topics.limitNow(draft.topic));
    for (const topic of new Set(drafts.map((each) => each.topic)))
      if ((await this.topics.limitNow(topic)) === undefined) this.alone.add(topic);
    const { code, message } = logErrorOf(error, this.client.failureOf(error), this.brokers) as LogError;
    for (const each of drafts) each.refused = new LogError(code, message, true, { cause: error });
  }

  private refuse(draft: Draft, limit: number | undefined): void {
    const { topic, message } = draft;
    draft.refused = recordTooLarge({ topic, key: message.key, size: leastSizeOf(message), limit }, this.brokers);
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

const isNew = (draft: Draft): boolean => draft.duplicateOf === undefined && draft.refused === undefined;

/** Surely: what is close to the limit is for the broker to decide. */
const isAbove = ({ size, message }: Draft, limit = Infinity): boolean => size > limit && leastSizeOf(message) > limit;

const resultOf = (drafts: readonly Draft[]): readonly Appended[] | Promise<never> => {
  const refused = drafts.map((draft) => (draft.duplicateOf ?? draft).refused).find((each) => each !== undefined);
  return refused ? Promise.reject(refused) : drafts.map(appendedOf);
};

const appendedOf = (draft: Draft): Appended => {
  const { place } = draft.duplicateOf ?? draft;
  return { topic: draft.topic, ...(place as Place), duplicate: draft.duplicateOf !== undefined };
};

/** What was appended together is in one request where that has room for it, so that nobody reads a part of it before the rest is there. */
const requests = (works: readonly (readonly Draft[])[], most: number): Draft[][] => {
  const groups: Draft[][] = [];
  let room = 0;
  for (const work of works) {
    const drafts = work.filter(isNew);
    const size = drafts.reduce((sum, draft) => sum + draft.size, 0);
    if (size <= most && size > room) room = 0;
    for (const draft of drafts) {
      if (draft.size > room || groups.length === 0) {
        groups.push([]);
        room = most;
      }
      groups.at(-1)!.push(draft);
      room -= draft.size;
    }
  }
  return groups;
};
