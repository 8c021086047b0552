import { backOff, pause } from './back-off.js';
import type { BatchContext, BatchHandler, DeliveryFailure, LogRecord, SubscribeOptions } from './log.js';

const DEFAULT_BATCH = 500;
const LARGEST_BATCH = 10_000;

/** Records in one batch, from what the subscriber asked for. */
export const batchSize = ({ maxBatch = DEFAULT_BATCH }: SubscribeOptions): number => {
  if (Number.isInteger(maxBatch) && maxBatch >= 1 && maxBatch <= LARGEST_BATCH) return maxBatch;
  throw new RangeError(`maxBatch (${maxBatch}) must be a whole number from 1 to ${LARGEST_BATCH}.`);
};

/** Hands a batch to its handler until it is handled (true), or the signal ends the subscription before that (false). */
export const deliver = async (
  batch: readonly LogRecord[],
  handler: BatchHandler,
  context: Omit<BatchContext, 'attempt'>,
  options: SubscribeOptions,
): Promise<boolean> => {
  for (let attempt = 1; !context.signal.aborted; attempt++) {
    try {
      await handler(batch, { ...context, attempt });
      return true;
    } catch (error) {
      report(options, { error, at: positionOf(batch), attempt });
      await pause(backOff(attempt), context.signal);
    }
  }
  return false;
};

/** Tells the subscriber's listener, or the process, why something is tried again. */
export const report = (options: SubscribeOptions, failure: DeliveryFailure): void => {
  if (options.onFailure) return options.onFailure(failure);
  const { topic, partition, offset } = failure.at;
  const reason = failure.error instanceof Error ? failure.error : new Error(String(failure.error));
  process.emitWarning(
    `Group ${options.group} failed at ${topic}/${partition}/${offset} (attempt ${failure.attempt}), will try again: ${reason.stack}`,
  );
};

export const positionOf = (batch: readonly LogRecord[]) => {
  const { topic, partition, offset } = batch[0] as LogRecord;
  return { topic, partition, offset };
};
