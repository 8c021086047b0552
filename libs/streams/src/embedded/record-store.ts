import { mkdirSync } from 'node:fs';
import { type Database, open, type RootDatabase } from 'lmdb';
import { indexed } from '../dedupe.js';
import { LogError } from '../error.js';
import { GroupCommit } from '../group-commit.js';
import { type Appended, type LogRecord, type NewRecord, isCompacted } from '../log.js';
import { partitionOf } from '../partition.js';
import { own } from './owner.js';
import { RecordKinds } from './record-kinds.js';
import { type StoredRecord, decode, encode } from './stored-record.js';
import { type RecordKey, Tail, behind } from './tail.js';
import { writeFailure } from './write-failure.js';

/** A topic's number in keys, and how many partitions it was made with. */
interface Topic {
  readonly number: number;
  readonly partitions: number;
}

/** What is written, and removed again, to see whether there is room. */
const ROOM = 'room';
const ROOM_BYTES = 256 * 1024;

interface PreparedRecord {
  readonly partition: number;
  /** Of a compacted topic, the key whose record before goes. */
  readonly replaces: string | undefined;
  readonly id: string | undefined;
  readonly stored: StoredRecord;
}

interface Placed {
  readonly partition: number;
  readonly offset: number;
  readonly duplicate: boolean;
}

/**
 * Records, ids and committed offsets in one LMDB environment. Everything is written by durable transactions: a promise of this class
 * resolves after the pages are flushed to disk, and a killed process leaves the last whole transaction.
 */
export class RecordStore {
  private readonly records: Database<StoredRecord, RecordKey>;
  private readonly ids: Database<[number, number], [number, string]>;
  /** Of compacted topics: where the newest record of a key is. */
  private readonly newest: Database<[number, number], [number, string]>;
  private readonly offsets: Database<number, [string, number, number]>;
  private readonly topics: Database<Topic, string>;
  private readonly known = new Map<string, Topic>();
  private readonly kinds: RecordKinds;
  private readonly meta: Database<unknown, string>;
  private readonly commits: GroupCommit<() => unknown, unknown>;
  /** Did the last write find no room? */
  private full = false;

  private constructor(
    private readonly directory: string,
    private readonly root: RootDatabase,
    private readonly disown: () => void,
    private readonly partitions: number,
  ) {
    this.records = root.openDB({ name: 'records' });
    this.ids = root.openDB({ name: 'ids' });
    this.newest = root.openDB({ name: 'newest' });
    this.offsets = root.openDB({ name: 'offsets' });
    this.topics = root.openDB({ name: 'topics' });
    this.meta = root.openDB({ name: 'meta' });
    this.kinds = new RecordKinds(root.openDB({ name: 'kinds' }), (write) => root.transactionSync(write));
    this.commits = new GroupCommit((works) => this.commit(works));
  }

  /** `partitions` is for topics still to be made; a topic keeps the number it was made with. */
  static async open(directory: string, partitions: number): Promise<RecordStore> {
    mkdirSync(directory, { recursive: true });
    // Without overlapping syncs a commit returns when it is on disk, which is what an append promises. Of batches that LMDB would gather by
    // itself, nobody would hear that they failed: the process would end.
    const root = open({ path: directory, maxDbs: 8, overlappingSync: false, eventTurnBatching: false });
    try {
      const disown = own(directory, root, root.openDB<unknown, string>({ name: 'meta' }));
      return new RecordStore(directory, root, disown, partitions);
    } catch (error) {
      await root.close();
      throw await writeFailure(error, directory);
    }
  }

  async append(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    const { number, prepared } = await this.prepare(topic, records);
    return this.write(() => this.place(number, prepared).map((placed) => ({ topic, ...placed })));
  }

  read(topic: string, partition: number, from: number, limit: number): readonly LogRecord[] {
    const { number } = this.topic(topic);
    const found: LogRecord[] = [];
    if (limit <= 0) return found;
    const start = this.keyAt(number, partition, Math.max(0, from));
    for (const { key, value } of this.records.getRange({ start, end: [number, partition, Infinity] })) {
      for (const record of decode({ topic, partition, offset: key[2]! }, value, this.kinds))
        if (record.offset >= from && found.length < limit) found.push(record);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Where what has this offset in it begins. */
  private keyAt(topic: number, partition: number, offset: number): RecordKey {
    const last = this.lastKey(topic, partition, offset);
    return last !== undefined && behind(last) > offset ? last : [topic, partition, offset];
  }

  ends(topic: string): number[] {
    const { number, partitions } = this.topic(topic);
    return Array.from({ length: partitions }, (_, partition) => this.end(number, partition));
  }

  committed(group: string, topic: string, partition: number): number {
    return this.offsets.get([group, this.topic(topic).number, partition]) ?? 0;
  }

  async commitOffset(group: string, topic: string, partition: number, next: number): Promise<void> {
    const { number } = this.topic(topic);
    await this.write(() => this.offsets.putSync([group, number, partition], next));
  }

  async close(): Promise<void> {
    await this.commits.settled();
    this.disown();
    await this.root.close();
  }

  /** Rejects while there is no room: where the last write found none, some is asked for. */
  async room(): Promise<void> {
    if (!this.full) return;
    await this.write(() => this.meta.putSync(ROOM, new Uint8Array(ROOM_BYTES)));
    await this.write(() => this.meta.removeSync(ROOM));
  }

  /** Topics and kinds of records are written when they are first used. */
  private async prepare(topic: string, records: readonly NewRecord[]) {
    try {
      const { number, partitions } = this.topic(topic);
      const compacted = isCompacted(topic);
      const prepared = records.map((record) => ({
        partition: partitionOf(record.key, partitions),
        replaces: compacted ? indexed(record.key) : undefined,
        id: record.dedupe === undefined ? undefined : indexed(record.dedupe),
        stored: encode(record, Date.now(), this.kinds),
      }));
      return { number, prepared };
    } catch (error) {
      throw await writeFailure(error, this.directory);
    }
  }

  private topic(name: string): Topic {
    const topic = this.known.get(name) ?? this.root.transactionSync(() => this.topics.get(name) ?? this.create(name));
    this.known.set(name, topic);
    return topic;
  }

  private create(name: string): Topic {
    const topic = { number: this.topics.getCount(), partitions: this.partitions };
    this.topics.putSync(name, topic);
    return topic;
  }

  private end(topic: number, partition: number): number {
    const last = this.lastKey(topic, partition, Infinity);
    return last === undefined ? 0 : behind(last);
  }

  /** Of what begins at an offset or before it. */
  private lastKey(topic: number, partition: number, offset: number): RecordKey | undefined {
    const start = [topic, partition, offset, Infinity];
    const [last] = this.records.getKeys({ start, end: [topic, partition, -1], reverse: true, limit: 1 });
    return last;
  }

  private place(topic: number, records: readonly PreparedRecord[]): Placed[] {
    const tails = new Map<number, Tail>();
    const placed = records.map(({ partition, id, stored, replaces }) => {
      const before = id === undefined ? undefined : this.ids.get([topic, id]);
      if (before) return { partition: before[0], offset: before[1], duplicate: true };
      const tail = tails.get(partition) ?? new Tail(this.records, topic, partition, this.end(topic, partition));
      tails.set(partition, tail);
      const offset = tail.append(stored, replaces === undefined);
      if (id !== undefined) this.ids.putSync([topic, id], [partition, offset]);
      if (replaces !== undefined) this.replace(topic, replaces, { partition, offset });
      return { partition, offset, duplicate: false };
    });
    for (const tail of tails.values()) tail.flush();
    return placed;
  }

  /** The record of the key that was there before goes; LMDB uses its pages again. */
  private replace(topic: number, key: string, { partition, offset }: Omit<Placed, 'duplicate'>): void {
    const before = this.newest.get([topic, key]);
    if (before) this.records.removeSync([topic, ...before]);
    this.newest.putSync([topic, key], [partition, offset]);
  }

  private write<T>(work: () => T): Promise<T> {
    return this.commits.add(work) as Promise<T>;
  }

  /** A child transaction, since only that one is rolled back as a whole when a write fails (a full disk). */
  private async commit(works: readonly (() => unknown)[]): Promise<readonly unknown[]> {
    try {
      const results = await this.root.childTransaction(() => works.map((work) => work()));
      this.full = false;
      return results;
    } catch (error) {
      const failure = await writeFailure(error, this.directory);
      this.full = failure instanceof LogError && failure.code === 'log-full';
      throw failure;
    }
  }
}
