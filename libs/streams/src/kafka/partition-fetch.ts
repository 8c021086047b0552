import type { Broker, Cluster, KafkaMessage } from 'kafkajs';
import { Turns } from '../turns.js';
import type { Topics } from './topics.js';

const READ_COMMITTED = 1;
const MOST_BYTES = 8 * 1024 * 1024;
const TRIES = 4;

interface FetchedPartition {
  readonly messages: readonly (KafkaMessage & { readonly isControlRecord?: boolean })[];
}

/** Reads a partition without a consumer group. */
export class PartitionFetch {
  /** One fetch at a time: the client opens a connection for each of several that begin at once, and then loses all but one of them. */
  private readonly turns = new Turns();

  constructor(
    private readonly cluster: Cluster,
    private readonly topics: Topics,
  ) {}

  /** Messages from an offset on, at most `limit`, up to the end that the partition has now. Offsets no longer kept are passed over. */
  async from(topic: string, partition: number, offset: number, limit: number): Promise<readonly KafkaMessage[]> {
    const bounds = (await this.topics.bounds(topic))[partition];
    const found: KafkaMessage[] = [];
    let next = Math.max(offset, bounds?.low ?? 0);
    while (bounds && next < bounds.end && found.length < limit) {
      const from = next;
      const fetched = await this.turns.take(() => this.fetch(topic, partition, from));
      if (fetched.length === 0) break;
      found.push(...fetched.filter((message) => Number(message.offset) >= next && !message.isControlRecord));
      next = Number(fetched.at(-1)?.offset) + 1;
    }
    return found.slice(0, limit);
  }

  /** Asks the partition's leader, and asks again who that is when the answer is an error that may pass. */
  private async fetch(
    topic: string,
    partition: number,
    next: number,
    attempt = 1,
  ): Promise<FetchedPartition['messages']> {
    try {
      const leader = await this.leader(topic, partition);
      const partitions = [{ partition, fetchOffset: `${next}`, maxBytes: MOST_BYTES }];
      const request = { maxWaitTime: 100, maxBytes: MOST_BYTES, isolationLevel: READ_COMMITTED };
      const { responses } = await leader.fetch({ ...request, topics: [{ topic, partitions }] });
      return (responses as { partitions: FetchedPartition[] }[])[0]?.partitions[0]?.messages ?? [];
    } catch (error) {
      if (attempt === TRIES || !(error as { retriable?: boolean }).retriable) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
      await this.cluster.connect();
      await this.cluster.refreshMetadata();
      return this.fetch(topic, partition, next, attempt + 1);
    }
  }

  private async leader(topic: string, partition: number): Promise<Broker> {
    await this.cluster.addTargetTopic(topic);
    await this.cluster.refreshMetadataIfNecessary();
    const [nodeId = ''] = Object.keys(this.cluster.findLeaderForPartitions(topic, [partition]));
    return this.cluster.findBroker({ nodeId });
  }
}
