/** How long some kind of work took in all. */
export class Stopwatch {
  /** Milliseconds, by the clock. */
  total = 0;

  constructor(private readonly clock: () => number) {}

  run<T>(work: () => T): T {
    const began = this.clock();
    const done = work();
    this.total += this.clock() - began;
    return done;
  }
}
