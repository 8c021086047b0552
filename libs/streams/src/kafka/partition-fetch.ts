import type { KafkaClient } from './client.js';
import type { Stored } from './records.js';
import { ANSWER_MS } from './options.js';
import type { Topics } from './topics.js';
import { within } from './within.js';

/** Reads a partition without a consumer group. */
export class PartitionFetch {
  constructor(
    private readonly client: KafkaClient,
    private readonly topics: Topics,
  ) {}

  /** Messages from an offset on, at most `limit`, up to the end that the partition has now. Offsets no longer kept are passed over. */
  async from(topic: string, partition: number, offset: number, limit: number): Promise<readonly Stored[]> {
    const bounds = (await this.topics.bounds(topic))[partition];
    const found: Stored[] = [];
    let next = Math.max(offset, bounds?.low ?? 0);
    while (bounds && next < bounds.end && found.length < limit) {
      const fetched = await within(ANSWER_MS, `fetch of ${topic}`, this.client.fetch(topic, partition, next));
      if (fetched.next <= next) break;
      for (const message of fetched.messages) if (message.offset >= next) found.push(message);
      next = fetched.next;
    }
    return found.slice(0, limit);
  }
}
