interface Transaction {
  readonly producerId: bigint | string;
  readonly firstOffset: bigint | string;
}

/** Which producers are, at a place of a partition, inside a transaction that was aborted. Asked in the order of the log. */
export class Aborted {
  private readonly waiting: readonly Transaction[];
  private readonly inside = new Set<string>();
  private begun = 0;

  /** `transactions`: those a broker names beside the records that it gives. */
  constructor(transactions: readonly Transaction[] | null | undefined) {
    this.waiting = [...(transactions ?? [])].sort((a, b) => Number(a.firstOffset) - Number(b.firstOffset));
  }

  /** Whether what a producer has in a transaction up to this offset is to be left out. */
  has(producerId: bigint | string, offset: number): boolean {
    for (let next; (next = this.waiting[this.begun]) && Number(next.firstOffset) <= offset; this.begun++)
      this.inside.add(String(next.producerId));
    return this.inside.has(String(producerId));
  }

  /** The producer's transaction ends here. */
  end(producerId: bigint | string): void {
    this.inside.delete(String(producerId));
  }
}
