import type { Fault } from '@portolan/domain';
import { readAis } from '../ais/ais.js';
import { LineSeams, type LineFound } from './line-seams.js';
import { type Before, counted } from './seams.js';

const SENTENCE = /!([A-Z]{2}VD[MO]),([1-9]),([1-9]),(\d?),([A-Z0-9]?),/i;
/** Parts of a message come within seconds of each other: behind so many lines the others are not waited for. */
const PATIENCE = 1_000;

/** AIS sentences: not between the parts of a message, nor between a receiver's line and the sentence it is about. */
export class AisSeams extends LineSeams {
  readonly format = 'ais';
  /** Messages of several parts that are not complete, with the parts there are and the line of the newest. */
  private readonly waiting = new Map<string, { readonly parts: Set<string>; line: number }>();

  inFile(fault: Fault, { lines }: Before): Fault {
    return { ...fault, pointer: counted(fault.pointer, '', lines) };
  }

  /** What is wrong with a part of a message decides how many items there are. */
  contentsOf(part: Uint8Array): Pick<Before, 'items'> {
    const reading = readAis(Buffer.from(part).toString(), { received: 0 });
    return { items: 'items' in reading ? reading.items.length : 0 };
  }

  protected line(bytes: Buffer): LineFound {
    const text = bytes.toString('latin1').trim();
    if (text === '' || text[0] === '$' || text[0] === '#') return { items: 0, seam: false };
    const [, kind, total, part, sequence, channel] = SENTENCE.exec(text) ?? [];
    const isWhole =
      total === undefined || total === '1' || this.completes(`${kind},${sequence},${channel}`, part!, total);
    return isWhole ? { items: 1, seam: this.nobodyWaits() } : { items: 0, seam: false };
  }

  private completes(group: string, part: string, total: string): boolean {
    const { parts } = this.waiting.get(group) ?? { parts: new Set() };
    this.waiting.set(group, { parts: parts.add(part), line: this.lines });
    return parts.size === Number(total) && this.waiting.delete(group);
  }

  private nobodyWaits(): boolean {
    for (const [group, { line }] of this.waiting) if (line < this.lines - PATIENCE) this.waiting.delete(group);
    return this.waiting.size === 0;
  }
}
