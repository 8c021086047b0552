import { LogError } from '../error.js';

/** Names of kafkajs' errors that mean: nobody answered. */
const UNANSWERED = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
]);

interface KafkaFailure extends Error {
  readonly type?: string;
  readonly retriable?: boolean;
  readonly cause?: unknown;
}

/** Makes of an error of the client one that says where it happened and what to do. Errors that are not the client's stay what they are. */
export const logErrorOf = (error: unknown, brokers: readonly string[]): unknown => {
  const failure = originOf(error);
  if (!failure?.name.startsWith('KafkaJS')) return error;
  const place = brokers.join(', ');
  if (UNANSWERED.has(failure.name)) return unreachable(failure, place);
  const message = `Kafka at ${place} refused: ${failure.message}`;
  return new LogError('log-refused', message, failure.retriable ?? false, { cause: error });
};

/** The type of a broker's answer, such as `UNKNOWN_MEMBER_ID`. */
export const typeOf = (error: unknown): string | undefined => originOf(error)?.type;

const unreachable = (failure: KafkaFailure, place: string): LogError =>
  new LogError(
    'log-unreachable',
    `No answer from Kafka at ${place} (${failure.message}). Start it, or set PORTOLAN_KAFKA_BROKERS to where it runs.`,
    true,
    { cause: failure },
  );

/** The client wraps what went wrong first into what it says after its last try. */
const originOf = (error: unknown): KafkaFailure | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { cause } = error;
  return cause instanceof Error && cause.name.startsWith('KafkaJS') ? originOf(cause) : (error as KafkaFailure);
};
