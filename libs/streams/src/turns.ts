/** Work that is done one piece after the other, in the order in which it was given. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Does it when all before it is done, however that ended; resolves, or rejects, with what it comes to. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => {});
    return turn;
  }
}
