/** A process that may be killed at any moment, and started again with what it has left on disk. */
export interface Actor {
  readonly name: string;
  /** `kill -9`. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it has been started; services answer a little later. */
  start(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}
