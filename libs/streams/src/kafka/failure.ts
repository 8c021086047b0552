import { LogError } from '../error.js';
import type { Failure } from './client.js';

/** Nothing came back in time, whatever the client was doing. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** The group went on without a member, because it was silent for too long, or another one has its name. */
const EXPELLED = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID']);

export const isExpelled = (failure: Failure | undefined): boolean => EXPELLED.has(failure?.type ?? '');

/** Makes of a client's failure an error that says where it happened and what to do. Errors that are not the client's stay what they are. */
export const logErrorOf = (error: unknown, failure: Failure | undefined, brokers: readonly string[]): unknown => {
  const place = brokers.join(', ');
  if (error instanceof Unanswered) return unreachable(error, error.message, place);
  if (!failure) return error;
  if (failure.kind === 'unanswered') return unreachable(error, failure.message, place);
  const message = `Kafka at ${place} refused: ${failure.message}`;
  return new LogError('log-refused', message, failure.retriable, { cause: error });
};

const unreachable = (cause: unknown, why: string, place: string): LogError =>
  new LogError(
    'log-unreachable',
    `No answer from Kafka at ${place} (${why}). Start it, or set PORTOLAN_KAFKA_BROKERS to where it runs.`,
    true,
    { cause },
  );
