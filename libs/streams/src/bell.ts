/** Wakes whoever waits for it. */
export class Bell {
  private readonly sleepers = new Set<() => void>();

  ring(): void {
    this.sleepers.forEach((wake) => wake());
  }

  /** Resolves at the next ring, or when the signal is aborted. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      if (signal.aborted) return wake();
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
