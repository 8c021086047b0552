import { AssignedPartition } from '../assigned-partition.js';
import type { Fetched } from '../client.js';
import type { Stored } from '../records.js';

const MOST_QUEUED_BYTES = 8 * 1024 * 1024;

/** A partition with what was fetched ahead of its handler. */
export class QueuedPartition extends AssignedPartition {
  /** The partition's next offset, as far as is known. */
  highWatermark = 0;
  /** True while its handler runs. */
  busy = false;
  private queue: readonly Stored[] = [];
  private bytes = 0;

  constructor(
    topic: string,
    partition: number,
    /** From where the next fetch goes on. */
    public ahead: number,
  ) {
    super(topic, partition);
  }

  /** Whether a handler may take a batch now. */
  get isReady(): boolean {
    return !this.busy && !this.isWaiting && this.queue.length > 0;
  }

  /** Whether the next fetch should be for this partition, too: a handler that is slower than the log must not fill the memory. */
  hasRoom(batch: number): boolean {
    return this.queue.length < batch && this.bytes < MOST_QUEUED_BYTES;
  }

  /** Takes what a fetch from `from` on has found, unless the partition went on in another way meanwhile. */
  add({ messages, next }: Fetched, from: number, highWatermark: number): void {
    if (from !== this.ahead) return;
    this.highWatermark = highWatermark;
    this.ahead = next;
    this.queue = this.queue.length === 0 ? messages : [...this.queue, ...messages];
    for (const message of messages) this.bytes += sizeOf(message);
  }

  /** The records to handle next; after a failure, the same as before. */
  batch(size: number): readonly Stored[] {
    const { failed } = this;
    return this.queue.slice(0, failed && failed.offset === this.queue[0]?.offset ? failed.count : size);
  }

  handled(batch: readonly Stored[]): void {
    this.handledTo((batch.at(-1) as Stored).offset);
    const next = this.next!;
    const passed = this.queue.findIndex(({ offset }) => offset >= next);
    const gone = passed < 0 ? this.queue : this.queue.slice(0, passed);
    this.queue = this.queue.slice(gone.length);
    for (const message of gone) this.bytes -= sizeOf(message);
    // Also what is on its way from before is then left out.
    if (this.ahead < next) this.ahead = next;
  }

  /** Goes on elsewhere: its records there are no longer kept. */
  restart(offset: number): void {
    this.ahead = offset;
  }
}

const sizeOf = ({ value }: Stored): number => 100 + (value?.byteLength ?? 0);
