/** What a subscription knows about a partition while it has it. */
export class AssignedPartition {
  /** Aborted when the subscription stops or loses the partition. */
  readonly ending = new AbortController();
  /** Behind the last record handled, once there is one. */
  next: number | undefined;
  /** Deliveries of the batch that failed last, and how many records it had: it comes again as it was. */
  failed: { readonly offset: number; readonly count: number; readonly attempts: number } | undefined;
  /** Where the handler wants to go on instead of behind its batch. */
  private wanted = 0;
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {}

  get fresh(): boolean {
    return this.next === undefined;
  }

  readonly goOnAt = (offset: number): void => {
    this.wanted = offset;
  };

  /** Notes that the record at this offset and all before are handled. True where the handler passes over some that follow. */
  handledTo(offset: number): boolean {
    this.next = Math.max(offset + 1, this.wanted);
    return this.next > offset + 1;
  }

  /** Calls `resume` after a pause, unless the partition is given up before. */
  resumeAfter(ms: number, resume: () => void): void {
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      resume();
    }, ms);
  }

  /** True between a failure and its next try. */
  get isWaiting(): boolean {
    return this.waiting !== undefined;
  }

  end(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.ending.abort();
  }
}

/** Cuts messages into batches; the first one has `first` messages when something failed there before. */
export const batchesOf = <T>(messages: readonly T[], size: number, first = size): T[][] => {
  const batches: T[][] = [];
  for (let i = 0; i < messages.length;) {
    const batch = messages.slice(i, i + (i === 0 ? first : size));
    batches.push(batch);
    i += batch.length;
  }
  return batches;
};
