import type { Fault } from '@portolan/domain';
import { MAX_APART, areOfOne, readAis } from '../ais/ais.js';
import { type Sentence, sentenceOf } from '../ais/sentence.js';
import { LineSeams, type LineFound } from './line-seams.js';
import { type Before, counted } from './seams.js';

/** AIS sentences: not between the parts of a message, nor between a receiver's line and the sentence it is about. */
export class AisSeams extends LineSeams {
  readonly format = 'ais';
  /** By group: parts of a message that is not complete, in the order in which they came. */
  private readonly waiting = new Map<string, readonly Sentence[]>();

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
    const read = sentenceOf(text, this.lines);
    const isWhole = !read.ok || read.value.total === 1 || this.completes(read.value);
    return isWhole ? { items: 1, seam: this.nobodyWaits() } : { items: 0, seam: false };
  }

  private completes(sentence: Sentence): boolean {
    const before = this.waiting.get(sentence.group) ?? [];
    const parts = before.every((each) => areOfOne(each, sentence)) ? [...before, sentence] : [sentence];
    this.waiting.set(sentence.group, parts);
    return parts.length === sentence.total && this.waiting.delete(sentence.group);
  }

  private nobodyWaits(): boolean {
    for (const [group, [first]] of this.waiting) if (first!.line + MAX_APART < this.lines) this.waiting.delete(group);
    return this.waiting.size === 0;
  }
}
