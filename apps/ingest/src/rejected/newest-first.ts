import type { EventLog, LogRecord } from '@portolan/streams';

const STRIDE = 200;

/** Records of a topic from the newest to the oldest over all its partitions, by the moment the log took them. Holds some 200 of each. */
export class NewestFirst {
  private readonly waiting: LogRecord[][];

  /** `bounds`: for each partition the offset below which records are given. */
  constructor(
    private readonly log: EventLog,
    private readonly topic: string,
    private readonly bounds: number[],
  ) {
    this.waiting = bounds.map(() => []);
  }

  async next(): Promise<LogRecord | undefined> {
    for (const partition of this.bounds.keys())
      while (this.waiting[partition]!.length === 0 && this.bounds[partition]! > 0) await this.fill(partition);
    const newest = this.waiting.reduce<LogRecord | undefined>((best, records) => {
      const last = records.at(-1);
      return last && (!best || last.timestamp > best.timestamp) ? last : best;
    }, undefined);
    if (newest) this.waiting[newest.partition]!.pop();
    return newest;
  }

  /** Bounds for going on behind what has been given. */
  place(): readonly number[] {
    return this.bounds.map((bound, partition) => {
      const last = this.waiting[partition]!.at(-1);
      return last === undefined ? bound : last.offset + 1;
    });
  }

  private async fill(partition: number): Promise<void> {
    const bound = this.bounds[partition]!;
    const from = Math.max(0, bound - STRIDE);
    const records = await this.log.read(this.topic, partition, from, STRIDE);
    this.waiting[partition] = records.filter(({ offset }) => offset < bound);
    // Where a log keeps no records that old, nothing is gained by walking down to 0.
    const nothingBelow = this.waiting[partition]!.length === 0 && (await this.lowest(partition)) >= bound;
    this.bounds[partition] = nothingBelow ? 0 : from;
  }

  private async lowest(partition: number): Promise<number> {
    const [first] = await this.log.read(this.topic, partition, 0, 1);
    return first?.offset ?? Infinity;
  }
}
