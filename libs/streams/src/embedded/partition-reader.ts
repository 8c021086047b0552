import { setImmediate } from 'node:timers/promises';
import { backOff, pause } from '../back-off.js';
import { batchSize, deliver, positionOf, report } from '../delivery.js';
import type { Gate } from '../gate.js';
import type { BatchHandler, LogRecord, Progress, SubscribeOptions } from '../log.js';
import type { Arrivals } from './arrivals.js';
import type { RecordStore } from './record-store.js';

/** What one member of a group reads with. */
export interface Member {
  readonly options: SubscribeOptions;
  readonly handler: BatchHandler;
  readonly gate: Gate;
}

/** Reads one partition for one member, batch after batch, from its assignment until it is stopped. */
export class PartitionReader {
  private readonly ending = new AbortController();
  private readonly ended: Promise<void>;
  private committing: Promise<void> = Promise.resolve();
  private next: number;
  /** Where the handler wants to go on instead of behind its batch. */
  private wanted = 0;
  private fresh = true;

  constructor(
    readonly topic: string,
    readonly partition: number,
    readonly member: Member,
    private readonly store: RecordStore,
    private readonly arrivals: Arrivals,
  ) {
    const { from, group } = member.options;
    this.next = from === 'beginning' ? 0 : store.committed(group, topic, partition);
    this.ended = this.run();
  }

  get progress(): Progress {
    const { topic, partition, fresh, next } = this;
    return { topic, partition, next: fresh ? undefined : next };
  }

  /** Resolves when the running handler has ended and its offset is committed. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.ended;
    await this.committing;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.ending.signal.aborted;) {
      try {
        await this.step();
        failures = 0;
      } catch (error) {
        failures += 1;
        report(this.member.options, { error, at: this.position(), attempt: failures });
        await pause(backOff(failures), this.ending.signal);
      }
    }
  }

  private async step(): Promise<void> {
    const { signal } = this.ending;
    await this.member.gate.pass(signal);
    const batch = this.store.read(this.topic, this.partition, this.next, batchSize(this.member.options));
    if (batch.length === 0) return this.arrivals.next(this.topic, this.partition, signal);
    if (await this.handle(batch)) this.commit(batch);
    // A handler that never waits would keep everything else of the process waiting.
    await setImmediate();
  }

  private handle(batch: readonly LogRecord[]): Promise<boolean> {
    const end = this.store.ends(this.topic)[this.partition] as number;
    const { handler, options } = this.member;
    const goOnAt = (offset: number) => (this.wanted = offset);
    return deliver(batch, handler, { fresh: this.fresh, end, signal: this.ending.signal, goOnAt }, options);
  }

  /** Not waited for: a commit that is lost is a batch that comes again. */
  private commit(batch: readonly LogRecord[]): void {
    const { options } = this.member;
    this.next = Math.max((batch.at(-1) as LogRecord).offset + 1, this.wanted);
    this.fresh = false;
    this.committing = this.store
      .commitOffset(options.group, this.topic, this.partition, this.next)
      .catch((error: unknown) => report(options, { error, at: positionOf(batch), attempt: 1 }));
  }

  private position() {
    return { topic: this.topic, partition: this.partition, offset: this.next };
  }
}
