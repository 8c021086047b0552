import type { RecordsBatch } from '@platformatic/kafka';
import { Aborted } from '../aborted.js';
import type { Fetched } from '../client.js';
import { HeaderReader, type OwnHeaders, type Stored } from '../records.js';
import type { FetchedPartition } from './answers.js';

const TRANSACTIONAL = 1 << 4;
const CONTROL = 1 << 5;
const LOG_APPEND_TIME = 1 << 3;
const MOST_SEEN = 64;
const LONGEST_SEEN = 200;

/** The messages of a partition in an answer to Fetch, without those of transactions that were aborted. */
export const fetchedOf = (partition: FetchedPartition, offset: number): Fetched => {
  const messages: Stored[] = [];
  const aborted = new Aborted(partition.abortedTransactions);
  let next = offset;
  for (const batch of partition.records ?? []) {
    const last = Number(batch.firstOffset) + batch.lastOffsetDelta;
    const isAborted = aborted.has(batch.producerId, last);
    if (batch.attributes & CONTROL) {
      aborted.end(batch.producerId);
    } else if (!(batch.attributes & TRANSACTIONAL && isAborted)) {
      addStored(batch, offset, messages);
    }
    next = Math.max(next, last + 1);
  }
  return { messages, next };
};

/** A broker gives whole batches: what is before the offset is left out. */
const addStored = (batch: RecordsBatch, offset: number, messages: Stored[]): void => {
  const [firstOffset, firstTimestamp] = [Number(batch.firstOffset), Number(batch.firstTimestamp)];
  const appended = batch.attributes & LOG_APPEND_TIME ? Number(batch.maxTimestamp) : undefined;
  for (const { offsetDelta, timestampDelta, key, value, headers } of batch.records) {
    if (firstOffset + offsetDelta < offset) continue;
    const own = readHeaders(headers);
    messages.push({
      offset: firstOffset + offsetDelta,
      timestamp: appended ?? firstTimestamp + Number(timestampDelta),
      key,
      value,
      headers: own.headers,
      dedupe: own.dedupe,
    });
  }
};

const readHeaders = (headers: readonly [Buffer | null, Buffer | null][]): OwnHeaders => {
  const own = new HeaderReader();
  for (let at = 0; at < headers.length; at++) {
    const [name, value] = headers[at]!;
    if (name && value) own.add(textAt(2 * at, name), textAt(2 * at + 1, value));
  }
  return own;
};

/** Most records have the same names in the same order, and many values: the last text at a place is tried first, which spares making another. */
const seen: string[] = [];

const textAt = (place: number, bytes: Buffer): string => {
  const last = seen[place];
  if (last !== undefined && isAscii(last, bytes)) return last;
  const text = bytes.toString('utf8');
  if (place < MOST_SEEN && text.length <= LONGEST_SEEN) seen[place] = text;
  return text;
};

const isAscii = (text: string, bytes: Buffer): boolean => {
  if (text.length !== bytes.length) return false;
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! > 127 || text.charCodeAt(at) !== bytes[at]) return false;
  return true;
};
