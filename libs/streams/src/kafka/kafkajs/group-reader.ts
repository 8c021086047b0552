import type { Consumer, ConsumerCrashEvent, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { backOff } from '../../back-off.js';
import { batchSize, positionOf, report } from '../../delivery.js';
import type { BatchHandler, LogRecord, Progress, SubscribeOptions } from '../../log.js';
import { AssignedPartition, batchesOf } from '../assigned-partition.js';
import type { GroupMember } from '../client.js';
import { isExpelled } from '../failure.js';
import { GROUP, RETRY, type Session } from '../options.js';
import type { Share } from '../sharing.js';
import { recordOf } from '../records.js';
import { assignerFor } from './assigner.js';
import { storedOf } from './client.js';
import { failureOf } from './failure.js';

/** One member of a consumer group on Kafka. */
export class GroupReader implements GroupMember {
  private consumer: Consumer | undefined;
  private readonly partitions = new Map<string, AssignedPartition>();
  private restarting: NodeJS.Timeout | undefined;
  private crashes = 0;
  private paused = false;
  /** The client pauses and resumes only while it is in the group; `assign` makes up for what was missed. */
  private joined = false;
  private stopped = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly session: Session,
    private readonly options: SubscribeOptions,
    private readonly handler: BatchHandler,
    private readonly onStop: (reader: GroupReader) => void,
  ) {}

  /** Resolves when the group has given this member its partitions. */
  async start(): Promise<void> {
    const consumer = this.kafka.consumer({
      groupId: this.options.group,
      partitionAssigners: [assignerFor(() => this.wanted())],
      sessionTimeout: this.session.silentAfterMs,
      rebalanceTimeout: GROUP.rebalanceMs,
      heartbeatInterval: this.session.heartbeatMs,
      // Also after what time a paused partition is looked at again.
      maxWaitTimeInMs: GROUP.fetchMs,
      maxBytesPerPartition: GROUP.bytesPerPartition,
      allowAutoTopicCreation: false,
      // A client that is between two starts of its own knows nothing of having been stopped, and would begin again for ever.
      retry: { ...RETRY, restartOnFailure: async () => !this.stopped },
    });
    this.consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.assign(payload.memberAssignment));
    consumer.on(consumer.events.CRASH, (event) => this.afterCrash(event));
    consumer.on(consumer.events.STOP, () => (this.joined = false));
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: GROUP.handledAtOnce,
      eachBatch: (payload) => this.handle(payload),
    });
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    this.onStop(this);
    clearTimeout(this.restarting);
    this.partitions.forEach((partition) => partition.end());
    await this.consumer?.disconnect();
  }

  progress(): readonly Progress[] {
    return [...this.partitions.values()].map(({ topic, partition, next }) => ({ topic, partition, next }));
  }

  pause(): void {
    this.paused = true;
    if (this.joined) this.consumer?.pause(this.options.topics.map((topic) => ({ topic })));
  }

  resume(): void {
    this.paused = false;
    if (!this.joined) return;
    this.consumer?.resume(this.options.topics.map((topic) => ({ topic })));
    const waiting = [...this.partitions.values()].filter(({ isWaiting }) => isWaiting);
    this.consumer?.pause(waiting.map(({ topic, partition }) => ({ topic, partitions: [partition] })));
  }

  /**
   * Runs between a rebalance and the next fetch. A partition that stays goes on where it was; one that is gained begins at its
   * first record when the subscriber asked for that, and otherwise where the group's commits say.
   */
  private assign(assignment: Readonly<Record<string, readonly number[]>>): void {
    this.joined = true;
    const assigned = Object.entries(assignment).flatMap(([topic, ids]) => ids.map((id) => ({ topic, id })));
    const names = new Set(assigned.map(({ topic, id }) => `${topic}/${id}`));
    for (const [name, partition] of this.partitions) {
      if (!names.has(name)) partition.end();
      if (!names.has(name)) this.partitions.delete(name);
    }
    for (const { topic, id } of assigned) this.begin(topic, id);
    if (this.paused) this.pause();
  }

  /** Asked by the client when it joins. Who was stopped meanwhile no longer does. */
  private wanted(): Share {
    if (this.stopped) throw new Error(`The subscription of group ${this.options.group} was stopped.`);
    const owned: Record<string, number[]> = {};
    for (const { topic, partition } of this.partitions.values()) (owned[topic] ??= []).push(partition);
    return owned;
  }

  private begin(topic: string, id: number): void {
    const partition = this.partitions.get(`${topic}/${id}`) ?? new AssignedPartition(topic, id);
    this.partitions.set(`${topic}/${id}`, partition);
    const offset = partition.next ?? (this.options.from === 'beginning' ? 0 : undefined);
    if (offset !== undefined) this.consumer?.seek({ topic, partition: id, offset: `${offset}` });
  }

  private async handle(payload: EachBatchPayload): Promise<void> {
    const { topic, partition: id, messages } = payload.batch;
    const partition = this.partitions.get(`${topic}/${id}`);
    if (!partition) return;
    const first = this.failedBefore(partition, messages)?.count;
    for (const batch of batchesOf(messages, batchSize(this.options), first)) {
      if (!payload.isRunning() || payload.isStale() || partition.ending.signal.aborted || this.paused) return;
      const records = batch.map((message) => recordOf(topic, id, storedOf(message)));
      if (!(await this.deliver(partition, records, payload))) return;
      const passes = partition.handledTo((records.at(-1) as LogRecord).offset);
      await this.commit(partition, payload);
      if (passes) return this.consumer?.seek({ topic, partition: id, offset: `${partition.next}` });
    }
  }

  /** True when the handler has handled the records. Otherwise they come again after a pause, while other partitions go on. */
  private async deliver(
    partition: AssignedPartition,
    records: readonly LogRecord[],
    { batch, heartbeat }: EachBatchPayload,
  ): Promise<boolean> {
    const attempt = (this.failedBefore(partition, batch.messages)?.attempts ?? 0) + 1;
    const beating = setInterval(
      () => heartbeat().catch((error: unknown) => this.onSilence(error)),
      this.session.heartbeatMs,
    );
    const { fresh, ending, goOnAt } = partition;
    try {
      await this.handler(records, { fresh, attempt, end: Number(batch.highWatermark), signal: ending.signal, goOnAt });
      partition.failed = undefined;
      return true;
    } catch (error) {
      this.retryLater(partition, records, attempt, error);
      return false;
    } finally {
      clearInterval(beating);
    }
  }

  private failedBefore({ failed }: AssignedPartition, messages: readonly KafkaMessage[]) {
    return failed && Number(messages[0]?.offset) === failed.offset ? failed : undefined;
  }

  private retryLater(
    partition: AssignedPartition,
    records: readonly LogRecord[],
    attempts: number,
    error: unknown,
  ): void {
    const at = positionOf(records);
    partition.failed = { offset: at.offset, count: records.length, attempts };
    report(this.options, { error, at, attempt: attempts });
    if (this.stopped) return;
    const place = { topic: partition.topic, partitions: [partition.partition] };
    this.consumer?.seek({ ...at, offset: `${at.offset}` });
    this.consumer?.pause([place]);
    partition.resumeAfter(backOff(attempts), () => {
      if (this.joined && !this.paused) this.consumer?.resume([place]);
    });
  }

  private async commit(partition: AssignedPartition, payload: EachBatchPayload): Promise<void> {
    const { next = 0 } = partition;
    payload.resolveOffset(`${next - 1}`);
    const partitions = [{ partition: partition.partition, offset: `${next}` }];
    await payload.commitOffsetsIfNecessary({ topics: [{ topic: partition.topic, partitions }] });
    await payload.heartbeat();
  }

  /** A heartbeat that fails for another reason than this is noticed and mended by the client. */
  private onSilence(error: unknown): void {
    if (isExpelled(failureOf(error))) this.partitions.forEach((partition) => partition.ending.abort());
  }

  /** The client starts again by itself after errors it knows to pass; after all others this does. */
  private afterCrash({ payload }: ConsumerCrashEvent): void {
    if (payload.restart || this.stopped) return;
    this.crashes += 1;
    const [topic = ''] = this.options.topics;
    report(this.options, { error: payload.error, at: { topic, partition: 0, offset: 0 }, attempt: this.crashes });
    this.restarting = setTimeout(() => void this.restart(), backOff(this.crashes));
  }

  private async restart(): Promise<void> {
    this.partitions.forEach((partition) => partition.end());
    this.partitions.clear();
    try {
      await this.start();
      this.crashes = 0;
    } catch (error) {
      const payload = { error: error as Error, groupId: this.options.group, restart: false };
      this.afterCrash({ payload } as ConsumerCrashEvent);
    }
  }
}
