import { LogError } from '../error.js';
import type { Failure } from './client.js';

/** A record of a topic of our own making may have so many bytes: what the log can give back, gzipped (docs/kafka.md). */
export const MOST_RECORD_BYTES = 32 * 1024 * 1024;

/** What Kafka calls the limit of a topic. It holds for a batch of records as it is sent. */
export const LIMIT = 'max.message.bytes';

/** What brokers answer where a batch is above a limit. */
const TOO_LARGE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);

export const saysTooLarge = (failure: Failure | undefined): boolean => TOO_LARGE.has(failure?.type ?? '');

export interface LargeRecord {
  readonly topic: string;
  readonly key: string;
  /** Bytes, compressed as it is sent. */
  readonly size: number;
  /** Most bytes that the topic takes; undefined where brokers do not tell. */
  readonly limit: number | undefined;
}

/** Trying again helps only once somebody has raised the limit. */
export const recordTooLarge = ({ topic, key, size, limit }: LargeRecord, brokers: readonly string[]): LogError => {
  const takes = limit === undefined ? 'fewer' : `${limit} at most`;
  const message = `A record for ${topic}, key ${key}, has ${size} bytes; the topic takes ${takes} (${LIMIT}).`;
  const enough = Math.max(MOST_RECORD_BYTES, 2 ** Math.ceil(Math.log2(size + 1)));
  return new LogError('log-record-too-large', `${message} ${toRaise(topic, enough, brokers)}`, false);
};

/** Says of a topic that somebody else has made what will become of large plans. */
export const tightTopic = (topic: string, limit: number, brokers: readonly string[]): string => {
  const found = `Topic ${topic} takes records of ${limit} bytes at most; those of large networks have up to ${MOST_RECORD_BYTES}.`;
  return `${found} ${toRaise(topic, MOST_RECORD_BYTES, brokers)}`;
};

const toRaise = (topic: string, wanted: number, brokers: readonly string[]): string => {
  const about = `--alter --entity-type topics --entity-name ${topic} --add-config ${LIMIT}=${wanted}`;
  return `To raise that: kafka-configs.sh --bootstrap-server ${brokers.join(',')} ${about}`;
};
