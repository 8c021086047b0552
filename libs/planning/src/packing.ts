import { enlarged } from './arrays.js';

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
    this.ints = enlarged(this.ints, this.intCount + 1);
    this.ints[this.intCount++] = value;
  }

  /** As many as there are, then each. */
  list(values: ArrayLike<number>): void {
    this.int(values.length);
    this.ints = enlarged(this.ints, this.intCount + values.length);
    this.ints.set(values, this.intCount);
    this.intCount += values.length;
  }

  double(value: number): void {
    this.doubles = enlarged(this.doubles, this.doubleCount + 1);
    this.doubles[this.doubleCount++] = value;
  }

  doubleList(values: Float64Array): void {
    this.int(values.length);
    this.doubles = enlarged(this.doubles, this.doubleCount + values.length);
    this.doubles.set(values, this.doubleCount);
    this.doubleCount += values.length;
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

/** Reads what a `Packer` has written, in the same order, from a copy of its own: lists are parts of that, and their reader's. Throws `UnpackFailure` where there is no more. */
export class Unpacker {
  readonly frame: unknown;
  private readonly ints: Int32Array<ArrayBuffer>;
  private intsRead = 0;
  private readonly doubles: Float64Array<ArrayBuffer>;
  private doublesRead = 0;

  constructor(bytes: Uint8Array) {
    if (bytes.length < HEAD) throw new UnpackFailure(`has ${bytes.length} bytes, too few to be anything`);
    const { buffer } = new Uint8Array(bytes);
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

  list(): Int32Array<ArrayBuffer> {
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

  doubleList(): Float64Array<ArrayBuffer> {
    const count = this.int();
    const list = this.doubles.subarray(this.doublesRead, this.doublesRead + count);
    if (list.length !== count) throw new UnpackFailure('ends too early');
    this.doublesRead += count;
    return list;
  }
}

function framed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UnpackFailure('has a frame that is no JSON');
  }
}
