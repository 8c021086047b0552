import { type EventLog, Turns, topics } from '@portolan/streams';
import { resolvedBy } from './record.js';

const STRIDE = 1_000;
const PAGE = 65_536;

/** Whole numbers from 0, one bit each; pages of 8 KiB come into being where there are any. */
class Bits {
  private readonly pages = new Map<number, Uint8Array>();

  add(number: number): void {
    const index = Math.floor(number / PAGE);
    const page = this.pages.get(index) ?? new Uint8Array(PAGE / 8);
    this.pages.set(index, page);
    page[(number % PAGE) >> 3]! |= 1 << (number % 8);
  }

  has(number: number): boolean {
    const page = this.pages.get(Math.floor(number / PAGE));
    return page !== undefined && (page[(number % PAGE) >> 3]! & (1 << (number % 8))) !== 0;
  }
}

/**
 * Which rejections are resolved, derived from the topic: read whole at the first look, and what was added since at each further one.
 * Takes one bit for each record of the topic.
 */
export class Resolved {
  private readonly partitions: { next: number; readonly resolved: Bits }[] = [];
  private readonly turns = new Turns();

  constructor(private readonly log: EventLog) {}

  has(partition: number, offset: number): boolean {
    return this.partitions[partition]?.resolved.has(offset) ?? false;
  }

  /** Reads what the topic has got meanwhile. Gives the ends of its partitions, up to which everything is known. */
  catchUp(): Promise<readonly number[]> {
    return this.turns.take(() => this.readOn());
  }

  private async readOn(): Promise<readonly number[]> {
    const ends = await this.log.ends(topics.rejected);
    for (const [partition, end] of ends.entries()) await this.readPartition(partition, end);
    return ends;
  }

  private async readPartition(partition: number, end: number): Promise<void> {
    const known = (this.partitions[partition] ??= { next: 0, resolved: new Bits() });
    while (known.next < end) {
      const records = await this.log.read(topics.rejected, partition, known.next, STRIDE);
      for (const record of records) {
        const place = resolvedBy(record);
        if (place?.partition === partition) known.resolved.add(place.offset);
      }
      known.next = records.length === 0 ? end : records.at(-1)!.offset + 1;
    }
  }
}
