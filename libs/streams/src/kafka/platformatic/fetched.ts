import type { RecordsBatch } from '@platformatic/kafka';
import { Aborted } from '../aborted.js';
import type { Fetched } from '../client.js';
import type { Stored } from '../records.js';
import type { FetchedPartition } from './answers.js';

const TRANSACTIONAL = 1 << 4;
const CONTROL = 1 << 5;
const LOG_APPEND_TIME = 1 << 3;

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
    messages.push({
      offset: firstOffset + offsetDelta,
      timestamp: appended ?? firstTimestamp + Number(timestampDelta),
      key,
      value,
      headers: textsOf(headers),
    });
  }
};

const textsOf = (headers: readonly [Buffer | null, Buffer | null][]): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const [name, value] of headers) if (name && value) texts[name.toString('utf8')] = value.toString('utf8');
  return texts;
};
