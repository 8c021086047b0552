/**
 * The log as a port: topics, partitions, offsets and consumer groups. The log is the truth; everything else is derived from it.
 * Adapters: `embedded` (LMDB, one process) and `kafka`. Both pass `testing/event-log-contract.ts`.
 */

/** Where a record is: offsets are dense per partition in the embedded log, ascending in Kafka, and start at 0. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface LogRecord extends Position {
  readonly key: string;
  /** As appended: compression inside the log is undone. May be made when it is asked for, so that a copy of the record by spreading is without it. */
  readonly value: Uint8Array;
  /** What the value is as JSON, where the log knows it already. Not to be changed. */
  readonly json?: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** When the log took the record, milliseconds since 1970. Informative: decisions use the times inside the value. */
  readonly timestamp: number;
  /** The id that keeps this record unique in its topic, when it was appended with one. */
  readonly dedupe?: string;
}

export interface NewRecord {
  /** Equal keys go to the same partition, in the order of their appends. */
  readonly key: string;
  readonly value: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A record whose id the topic already has (within the window of docs/adr/0004-duplicates.md) is not appended again. */
  readonly dedupe?: string;
}

/** What became of one appended record: its position, or the position of the record that was there before. */
export interface Appended extends Position {
  readonly duplicate: boolean;
}

export interface SubscribeOptions {
  /** Subscriptions of one group share the partitions of their topics; each partition has one reader at a time. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * `committed`: behind the last batch the group handled (a new group: from the first record kept).
   * `beginning`: whenever this subscription gains a partition, from its first record, so that state can be folded anew.
   */
  readonly from: 'committed' | 'beginning';
  /** Most records in one batch. Default 500, 1 to 10 000. */
  readonly maxBatch?: number;
  /** Told each time a handler or a commit fails, for the service's log. Default: a process warning. */
  readonly onFailure?: (failure: DeliveryFailure) => void;
}

/** Why a batch will be delivered once more. */
export interface DeliveryFailure {
  readonly error: unknown;
  /** Where the batch begins. */
  readonly at: Position;
  readonly attempt: number;
}

export interface BatchContext {
  /** True for the first batch of a partition since this subscription gained it: forget older state of the partition. */
  readonly fresh: boolean;
  /** 1 for the first delivery of this batch, 2 and more when the handler failed before. */
  readonly attempt: number;
  /** The partition's next offset when the batch was fetched: the batch is the newest when it ends at `end - 1`. */
  readonly end: number;
  /** Aborted when the subscription stops or loses the partition; what is appended afterwards may be repeated elsewhere. */
  readonly signal: AbortSignal;
  /**
   * Once this batch is handled, the next one begins at this offset of the partition, and what lies before is passed over: for readers that
   * know it from elsewhere. Not before the end of the batch.
   */
  goOnAt(offset: number): void;
}

/**
 * Handles consecutive records of one partition. The group's offset is committed once the promise resolves. When it rejects, the same
 * records come again after a pause (100 ms, doubling to 10 s); they are never skipped. Partitions may be handled concurrently.
 */
export type BatchHandler = (batch: readonly LogRecord[], context: BatchContext) => Promise<void>;

/** How far a subscription has come in a partition that it has now. */
export interface Progress {
  readonly topic: string;
  readonly partition: number;
  /** Behind the last record handled; `undefined` as long as none was since the subscription has the partition. */
  readonly next: number | undefined;
}

export interface Subscription {
  /** The partitions it has now; none while the group shares them out anew, and where there are fewer than members. */
  progress(): readonly Progress[];
  /** Resolves once the running handlers have ended; their last offsets are committed. */
  stop(): Promise<void>;
  /** No new batch begins until `resume`. */
  pause(): void;
  resume(): void;
}

export interface EventLog {
  /** Appends in order; resolves only when the records are durable, with one result per record. All or, on an error, possibly some. */
  append(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]>;
  /** At most `limit` records from `fromOffset` on; empty at the end. Offsets no longer kept are passed over. */
  read(topic: string, partition: number, fromOffset: number, limit: number): Promise<readonly LogRecord[]>;
  /** The next offset of every partition; the topic comes into being when it is not there. */
  ends(topic: string): Promise<readonly number[]>;
  subscribe(options: SubscribeOptions, handler: BatchHandler): Promise<Subscription>;
  /** Per partition, how many records the group has not yet handled. */
  lag(group: string, topic: string): Promise<readonly number[]>;
  /** Rejects while records could not be appended for want of room. Absent where the log cannot tell. */
  room?(): Promise<void>;
  /** Stops all subscriptions, then releases the log. */
  close(): Promise<void>;
}

/** The topics of the product. */
export const topics = {
  /** Messages as received, with their headers. */
  inbox: 'portolan.inbox',
  /** Canonical CloudEvents, keyed by planning cell. */
  events: 'portolan.events',
  /** What could not be read, with reasons. */
  rejected: 'portolan.rejected',
  /** One message per planning step, keyed by planning cell. */
  plans: 'portolan.plans',
  /** What-if runs: requests and results. */
  whatIf: 'portolan.what-if',
  /** States of planning cells, in pieces: so that not everything has to be folded again. */
  snapshots: 'portolan.snapshots',
  /** Which snapshots go together, keyed by partition of `portolan.events`. */
  checkpoints: 'portolan.checkpoints',
} as const;

const compacted = [topics.snapshots, topics.checkpoints];

/** Is only the newest record of each key kept for sure? So it is for what can be made again; names below these are for tests. */
export const isCompacted = (topic: string): boolean =>
  compacted.some((name) => topic === name || topic.startsWith(`${name}.`));

export type Topic = (typeof topics)[keyof typeof topics];
