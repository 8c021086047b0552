import { formatInstant } from '@portolan/domain';
import { type EventLog, type LogRecord, type NewRecord, topics } from './log.js';

/** A record that a reader cannot take: it goes on without it. */
export interface PassedOver {
  readonly record: LogRecord;
  /** The group that reads it. */
  readonly reader: string;
  /** What is wrong, for people. */
  readonly reason: string;
  /** How often it was tried. */
  readonly tries: number;
}

const LONGEST_REASON = 1000;

/**
 * Keeps records that were passed over in `portolan.rejected`, each with its place and the reason; one that is passed over again, by the same
 * reader after a restart, is kept once.
 */
export async function keepPassedOver(log: EventLog, passed: readonly PassedOver[]): Promise<void> {
  if (passed.length > 0) await log.append(topics.rejected, passed.map(rejectionOf));
}

function rejectionOf({ record, reader, reason, tries }: PassedOver): NewRecord {
  const { topic, partition, offset, key, headers, timestamp } = record;
  const value = {
    pointer: '',
    faults: [{ pointer: '', message: reason.slice(0, LONGEST_REASON) }],
    record: { topic, partition, offset },
    reader,
    tries,
    received: formatInstant(timestamp),
    source: headers['ce_source'],
  };
  return {
    key,
    value: JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
    dedupe: `${reader}/${topic}/${partition}/${offset}`,
  };
}
