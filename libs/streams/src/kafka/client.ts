import type { BatchHandler, SubscribeOptions, Subscription } from '../log.js';
import type { Outgoing, Stored } from './records.js';

/**
 * What a library for Kafka has to do for the log; everything else (records, topics and their settings, ids against duplicates, batches)
 * is the same for all and beside this file. Failures are whatever the library throws: `failureOf` tells what they mean.
 */
export interface KafkaClient {
  /** Finds a broker. */
  connect(): Promise<void>;
  close(): Promise<void>;
  /** How many partitions a topic has, or undefined when it is not there. */
  partitions(topic: string): Promise<number | undefined>;
  /** The most bytes of a batch of records that a topic takes, or undefined when brokers do not tell. */
  limit(topic: string): Promise<number | undefined>;
  /** Makes a topic, and resolves when its partitions have leaders; also when somebody else has made it meanwhile. */
  create(topic: NewTopic): Promise<void>;
  /** Of a topic that is there. */
  bounds(topic: string): Promise<readonly Bounds[]>;
  /** What a group has committed, by partition; those without a commit are missing. */
  committed(group: string, topic: string): Promise<ReadonlyMap<number, number>>;
  /** One look at a partition, without a group. */
  fetch(topic: string, partition: number, offset: number): Promise<Fetched>;
  /** `idempotent`: a request that the client repeats is written once. */
  producer(idempotent: boolean): Promise<Producing>;
  /** A new member of a group. `onStop` is told when it has been stopped. */
  join(options: SubscribeOptions, handler: BatchHandler, onStop: (member: GroupMember) => void): GroupMember;
  failureOf(error: unknown): Failure | undefined;
}

export interface GroupMember extends Subscription {
  /** Resolves when the group has given this member its partitions. */
  start(): Promise<void>;
}

/** A connection that appends. After a failure it is closed and another takes its place. */
export interface Producing {
  /** Gives where the first message of each partition is; the others follow it. Acknowledged by all replicas in sync. */
  send(messages: readonly Addressed[]): Promise<readonly Placed[]>;
  close(): Promise<void>;
}

export interface Addressed {
  readonly topic: string;
  readonly message: Outgoing;
}

export interface Placed {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Lowest kept and next offset of a partition. */
export interface Bounds {
  readonly low: number;
  readonly end: number;
}

export interface Fetched {
  /** Ascending; may begin before the offset that was asked for. */
  readonly messages: readonly Stored[];
  /** From where to go on: behind the last message, also behind those that are not for readers. */
  readonly next: number;
}

export interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  /** -1: what the brokers are set to. */
  readonly replication: number;
  readonly settings: Readonly<Record<string, string>>;
}

export interface Failure {
  /** `unanswered`: nobody was there or answered; `refused`: a broker said no. */
  readonly kind: 'unanswered' | 'refused';
  readonly message: string;
  readonly retriable: boolean;
  /** The name of a broker's answer, such as `UNKNOWN_MEMBER_ID`. */
  readonly type?: string | undefined;
}
