import type { Fault } from '@portolan/domain';
import { interchangesOf } from '../edifact/interchange.js';
import { readEdifact } from '../edifact/edifact.js';
import { ediText } from '../edifact/text.js';
import { textOf } from '../json/text.js';
import { type Before, MARK, type Seam, type Seams, counted, nothing } from './seams.js';

const [RELEASE, TERMINATOR, NEWLINE] = Buffer.from("?'\n") as unknown as [number, number, number];
/** Level B without advice has control characters as service characters, and no release. */
const [ELEMENT_B, TERMINATOR_B] = [0x1d, 0x1c];
const NONE = -1;

/**
 * EDIFACT: between interchanges (ISO 9735-1, section 8: UNB to UNZ, with the UNA before), where there is a message on either side.
 * Within one, everything belongs together: UNZ counts its messages, and UNB says who sends and in which characters.
 */
export class EdifactSeams implements Seams {
  readonly format = 'edifact';
  readonly prefix = nothing;
  readonly suffix = nothing;
  private terminator = TERMINATOR;
  private release = RELEASE;
  private position = 0;
  private messages = 0;
  private lines = 0;
  private released = false;
  /** Letters of the segment's tag so far; `undefined` before its first. */
  private tag: string | undefined;
  /** Bytes of a UNA segment still to come: its characters mean nothing but themselves. */
  private service = 0;
  /** An interchange has ended, and no other begun. */
  private between = false;
  /** Where the last interchange began, until a message of it is seen. */
  private candidate: Seam | undefined;
  private start = 0;
  /** A UNA is in force. */
  private unusual = false;
  /** Where a UNA stands, until the segment behind it is seen. */
  private advised: { readonly end: number; readonly lines: number } | undefined;
  /** Service characters beyond ASCII: where segments end is not known any more. */
  private lost = false;

  inFile(fault: Fault, { interchanges = 0 }: Before): Fault {
    return { ...fault, pointer: counted(fault.pointer, '/interchange', interchanges) };
  }

  /** Items are containers, statuses, calls and lines: only the reader knows them. */
  contentsOf(part: Uint8Array): Pick<Before, 'items' | 'interchanges'> {
    const text = ediText(part) ?? textOf(part);
    const reading = text.ok ? readEdifact(text.value, { received: 0 }) : undefined;
    if (!text.ok || !reading || 'unreadable' in reading) return { items: 0, interchanges: 0 };
    return { items: reading.items.length, interchanges: interchangesOf(text.value).length };
  }

  scan(chunk: Uint8Array): readonly Seam[] {
    const seams: Seam[] = [];
    for (let at = 0; at < chunk.length && !this.lost; at += 1) {
      if (chunk[at] === NEWLINE) this.lines += 1;
      if (this.service > 0) this.advice(chunk[at]!);
      else this.character(chunk[at]!, this.position + at, seams);
    }
    this.position += chunk.length;
    return seams;
  }

  private character(byte: number, place: number, seams: Seam[]): void {
    if (this.tag === undefined) {
      if (byte <= 32 || MARK.has(byte)) return;
      this.tag = '';
      this.start = place;
    }
    if (this.tag === 'UNB' && byte === ELEMENT_B) [this.terminator, this.release] = [TERMINATOR_B, NONE];
    if (this.released) this.released = false;
    else if (byte === this.release) this.released = true;
    else if (byte === this.terminator) return this.endSegment();
    if (this.tag.length === 3) this.tag += ' ';
    if (this.tag.length < 3) this.letter(byte, seams);
  }

  private letter(byte: number, seams: Seam[]): void {
    const tag = this.tag + String.fromCharCode(byte);
    this.tag = tag;
    if (tag.length < 3) return;
    const { messages, lines } = this;
    const { end, lines: before } = (tag === 'UNB' && this.advised) || { end: this.start, lines };
    if (tag === 'UNB' && this.between) {
      const isUsual = this.advised !== undefined || !this.unusual;
      this.candidate = messages > 0 && isUsual ? { end, next: end, items: messages, lines: before } : undefined;
      this.between = false;
    }
    this.advised = tag === 'UNA' ? { end, lines } : undefined;
    if (tag === 'UNA') [this.service, this.tag, this.unusual] = [6, undefined, true];
    if (tag !== 'UNH') return;
    if (this.candidate) seams.push(this.candidate);
    this.candidate = undefined;
    this.messages += 1;
  }

  private endSegment(): void {
    if (this.tag?.trimEnd() === 'UNZ') this.endInterchange();
    [this.tag, this.advised] = [undefined, undefined];
  }

  private endInterchange(): void {
    [this.between, this.unusual, this.terminator, this.release] = [true, false, TERMINATOR, RELEASE];
  }

  /** Behind UNA: of six characters the fourth is the release character, or a blank where there is none, and the last ends segments. */
  private advice(byte: number): void {
    this.service -= 1;
    if (byte > 126) this.lost = true;
    if (this.service === 2) this.release = byte === 32 ? NONE : byte;
    if (this.service === 0) this.terminator = byte;
  }
}
