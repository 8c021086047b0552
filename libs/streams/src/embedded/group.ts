import type { Progress } from '../log.js';
import type { Arrivals } from './arrivals.js';
import { type Member, PartitionReader } from './partition-reader.js';
import type { RecordStore } from './record-store.js';

/** A consumer group of this process: shares the partitions of each topic among the members that subscribed to it. */
export class Group {
  private members: readonly Member[] = [];
  private readers: readonly PartitionReader[] = [];
  private settling: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: RecordStore,
    private readonly arrivals: Arrivals,
  ) {}

  join(member: Member): Promise<void> {
    this.members = [...this.members, member];
    return this.settle();
  }

  leave(member: Member): Promise<void> {
    this.members = this.members.filter((other) => other !== member);
    return this.settle();
  }

  progress(member: Member): readonly Progress[] {
    return this.readers.filter((reader) => reader.member === member).map((reader) => reader.progress);
  }

  /** One after the other, so that a partition's next reader starts only when the one before it has ended. */
  private settle(): Promise<void> {
    this.settling = this.settling.then(() => this.assign());
    return this.settling;
  }

  private async assign(): Promise<void> {
    const wanted = this.share();
    const keeps = (reader: PartitionReader) =>
      wanted.get(`${reader.topic}/${reader.partition}`)?.member === reader.member;
    await Promise.all(this.readers.filter((reader) => !keeps(reader)).map((reader) => reader.stop()));
    const kept = this.readers.filter(keeps);
    const missing = [...wanted.values()].filter(
      (w) => !kept.some((r) => r.topic === w.topic && r.partition === w.partition),
    );
    const started = missing.map((w) => new PartitionReader(w.topic, w.partition, w.member, this.store, this.arrivals));
    this.readers = [...kept, ...started];
  }

  private share(): Map<string, { topic: string; partition: number; member: Member }> {
    const topics = new Set(this.members.flatMap(({ options }) => options.topics));
    const shares = [...topics].flatMap((topic) => {
      const readers = this.members.filter(({ options }) => options.topics.includes(topic));
      return this.store
        .ends(topic)
        .map((_, partition) => ({ topic, partition, member: readers[partition % readers.length] as Member }));
    });
    return new Map(shares.map((share) => [`${share.topic}/${share.partition}`, share]));
  }
}
