/** Numbers drawn in order from one topic's own seeded sequence: a change to one topic does not move the others. */
export class Stream {
  private a: number;
  private b: number;
  private c: number;
  private count = 1;

  constructor(seed: number, topic: string) {
    const text = `${seed}/${topic}`;
    [this.a, this.b, this.c] = [hash(text, 1), hash(text, 2), hash(text, 3)];
    for (let warm = 0; warm < 12; warm++) this.next();
  }

  /** From 0 up to but not 1. sfc32 (Chris Doty-Humphrey, PractRand): the same numbers on every machine. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.count) | 0;
    this.count = (this.count + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number from `low` to `high`, both possible. */
  whole(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.next());
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** One of the values, each as likely as its weight says. */
  weighted<T>(choice: Choice<T>): T {
    const aim = this.next() * choice.total;
    let low = 0;
    let high = choice.sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (choice.sums[middle]! > aim) high = middle;
      else low = middle + 1;
    }
    return choice.values[low]!;
  }
}

/** Values with their weights, summed up once so that drawing one takes a few steps. */
export interface Choice<T> {
  readonly values: readonly T[];
  readonly sums: readonly number[];
  readonly total: number;
}

export function choiceOf<T>(values: readonly T[], weight: (value: T) => number): Choice<T> {
  let total = 0;
  const sums = values.map((value) => (total += weight(value)));
  return { values, sums, total };
}

/** FNV-1a, and a mix at the end so that like texts do not give like numbers. */
function hash(text: string, salt: number): number {
  let value = 2166136261 ^ salt;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
}
