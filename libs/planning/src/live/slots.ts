/** Numbers for things that come and go: a number stays while its thing does, and is given again afterwards. */
export class Slots {
  private readonly taken = new Map<string, number>();
  private readonly free: number[] = [];
  private next = 0;

  of(key: string): number {
    let slot = this.taken.get(key);
    if (slot === undefined) {
      slot = this.free.pop() ?? this.next++;
      this.taken.set(key, slot);
    }
    return slot;
  }

  /** The number that has become free; -1 where there was none. */
  release(key: string): number {
    const slot = this.taken.get(key);
    if (slot === undefined) return -1;
    this.taken.delete(key);
    this.free.push(slot);
    return slot;
  }
}
