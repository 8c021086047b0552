/**
 * Gathers what arrives while a commit is under way and commits it together with the next one: under load many writes share one
 * flush to disk (or one request), alone a write waits for nobody. Order is kept.
 */
export class GroupCommit<Work, Result> {
  private waiting: {
    work: Work;
    resolve: (result: Result | Promise<Result>) => void;
    reject: (reason: unknown) => void;
  }[] = [];
  private running: Promise<void> | undefined;

  /**
   * `commit` carries out the works in order and gives one result for each, or a promise of one that may reject; when `commit` itself
   * rejects, all of them fail.
   */
  constructor(private readonly commit: (works: readonly Work[]) => Promise<readonly (Result | Promise<Result>)[]>) {}

  add(work: Work): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ work, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing waits or runs any more. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    await Promise.resolve();
    while (this.waiting.length > 0) await this.runOnce(this.waiting.splice(0));
    this.running = undefined;
  }

  private async runOnce(group: typeof this.waiting): Promise<void> {
    try {
      const results = await this.commit(group.map(({ work }) => work));
      group.forEach(({ resolve }, i) => resolve(results[i] as Result | Promise<Result>));
    } catch (error) {
      group.forEach(({ reject }) => reject(error));
    }
  }
}
