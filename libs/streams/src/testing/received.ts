import type { BatchContext, BatchHandler, LogRecord } from '../log.js';

type Reaction = (batch: readonly LogRecord[], context: BatchContext) => Promise<void> | void;

/** A handler that keeps what it has handled. What its reaction throws is a failure: such a batch is not kept. */
export class Received {
  readonly batches: (readonly LogRecord[])[] = [];
  readonly contexts: BatchContext[] = [];
  begun = 0;

  constructor(private readonly react: Reaction = () => {}) {}

  readonly handle: BatchHandler = async (batch, context) => {
    this.begun += 1;
    await this.react(batch, context);
    this.batches.push(batch);
    this.contexts.push(context);
  };

  get records(): LogRecord[] {
    return this.batches.flat();
  }

  of(key: string): LogRecord[] {
    return this.records.filter((record) => record.key === key);
  }
}

/** Waits until something is reached; fails after `patience` milliseconds. */
export const until = async (reached: () => boolean | Promise<boolean>, patience: number): Promise<void> => {
  for (const end = Date.now() + patience; !(await reached());) {
    if (Date.now() > end) throw new Error(`not reached within ${patience} ms: ${reached}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
