import type { ClusterMetadata } from '@platformatic/kafka';
import { backOff, pause } from '../../back-off.js';
import { Bell } from '../../bell.js';
import { batchSize, positionOf, report } from '../../delivery.js';
import type { BatchHandler, LogRecord, Progress, SubscribeOptions } from '../../log.js';
import type { Bounds, GroupMember } from '../client.js';
import { isExpelled, Unanswered } from '../failure.js';
import { GROUP, type Session } from '../options.js';
import { recordOf } from '../records.js';
import type { Share } from '../sharing.js';
import { failureOf } from './failure.js';
import { fetchAhead } from './fetch-ahead.js';
import type { Generation, Membership } from './membership.js';
import { QueuedPartition } from './queued-partition.js';
import type { Requests } from './requests.js';

/** A fetch that leaves partitions out, because they are full, must not keep them waiting once they are not. */
const SHORT_MS = 20;

export interface Connections {
  requests(): Requests;
  readonly membership: Membership;
  readonly session: Session;
  bounds(topic: string): Promise<readonly Bounds[]>;
}

/** One member of a consumer group: fetches ahead of the handlers, and joins again only when they have ended. */
export class GroupReader implements GroupMember {
  private readonly partitions = new Map<string, QueuedPartition>();
  private readonly fetches: Requests;
  private readonly running = new Set<Promise<void>>();
  /** Of partitions whose newest offset is on its way to the group. */
  private readonly committing = new Map<QueuedPartition, Promise<void>>();
  /** Rings when there may be something to fetch or handle again. */
  private readonly bell = new Bell();
  private readonly stopping = new AbortController();
  private generation: Generation | undefined;
  /** Aborted when the group shares anew: no batch begins until this member has joined again. */
  private sharing = new AbortController();
  /** Leaders that are being asked. */
  private readonly asked = new Set<number>();
  private failures = 0;
  private paused = false;
  private ended: Promise<void> | undefined;

  constructor(
    private readonly connections: Connections,
    private readonly options: SubscribeOptions,
    private readonly handler: BatchHandler,
    private readonly onStop: (reader: GroupReader) => void,
  ) {
    this.fetches = connections.requests();
  }

  /** Resolves when the group has given this member its partitions. */
  async start(): Promise<void> {
    for (let attempt = 1; !(await this.joined(attempt >= 6)); attempt++)
      await pause(backOff(attempt), this.stopping.signal);
    this.ended = this.run();
  }

  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    this.sharing.abort();
    this.onStop(this);
    this.partitions.forEach((partition) => partition.end());
    await this.settled();
    await this.connections.membership.leave().catch(() => {});
    await this.fetches.close();
    await this.ended;
  }

  progress(): readonly Progress[] {
    return [...this.partitions.values()].map(({ topic, partition, next }) => ({ topic, partition, next }));
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.work();
    this.bell.ring();
  }

  /** Joins, and when the group shares anew joins again, until it is stopped. */
  private async run(): Promise<void> {
    for (let failures = 0; !this.isStopped;) {
      if (this.generation) {
        // What was fetched ahead for partitions that stay is there already.
        this.work();
        await Promise.all([this.beat(this.generation), this.fetch()]);
        await this.settled();
      }
      if (this.isStopped) return;
      failures = (await this.joined()) ? 0 : failures + 1;
      if (failures > 0) await pause(backOff(failures), this.stopping.signal);
    }
  }

  /** False when it did not work, and may later. */
  private async joined(last = false): Promise<boolean> {
    const { membership } = this.connections;
    try {
      const generation = await membership.join();
      if (this.isStopped) return true;
      await this.assign(generation);
      if (this.isStopped) return true;
      this.generation = generation;
      this.sharing = new AbortController();
      return true;
    } catch (error) {
      this.generation = undefined;
      if (this.isStopped) return true;
      const failure = failureOf(error);
      if (isExpelled(failure)) this.expelled();
      else if (last || !passes(error)) this.unable(error);
      else if (this.ended) this.report(error, 1);
      return false;
    }
  }

  /** Whoever starts the subscription is told; a running one goes on trying and says so. */
  private unable(error: unknown): void {
    if (this.ended === undefined) throw error;
    this.report(error, 1);
  }

  private expelled(): void {
    this.connections.membership.reset();
    this.partitions.forEach((partition) => partition.end());
    this.partitions.clear();
  }

  /**
   * A partition that stays goes on where it was; one that is gained begins at its first record when the subscriber asked for
   * that, and otherwise where the group's commits say.
   */
  private async assign({ share }: Generation): Promise<void> {
    const wanted = new Set(Object.entries(share).flatMap(([topic, ids]) => ids.map((id) => `${topic}/${id}`)));
    for (const [name, partition] of this.partitions) {
      if (wanted.has(name)) continue;
      partition.end();
      this.partitions.delete(name);
    }
    const isNew = (topic: string) => (id: number) => !this.partitions.has(`${topic}/${id}`);
    const gained = Object.entries(share).map(([topic, ids]) => [topic, ids.filter(isNew(topic))] as const);
    const some = Object.fromEntries(gained.filter(([, ids]) => ids.length > 0));
    for (const { topic, id, from } of await this.starts(some))
      this.partitions.set(`${topic}/${id}`, new QueuedPartition(topic, id, from));
  }

  private async starts(share: Share): Promise<{ topic: string; id: number; from: number }[]> {
    const committed =
      this.options.from === 'beginning' || Object.keys(share).length === 0
        ? new Map<string, Map<number, number>>()
        : await this.connections.membership.committed(share);
    const starts = Object.entries(share).map(async ([topic, ids]) => {
      const bounds = await this.connections.bounds(topic);
      return ids.map((id) => {
        const { low, end } = bounds[id] ?? { low: 0, end: 0 };
        const place = committed.get(topic)?.get(id) ?? low;
        return { topic, id, from: place < low || place > end ? low : place };
      });
    });
    return (await Promise.all(starts)).flat();
  }

  /** Tells the group every few seconds that this member is there, until partitions are shared anew and its running handlers have ended. */
  private async beat(generation: Generation): Promise<void> {
    const over = new AbortController();
    const { membership, session } = this.connections;
    void this.over().then(() => over.abort());
    let last = Date.now();
    for (;;) {
      await pause(session.heartbeatMs, over.signal);
      if (over.signal.aborted) return;
      try {
        await membership.beat(generation);
        last = Date.now();
      } catch (error) {
        this.heard(error);
        if (Date.now() - last > session.silentAfterMs) this.lose();
      }
    }
  }

  /** Resolves when the group shares anew, or this member stops, and its running handlers have ended. */
  private async over(): Promise<void> {
    await new Bell().next(this.sharing.signal);
    await this.settled();
  }

  /** Resolves when no handler runs, and what they have handled is committed. */
  private async settled(): Promise<void> {
    while (this.running.size + this.committing.size > 0)
      await Promise.all([...this.running, ...this.committing.values()]);
  }

  /** What a heartbeat or a commit was answered. */
  private heard(error: unknown): void {
    const failure = failureOf(error);
    if (failure?.type === 'REBALANCE_IN_PROGRESS') this.sharing.abort();
    if (isExpelled(failure)) this.lose();
  }

  /** The group goes on without this member. It begins anew, once its running handlers have ended. */
  private lose(): void {
    this.expelled();
    this.sharing.abort();
  }

  /** Fetches for all partitions that have room, from all leaders at once, again and again. */
  private async fetch(): Promise<void> {
    while (!this.sharing.signal.aborted) {
      const view = await this.view();
      if (view) for (const [leader, own] of this.hungry(view)) void this.fetchFrom(leader, own, view);
      await this.bell.next(this.sharing.signal);
    }
  }

  /** Who leads which partition. Undefined, and a ring later, when nobody can tell. */
  private async view(): Promise<ClusterMetadata | undefined> {
    try {
      return await this.fetches.metadata(this.options.topics);
    } catch (error) {
      this.failed(error);
      void pause(backOff(3), this.sharing.signal).then(() => this.bell.ring());
      return undefined;
    }
  }

  /** By leader, the partitions that have room; not those of a leader that is being asked. */
  private hungry({ topics }: ClusterMetadata): Map<number, QueuedPartition[]> {
    const found = new Map<number, QueuedPartition[]>();
    if (this.paused) return found;
    for (const partition of this.partitions.values()) {
      const leader = topics.get(partition.topic)?.partitions[partition.partition]?.leader ?? -1;
      if (this.asked.has(leader) || !partition.hasRoom(batchSize(this.options))) continue;
      found.set(leader, [...(found.get(leader) ?? []), partition]);
    }
    return found;
  }

  private async fetchFrom(
    leader: number,
    partitions: readonly QueuedPartition[],
    view: ClusterMetadata,
  ): Promise<void> {
    this.asked.add(leader);
    try {
      const wait = partitions.length < this.partitions.size ? SHORT_MS : GROUP.fetchMs;
      await fetchAhead(this.fetches, leader, partitions, view, wait);
      this.work();
      this.failures = 0;
    } catch (error) {
      await this.misfetched(error, partitions);
    } finally {
      this.asked.delete(leader);
      this.bell.ring();
    }
  }

  /** Where the oldest records were deleted meanwhile, partitions go on at the first that is kept. */
  private async misfetched(error: unknown, partitions: readonly QueuedPartition[]): Promise<void> {
    try {
      if (failureOf(error)?.type !== 'OFFSET_OUT_OF_RANGE') throw error;
      for (const partition of partitions) {
        const { low, end } = (await this.connections.bounds(partition.topic))[partition.partition]!;
        if (partition.ahead < low || partition.ahead > end) partition.restart(low);
      }
    } catch (failure) {
      this.failed(failure);
      await pause(backOff(this.failures), this.stopping.signal);
    }
  }

  private failed(error: unknown): void {
    this.fetches.forget();
    this.failures += 1;
    if (this.failures > 5 && !this.isStopped) this.report(error, this.failures);
  }

  /** Begins to handle what has come, a few partitions at once. */
  private work(): void {
    if (this.paused || this.sharing.signal.aborted || !this.generation) return;
    for (const partition of this.partitions.values()) {
      if (this.running.size >= GROUP.handledAtOnce) return;
      if (!partition.isReady) continue;
      const handling = this.handle(partition, this.generation).finally(() => {
        this.running.delete(handling);
        partition.busy = false;
        this.work();
        this.bell.ring();
      });
      partition.busy = true;
      this.running.add(handling);
    }
  }

  private async handle(partition: QueuedPartition, generation: Generation): Promise<void> {
    const goesOn = () => !this.paused && !this.sharing.signal.aborted && !partition.ending.signal.aborted;
    while (goesOn()) {
      const batch = partition.batch(batchSize(this.options));
      if (batch.length === 0) return;
      const records = batch.map((message) => recordOf(partition.topic, partition.partition, message));
      if (!(await this.deliver(partition, records))) return;
      partition.handled(batch);
      this.commitLater(partition, generation);
      this.bell.ring();
    }
  }

  /** True when the handler has handled the records. Otherwise they come again after a pause, while other partitions go on. */
  private async deliver(partition: QueuedPartition, records: readonly LogRecord[]): Promise<boolean> {
    const attempt = (partition.failed?.attempts ?? 0) + 1;
    const { fresh, ending, highWatermark: end, goOnAt } = partition;
    try {
      await this.handler(records, { fresh, attempt, end, signal: ending.signal, goOnAt });
      partition.failed = undefined;
      return true;
    } catch (error) {
      const at = positionOf(records);
      partition.failed = { offset: at.offset, count: records.length, attempts: attempt };
      report(this.options, { error, at, attempt });
      if (!ending.signal.aborted) partition.resumeAfter(backOff(attempt), () => this.work());
      return false;
    }
  }

  /** Not waited for: the next batch may be handled meanwhile, and a commit that is lost is batches that come again. One at a time, each of the newest offset. */
  private commitLater(partition: QueuedPartition, generation: Generation): void {
    if (!this.committing.has(partition)) this.committing.set(partition, this.commitAll(partition, generation));
  }

  private async commitAll(partition: QueuedPartition, generation: Generation): Promise<void> {
    for (let committed: number | undefined; committed !== partition.next;) {
      committed = partition.next;
      await this.commit(partition, generation);
    }
    this.committing.delete(partition);
  }

  /** A commit that is refused, since the partition is another's by now, is nothing: that one begins where this one has not committed. */
  private async commit(partition: QueuedPartition, generation: Generation): Promise<void> {
    const { topic, partition: id, next = 0 } = partition;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.connections.membership.commit(generation, topic, id, next);
      } catch (error) {
        this.heard(error);
        const failure = failureOf(error);
        if (isExpelled(failure) || failure?.type === 'REBALANCE_IN_PROGRESS') return;
        if (attempt === 4 || this.isStopped) return this.report(error, attempt, { topic, partition: id, offset: next });
        await pause(backOff(attempt), this.stopping.signal);
      }
    }
  }

  private report(
    error: unknown,
    attempt: number,
    at = { topic: this.options.topics[0] ?? '', partition: 0, offset: 0 },
  ) {
    report(this.options, { error, at, attempt });
  }

  private get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }
}

const WAITED = new Set(['REBALANCE_IN_PROGRESS']);

/** Whether it may work the next time. */
const passes = (error: unknown): boolean => {
  const failure = failureOf(error);
  return error instanceof Unanswered || failure?.retriable === true || WAITED.has(failure?.type ?? '');
};
