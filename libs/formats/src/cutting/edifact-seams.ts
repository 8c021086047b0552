import type { Fault } from '@portolan/domain';
import { type Before, type Seam, type Seams, counted, nothing } from './seams.js';

const [RELEASE, TERMINATOR, NEWLINE] = Buffer.from("?'\n") as unknown as [number, number, number];

/** EDIFACT: behind interchanges (ISO 9735-1, section 8: UNB to UNZ, with the UNA before). */
export class EdifactSeams implements Seams {
  readonly prefix = nothing;
  readonly suffix = nothing;
  private terminator = TERMINATOR;
  private position = 0;
  private items = 0;
  private interchanges = 0;
  private lines = 0;
  private released = false;
  private tag = '';
  /** Bytes of a UNA segment still to come: its characters mean nothing but themselves. */
  private service = 0;

  inFile(fault: Fault, { interchanges = 0 }: Before): Fault {
    return { ...fault, pointer: counted(fault.pointer, '/interchange', interchanges) };
  }

  scan(chunk: Uint8Array): readonly Seam[] {
    const seams: Seam[] = [];
    for (let at = 0; at < chunk.length; at += 1) {
      if (chunk[at] === NEWLINE) this.lines += 1;
      if (!this.endsInterchange(chunk[at]!)) continue;
      const place = this.position + at + 1;
      const { items, lines } = this;
      seams.push({ end: place, next: place, items, lines, interchanges: (this.interchanges += 1) });
    }
    this.position += chunk.length;
    return seams;
  }

  private endsInterchange(byte: number): boolean {
    if (this.service > 0) return this.advice(byte);
    if (this.released) this.released = false;
    else if (byte === RELEASE) this.released = true;
    else if (byte === this.terminator) {
      const ended = this.tag === 'UNZ';
      if (this.tag === 'UNH') this.items += 1;
      this.tag = '';
      return ended;
    } else if (this.tag.length < 3 && byte > 32 && byte < 127) this.tag += String.fromCharCode(byte);
    if (this.tag === 'UNA') [this.service, this.tag] = [6, ''];
    return false;
  }

  /** The last of the six characters behind UNA ends segments from now on. */
  private advice(byte: number): boolean {
    this.service -= 1;
    if (this.service === 0) this.terminator = byte;
    return false;
  }
}
