import { Inflate } from 'fflate';

/** Bytes that the parts of a workbook may have together, unpacked, and how much larger than packed. Sheets pack 5 to 60 times. */
export const MAX_UNPACKED = 400_000_000;
const MAX_RATIO = 250;
const FIRST = 1_000_000;
/** So few packed bytes at a time that a bomb is noticed before it fills the memory: deflate unpacks 1032 times at most. */
const CHUNK = 4_096;
const MAX_PARTS = 2_000;

/** What is wrong with a workbook, for whoever sent it. */
export class WorkbookFault extends Error {}

interface Part {
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/** The parts of a zip archive by name (APPNOTE.TXT 4.3.12), without unpacking any. */
export class Archive {
  private readonly parts = new Map<string, Part>();
  private readonly view: DataView;
  private unpacked = 0;

  /** @throws WorkbookFault when it is no archive, or claims to be too large */
  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { count, start } = this.directory();
    if (count > MAX_PARTS) throw new WorkbookFault(`has ${count} parts, more than ${MAX_PARTS}`);
    let at = start;
    for (let index = 0; index < count; index += 1) at = this.entry(at);
    const claimed = [...this.parts.values()].reduce((sum, part) => sum + part.unpacked, 0);
    if (claimed > MAX_UNPACKED) throw tooLarge(claimed);
  }

  names(): IterableIterator<string> {
    return this.parts.keys();
  }

  /** Unpacks a part, chunk by chunk; `take` returning false ends it. False when there is no such part. */
  read(name: string, take: (chunk: Uint8Array) => boolean): boolean {
    const part = this.parts.get(name);
    if (!part) return false;
    const packed = this.packedBytes(part);
    if (part.method === 0) {
      this.count(packed.length, packed.length);
      take(packed);
    } else if (part.method === 8) this.inflate(name, packed, take);
    else throw new WorkbookFault(`is packed in a way that is not known here (method ${part.method} of ${name})`);
    return true;
  }

  /** What is too much is refused before anybody looks at it. */
  private inflate(name: string, packed: Uint8Array, take: (chunk: Uint8Array) => boolean): void {
    let [wanted, fed, out] = [true, 0, 0];
    const inflate = new Inflate((chunk) => {
      out += chunk.length;
      if (out > FIRST && out > fed * MAX_RATIO)
        throw new WorkbookFault(`unpacks to more than ${MAX_RATIO} times its size (${name}), which no table does`);
      this.count(chunk.length, 0);
      if (wanted) wanted = take(chunk);
    });
    while (fed < packed.length && wanted) {
      const chunk = packed.subarray(fed, fed + CHUNK);
      fed += chunk.length;
      this.push(inflate, chunk, fed === packed.length, name);
    }
  }

  private push(inflate: Inflate, chunk: Uint8Array, last: boolean, name: string): void {
    try {
      inflate.push(chunk, last);
    } catch (error) {
      if (error instanceof WorkbookFault || !('code' in (error as object))) throw error;
      throw new WorkbookFault(`is damaged: ${name} cannot be unpacked`);
    }
  }

  private count(bytes: number, stored: number): void {
    this.unpacked += bytes;
    if (this.unpacked > MAX_UNPACKED + stored) throw tooLarge(this.unpacked);
  }

  private packedBytes({ offset, packed }: Part): Uint8Array {
    this.need(offset, 30);
    const start = offset + 30 + this.view.getUint16(offset + 26, true) + this.view.getUint16(offset + 28, true);
    this.need(start, packed);
    return this.bytes.subarray(start, start + packed);
  }

  /** The end of central directory record, behind a comment of at most 64 KiB. */
  private directory(): { count: number; start: number } {
    for (let at = this.bytes.length - 22; at >= Math.max(0, this.bytes.length - 65_557); at -= 1) {
      if (this.view.getUint32(at, true) !== 0x06054b50) continue;
      return { count: this.view.getUint16(at + 10, true), start: this.view.getUint32(at + 16, true) };
    }
    throw new WorkbookFault('is no whole zip archive: its end is missing');
  }

  private entry(at: number): number {
    this.need(at, 46);
    const { view } = this;
    if (view.getUint32(at, true) !== 0x02014b50) throw new WorkbookFault('is damaged: its list of parts is broken');
    if (view.getUint16(at + 8, true) & 1) throw new WorkbookFault('is encrypted: save it without a password');
    const length = view.getUint16(at + 28, true);
    const next = at + 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    this.need(at, next - at);
    const name = new TextDecoder().decode(this.bytes.subarray(at + 46, at + 46 + length));
    const [packed, unpacked] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    if (packed === 0xffffffff || unpacked === 0xffffffff) throw tooLarge(unpacked);
    const offset = view.getUint32(at + 42, true);
    this.parts.set(name.replace(/^\//, ''), { method: view.getUint16(at + 10, true), packed, unpacked, offset });
    return next;
  }

  private need(at: number, length: number): void {
    if (at + length > this.bytes.length) throw new WorkbookFault('is damaged: it ends too early');
  }
}

const tooLarge = (bytes: number): WorkbookFault =>
  new WorkbookFault(
    `unpacks to ${bytes} bytes or more, at most ${MAX_UNPACKED} are read: send the table in parts, or as CSV`,
  );
