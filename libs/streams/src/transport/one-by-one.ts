import type { BatchHandler, LogRecord } from '../log.js';

/** Deliveries of a batch; then its records are handed on one by one. They take some two seconds. */
export const TRIES = 5;

/** Told of a record that cannot be handled, and why. What it rejects with makes the batch come again. */
export type PassOver = (record: LogRecord, error: unknown, tries: number) => Promise<void>;

/**
 * A handler that does not stop at a record it cannot handle: when a batch has failed often enough, its records come one by one, and those
 * that fail alone, too, are passed over. What servers do (a log, a store or a network that is away, or refuses) is no record's fault: such a
 * batch comes again until it is handled.
 */
export const oneByOne =
  (handle: BatchHandler, passOver: PassOver): BatchHandler =>
  async (batch, context) => {
    try {
      return await handle(batch, context);
    } catch (error) {
      if (context.attempt < TRIES || !isFaultOfProgram(error)) throw error;
    }
    // What lies behind the batch may be passed over, what is still to come of it may not.
    let next = batch.at(-1)!.offset + 1;
    const goOnAt = (offset: number) => (next = Math.max(next, offset));
    for (const [place, record] of batch.entries())
      try {
        await handle([record], { ...context, fresh: context.fresh && place === 0, goOnAt });
      } catch (error) {
        if (!isFaultOfProgram(error)) throw error;
        await passOver(record, error, context.attempt + 1);
      }
    context.goOnAt(next);
  };

const OWN_KINDS = new Set([
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'URIError',
  'EvalError',
]);

/**
 * Did the program itself stumble? What comes from outside, a port, a client library or the system, has an error with a name of its own or a
 * code.
 */
export const isFaultOfProgram = (error: unknown): boolean =>
  !(error instanceof Error) || (OWN_KINDS.has(error.name) && (error as { code?: unknown }).code === undefined);
