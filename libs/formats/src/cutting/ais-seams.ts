import type { Fault } from '@portolan/domain';
import { LineSeams, type LineFound } from './line-seams.js';
import { type Before, counted } from './seams.js';

const SENTENCE = /![A-Z]{2}VD[MO],([1-9]),([1-9]),(\d?),([A-Z0-9]?),/i;
/** Parts of a message follow each other within seconds: behind so many lines the others are not waited for. */
const PATIENCE = 1_000;

/** AIS sentences: not between the parts of a message, nor between a receiver's line and the sentence it is about. */
export class AisSeams extends LineSeams {
  readonly format = 'ais';
  /** Messages of several parts whose last is still to come, with the line of the newest. */
  private readonly waiting = new Map<string, number>();

  inFile(fault: Fault, { lines }: Before): Fault {
    return { ...fault, pointer: counted(fault.pointer, '', lines) };
  }

  protected line(bytes: Buffer): LineFound {
    const text = bytes.toString('latin1').trim();
    if (text === '' || text[0] === '$' || text[0] === '#') return { items: 0, seam: false };
    const [, total, part, sequence, channel] = SENTENCE.exec(text) ?? [];
    const group = `${sequence},${channel}`;
    if (part !== total) {
      this.waiting.set(group, this.lines);
      return { items: 0, seam: false };
    }
    if (total !== '1') this.waiting.delete(group);
    return { items: 1, seam: this.nobodyWaits() };
  }

  private nobodyWaits(): boolean {
    for (const [group, line] of this.waiting) if (line < this.lines - PATIENCE) this.waiting.delete(group);
    return this.waiting.size === 0;
  }
}
