import { indexed } from '../dedupe.js';
import { Newest } from './newest.js';
import type { PartitionFetch } from './partition-fetch.js';
import type { Stored } from './records.js';
import type { Topics } from './topics.js';

/** How many ids of a topic are remembered, and the most records of a partition that are read for it at a time. */
export interface Memory {
  readonly ids: number;
  readonly lookBack: number;
}

const STRIDE = 10_000;

export interface Place {
  readonly partition: number;
  readonly offset: number;
}

/**
 * The newest ids of a topic with the place of their records, in memory. Kafka has no such index, so it is read from the topic: its last
 * records at first, and what was added since then by anybody before each look.
 */
export class RecentIds {
  private readonly places: Newest<Place>;
  private readonly next: number[] = [];

  constructor(
    private readonly topic: string,
    private readonly topics: Topics,
    private readonly fetch: PartitionFetch,
    private readonly memory: Memory,
  ) {
    this.places = new Newest(memory.ids);
  }

  /** Reads what the topic got since the last time. */
  async catchUp(): Promise<void> {
    const bounds = await this.topics.bounds(this.topic);
    await Promise.all(bounds.map(({ low, end }, partition) => this.read(partition, low, end)));
  }

  /** Where the record with this id is, as far as it is remembered. */
  get(id: string): Place | undefined {
    return this.places.get(indexed(id));
  }

  /** What this process itself has appended from an offset on need not be read, unless somebody else was there in between. */
  appended(partition: number, from: number, ids: readonly (string | undefined)[]): void {
    ids.forEach((id, i) => id !== undefined && this.add(id, { partition, offset: from + i }));
    if (this.next[partition] === from) this.next[partition] = from + ids.length;
  }

  /** Keeps the first place of an id. */
  private add(id: string, place: Place): void {
    const key = indexed(id);
    if (this.places.get(key) === undefined) this.places.add(key, place);
  }

  private async read(partition: number, low: number, end: number): Promise<void> {
    let next = Math.max(this.next[partition] ?? 0, low, end - this.memory.lookBack);
    while (next < end) {
      const messages = await this.fetch.from(this.topic, partition, next, STRIDE);
      for (const message of messages) {
        const id = message.dedupe;
        if (id !== undefined) this.add(id, { partition, offset: message.offset });
      }
      next = messages.length === 0 ? end : (messages.at(-1) as Stored).offset + 1;
      this.next[partition] = next;
    }
    this.next[partition] = next;
  }
}
