/** Told of what does not fit: from another version, cut short, or no such thing at all. */
export class UnpackFailure extends Error {
  override readonly name = 'UnpackFailure';
}

/** Bytes before what is packed: the lengths of the frame (in bytes), of the integers and of the doubles (in items), then room. */
const HEAD = 16;

/** Numbers one after the other, and a frame that JSON can hold, as bytes: read again in the same order. Little-endian, as all our machines. */
export class Packer {
  private ints = new Int32Array(1024);
  private intCount = 0;
  private doubles = new Float64Array(1024);
  private doubleCount = 0;

  int(value: number): void {
    if (this.intCount === this.ints.length) this.ints = doubled(this.ints, new Int32Array(2 * this.intCount));
    this.ints[this.intCount++] = value;
  }

  /** As many as there are, then each. */
  list(values: Iterable<number> & ({ readonly length: number } | { readonly size: number })): void {
    this.int('length' in values ? values.length : values.size);
    for (const value of values) this.int(value);
  }

  double(value: number): void {
    if (this.doubleCount === this.doubles.length)
      this.doubles = doubled(this.doubles, new Float64Array(2 * this.doubleCount));
    this.doubles[this.doubleCount++] = value;
  }

  bytes(frame: unknown): Uint8Array {
    const text = new TextEncoder().encode(JSON.stringify(frame));
    const doublesAt = HEAD;
    const intsAt = doublesAt + 8 * this.doubleCount;
    const frameAt = intsAt + 4 * this.intCount;
    const bytes = new Uint8Array(frameAt + text.length);
    new Uint32Array(bytes.buffer, 0, 3).set([text.length, this.intCount, this.doubleCount]);
    new Float64Array(bytes.buffer, doublesAt, this.doubleCount).set(this.doubles.subarray(0, this.doubleCount));
    new Int32Array(bytes.buffer, intsAt, this.intCount).set(this.ints.subarray(0, this.intCount));
    bytes.set(text, frameAt);
    return bytes;
  }
}

/** Reads what a `Packer` has written, in the same order. Throws `UnpackFailure` where there is no more. */
export class Unpacker {
  readonly frame: unknown;
  private readonly ints: Int32Array;
  private intsRead = 0;
  private readonly doubles: Float64Array;
  private doublesRead = 0;

  constructor(bytes: Uint8Array) {
    if (bytes.length < HEAD) throw new UnpackFailure(`has ${bytes.length} bytes, too few to be anything`);
    // Typed arrays begin at multiples of eight.
    const { buffer } = bytes.slice();
    const [frameLength, intCount, doubleCount] = new Uint32Array(buffer, 0, 3) as unknown as [number, number, number];
    const intsAt = HEAD + 8 * doubleCount;
    const frameAt = intsAt + 4 * intCount;
    if (frameAt + frameLength !== bytes.length)
      throw new UnpackFailure(`has ${bytes.length} bytes, and should have ${frameAt + frameLength}`);
    this.doubles = new Float64Array(buffer, HEAD, doubleCount);
    this.ints = new Int32Array(buffer, intsAt, intCount);
    this.frame = framed(new Uint8Array(buffer, frameAt));
  }

  int(): number {
    const value = this.ints[this.intsRead++];
    if (value === undefined) throw new UnpackFailure('ends too early');
    return value;
  }

  list(): Int32Array {
    const count = this.int();
    const list = this.ints.subarray(this.intsRead, this.intsRead + count);
    if (list.length !== count) throw new UnpackFailure('ends too early');
    this.intsRead += count;
    return list;
  }

  double(): number {
    const value = this.doubles[this.doublesRead++];
    if (value === undefined) throw new UnpackFailure('ends too early');
    return value;
  }
}

function framed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UnpackFailure('has a frame that is no JSON');
  }
}

function doubled<A extends Int32Array | Float64Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
