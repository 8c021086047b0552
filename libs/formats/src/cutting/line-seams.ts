import type { Fault } from '@portolan/domain';
import { type Before, MARK, type Seam, type Seams, isBlankByte, nothing } from './seams.js';

/** What a line means for cutting. */
export interface LineFound {
  /** How many items end with it. */
  readonly items: number;
  /** May the file be cut behind it? */
  readonly seam: boolean;
}

const NEWLINE = 10;

/** Files that are cut behind lines. */
export abstract class LineSeams implements Seams {
  abstract readonly format: string;
  readonly suffix = nothing;
  prefix: Uint8Array = nothing;
  private rest: Buffer[] = [];
  private position = 0;
  private items = 0;
  protected lines = 0;

  abstract inFile(fault: Fault, before: Before): Fault;
  /** `bytes`: a line with its end. */
  protected abstract line(bytes: Buffer): LineFound;

  scan(chunk: Uint8Array): readonly Seam[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const seams: Seam[] = [];
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      const whole = this.whole(bytes.subarray(from, at + 1));
      from = at + 1;
      this.lines += 1;
      const { items, seam } = this.line(whole);
      this.items += items;
      const place = this.position + from;
      if (seam) seams.push({ end: place, next: place, items: this.items, lines: this.lines });
    }
    this.rest.push(bytes.subarray(from));
    this.position += bytes.length;
    return seams;
  }

  private whole(end: Buffer): Buffer {
    if (this.rest.length === 0) return end;
    const whole = Buffer.concat([...this.rest, end]);
    this.rest = [];
    return whole;
  }
}

/** Only blanks, and a byte order mark. */
export const isBlank = (line: Buffer): boolean => line.every((byte) => isBlankByte(byte) || MARK.has(byte));
