/**
 * How much of what came in may wait at once for the log: what is beyond is refused, and its sender told to come again, instead
 * of queueing without an end.
 */
export class Budget {
  private requests = 0;
  private bytes = 0;

  constructor(
    private readonly maxRequests: number,
    private readonly maxBytes: number,
  ) {}

  /** A place for one more request; `undefined` when there is none. */
  enter(): Place | undefined {
    if (this.requests >= this.maxRequests || this.bytes >= this.maxBytes) return undefined;
    this.requests += 1;
    let held = 0;
    let left = false;
    return {
      hold: (bytes) => {
        if (!left) {
          held += bytes;
          this.bytes += bytes;
        }
        return this.bytes <= this.maxBytes;
      },
      leave: () => {
        if (left) return;
        left = true;
        this.requests -= 1;
        this.bytes -= held;
      },
    };
  }
}

export interface Place {
  /** Is there room for that many bytes more? They count either way until `leave`. */
  hold(bytes: number): boolean;
  leave(): void;
}
