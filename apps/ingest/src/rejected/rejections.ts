import type {
  Rejection,
  RejectionDetail,
  RejectionQuery,
  Retried,
  RetriedAll,
  RetryQuery,
  Millis,
} from '@portolan/domain';
import { cursorOf, placeOf } from '@portolan/platform';
import { type EventLog, type LogRecord, Turns, topics } from '@portolan/streams';
import { keptAt } from '../intake/inbox.js';
import type { ReadingWays } from '../intake/message.js';
import { messageAround } from './excerpt.js';
import { matching } from './filter.js';
import { NewestFirst } from './newest-first.js';
import { placeIn, rejectionIn } from './record.js';
import { Resolved } from './resolved.js';
import { Retry } from './retry.js';

const PAGE = 100;
/** Records that one request looks at: with a filter that fits few of many, a page is short and `next` goes on. */
const LOOKED_AT = 20_000;
const STRIDE = 500;
/** One request tries again for about so long; `next` names what it did not come to. */
const PATIENCE_MS = 5_000;

export interface RejectionPage {
  readonly data: readonly Rejection[];
  readonly next?: string;
}

/** What was rejected: lists it, shows it with its message, and tries it again. All of it is read from the log on demand. */
export class Rejections {
  private readonly resolved: Resolved;
  private readonly retries: Retry;
  private readonly turns = new Turns();

  constructor(
    private readonly log: EventLog,
    now: () => Millis,
    ways?: ReadingWays,
  ) {
    this.resolved = new Resolved(log);
    this.retries = new Retry(log, now, ways);
  }

  /** The newest first. A page may be short, even empty, and still have a `next`. */
  async list(query: RejectionQuery): Promise<RejectionPage> {
    const ends = await this.resolved.catchUp();
    const records = new NewestFirst(this.log, topics.rejected, [...(placeOf(query, ends.length, isOffset) ?? ends)]);
    const wanted = matching(query);
    const data: Rejection[] = [];
    for (let looked = 0; looked < LOOKED_AT; looked += 1) {
      const record = await records.next();
      if (!record) return { data };
      const found = this.rejectionOf(record);
      if (found && (query.all === 'true' || !found.resolved) && wanted(found)) data.push(found);
      if (data.length === (query.limit ?? PAGE)) break;
    }
    return { data, next: cursorOf(records.place(), query) };
  }

  /** `undefined` when there is no such rejection. */
  async show(id: string): Promise<RejectionDetail | undefined> {
    const found = await this.find(id);
    if (!found) return undefined;
    const kept = found.inbox && (await keptAt(this.log, found.inbox.partition, found.inbox.offset));
    return { ...found, ...(kept && { message: messageAround(kept, found) }) };
  }

  /** Reads the message again; `undefined` when there is no such rejection. One that is resolved stays so. */
  retry(id: string): Promise<Retried | undefined> {
    return this.inTurn(async () => {
      const found = await this.find(id);
      return found && this.retries.one(found);
    });
  }

  /** Tries those that are meant again, in the order of their rejection, as many as one request has time for. */
  retryAll(query: RetryQuery): Promise<RetriedAll> {
    return this.inTurn(() => this.sweep(query));
  }

  /** One partition after the other; those that were rejected after the first request of a series are not part of it. */
  private async sweep(query: RetryQuery): Promise<RetriedAll> {
    const now = await this.resolved.catchUp();
    const [partition = 0, offset = 0, ...ends] = placeOf(query, now.length + 2, isOffset) ?? [0, 0, ...now];
    const tally = { tried: 0, resolved: 0, rejected: 0, accepted: 0, duplicates: 0 };
    const place = { partition, offset };
    const wanted = matching(query);
    const until = performance.now() + PATIENCE_MS;
    for (let looked = 0; looked < LOOKED_AT && performance.now() < until;) {
      const batch = await this.batchAt(place, ends);
      if (batch.length === 0) return tally;
      for (const record of batch) {
        if (tally.tried === (query.limit ?? PAGE) || performance.now() > until) break;
        const found = this.rejectionOf(record);
        if (found && !found.resolved && wanted(found)) add(tally, await this.retries.one(found));
        place.offset = record.offset + 1;
        looked += 1;
      }
      if (tally.tried === (query.limit ?? PAGE)) break;
    }
    return { ...tally, next: cursorOf([place.partition, place.offset, ...ends], query) };
  }

  /** The next records of the sweep; moves on to the next partition at the end of one. Empty when all are done. */
  private async batchAt(place: { partition: number; offset: number }, ends: readonly number[]): Promise<LogRecord[]> {
    for (; place.partition < ends.length; place.partition += 1, place.offset = 0) {
      const end = ends[place.partition]!;
      if (place.offset >= end) continue;
      const records = await this.log.read(topics.rejected, place.partition, place.offset, STRIDE);
      const batch = records.filter(({ offset }) => offset < end);
      if (batch.length > 0) return batch;
    }
    return [];
  }

  private async find(id: string): Promise<Rejection | undefined> {
    const place = placeIn(id);
    const ends = place && (await this.resolved.catchUp());
    if (!place || !(place.offset < (ends![place.partition] ?? 0))) return undefined;
    const [record] = await this.log.read(topics.rejected, place.partition, place.offset, 1);
    return record?.offset === place.offset ? this.rejectionOf(record) : undefined;
  }

  private rejectionOf(record: LogRecord): Rejection | undefined {
    return rejectionIn(record, this.resolved.has(record.partition, record.offset));
  }

  /** Messages are read again one at a time: each may be large. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.take(() => work().finally(() => this.retries.forget()));
  }
}

function add(tally: { -readonly [K in Exclude<keyof RetriedAll, 'next'>]: number }, one: Retried): void {
  tally.tried += 1;
  tally[one.status] += 1;
  tally.accepted += one.accepted;
  tally.duplicates += one.duplicates;
}

const isOffset = (part: unknown): part is number => Number.isSafeInteger(part) && (part as number) >= 0;
