import { Bell } from './bell.js';

/** Open or closed; who wants to pass waits while it is closed. */
export class Gate {
  private closed = false;
  private readonly opened = new Bell();

  /** Resolves when the gate is open, or the signal is aborted. */
  async pass(signal: AbortSignal): Promise<void> {
    while (this.closed && !signal.aborted) await this.opened.next(signal);
  }

  close(): void {
    this.closed = true;
  }

  release(): void {
    this.closed = false;
    this.opened.ring();
  }
}
