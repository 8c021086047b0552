import { mustBeReadable } from '../compression.js';
import { batchSize } from '../delivery.js';
import { LogError } from '../error.js';
import { Gate } from '../gate.js';
import type { Appended, BatchHandler, EventLog, LogRecord, NewRecord, SubscribeOptions, Subscription } from '../log.js';
import { Arrivals } from './arrivals.js';
import { Group } from './group.js';
import type { Member } from './partition-reader.js';
import { RecordStore } from './record-store.js';

export interface EmbeddedLogOptions {
  /** Where the log lives; made when missing. One process has it open at a time. */
  readonly directory: string;
  /** Partitions of topics still to be made. Default 1, 1 to 1000. */
  readonly partitions?: number;
}

/**
 * The log on one machine without a server: LMDB in a directory, kept for ever but for compacted topics. Appends share durable transactions,
 * and wake the subscribers of this process at once. Throws `LogError` with `log-in-use` when another process has the directory.
 */
export const openEmbeddedLog = async ({ directory, partitions = 1 }: EmbeddedLogOptions): Promise<EventLog> => {
  if (!(Number.isInteger(partitions) && partitions >= 1 && partitions <= 1000))
    throw new RangeError(`partitions (${partitions}) must be a whole number from 1 to 1000.`);
  return new EmbeddedLog(await RecordStore.open(directory, partitions), directory);
};

class EmbeddedLog implements EventLog {
  private readonly arrivals = new Arrivals();
  private readonly groups = new Map<string, Group>();
  private readonly subscriptions = new Set<Subscription>();
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly store: RecordStore,
    private readonly directory: string,
  ) {}

  async append(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    this.mustBeOpen();
    mustBeReadable(topic, records);
    const appended = await this.store.append(topic, records);
    const touched = new Set(appended.filter(({ duplicate }) => !duplicate).map(({ partition }) => partition));
    touched.forEach((partition) => this.arrivals.announce(topic, partition));
    return appended;
  }

  async read(topic: string, partition: number, fromOffset: number, limit: number): Promise<readonly LogRecord[]> {
    this.mustBeOpen();
    return this.store.read(topic, partition, fromOffset, limit);
  }

  async ends(topic: string): Promise<readonly number[]> {
    this.mustBeOpen();
    return this.store.ends(topic);
  }

  async room(): Promise<void> {
    this.mustBeOpen();
    await this.store.room();
  }

  async lag(group: string, topic: string): Promise<readonly number[]> {
    const ends = await this.ends(topic);
    return ends.map((end, partition) => end - this.store.committed(group, topic, partition));
  }

  async subscribe(options: SubscribeOptions, handler: BatchHandler): Promise<Subscription> {
    this.mustBeOpen(this.closing !== undefined);
    batchSize(options);
    const group = this.groups.get(options.group) ?? new Group(this.store, this.arrivals);
    this.groups.set(options.group, group);
    const member = { options, handler, gate: new Gate() };
    const subscription = this.subscription(group, member);
    await group.join(member);
    return subscription;
  }

  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  private subscription(group: Group, member: Member): Subscription {
    const subscription: Subscription = {
      progress: () => group.progress(member),
      pause: () => member.gate.close(),
      resume: () => member.gate.release(),
      stop: async () => {
        this.subscriptions.delete(subscription);
        await group.leave(member);
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  /** Handlers that are running may append what they have made until they end. */
  private async shut(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.closed = true;
    await this.store.close();
  }

  private mustBeOpen(closed = this.closed): void {
    if (closed) throw new LogError('log-closed', `The log in ${this.directory} is closed.`, false);
  }
}
