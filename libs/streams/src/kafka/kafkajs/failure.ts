import type { Failure } from '../client.js';

/** Names of kafkajs' errors that mean: nobody answered. */
const UNANSWERED = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
]);

interface KafkajsError extends Error {
  readonly type?: string;
  readonly retriable?: boolean;
  readonly cause?: unknown;
}

export const failureOf = (error: unknown): Failure | undefined => {
  const origin = originOf(error);
  if (!origin?.name.startsWith('KafkaJS')) return undefined;
  const kind = UNANSWERED.has(origin.name) ? 'unanswered' : 'refused';
  return { kind, message: origin.message, retriable: origin.retriable ?? false, type: origin.type };
};

/** The client wraps what went wrong first into what it says after its last try. */
const originOf = (error: unknown): KafkajsError | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { cause } = error;
  return cause instanceof Error && cause.name.startsWith('KafkaJS') ? originOf(cause) : (error as KafkajsError);
};
