import type { Fault } from '@portolan/domain';
import { Segment, type Syntax } from './segment.js';
import { eachSegment, isTag, tagOf } from './tokenizer.js';

/** One message of an interchange: UNH to UNT. */
export interface Message {
  readonly pointer: string;
  readonly interchange: Interchange;
  /** Such as IFTSTA. */
  readonly type: string;
  /** Version and release, such as `D.00B`. */
  readonly directory: string;
  readonly reference: string;
  readonly segments: Segment[];
  readonly flags: string[];
  /** Why it cannot be read as a whole. */
  fault?: Fault;
}

/** One interchange: UNB to UNZ, or messages without either. */
export interface Interchange {
  readonly pointer: string;
  readonly header: Segment | undefined;
  readonly messages: Message[];
  /** What belongs to no message, by its place. */
  readonly strays: Fault[];
  readonly flags: string[];
}

/**
 * Interchanges of a text with their messages (ISO 9735-1). Counts and references that do not agree are doubts; a segment that
 * is broken or cut off rejects the message it stands in, and no other.
 */
export function interchangesOf(text: string): Interchange[] {
  const assembly = new Assembly();
  eachSegment(text, (each, syntax, terminated) => assembly.add(each, syntax, terminated));
  return assembly.done();
}

class Assembly {
  private readonly interchanges: Interchange[] = [];
  private interchange: Interchange | undefined;
  private message: Message | undefined;
  private outside = 0;
  /** Functional groups (UNG) of the interchange: where there are any, UNZ counts them. */
  private groups = 0;

  add(text: string, syntax: Syntax, terminated: boolean): void {
    const tag = tagOf(text, syntax);
    const index = this.message ? this.message.segments.length : this.outside;
    const segment = new Segment(text, tag, index, syntax, terminated);
    if (tag === 'UNB') this.begin(segment);
    else if (tag === 'UNH') this.open(new Segment(text, tag, 0, syntax, terminated));
    else if (tag === 'UNT') this.close(segment);
    else if (tag === 'UNZ') this.end(segment);
    else if (this.message) this.put(this.message, segment);
    else if (tag === 'UNG') this.groups += 1;
    else if (tag !== 'UNE') this.stray(segment);
    if (!this.message) this.outside += 1;
  }

  done(): Interchange[] {
    this.cutOff();
    if (this.interchange?.header) this.interchange.flags.push('no-unz: the interchange ends without UNZ');
    return this.interchanges;
  }

  private begin(header: Segment | undefined): Interchange {
    this.cutOff();
    if (this.interchange?.header) this.interchange.flags.push('no-unz: the interchange ends without UNZ');
    const pointer = `/interchange/${this.interchanges.length}`;
    this.interchange = { pointer, header, messages: [], strays: [], flags: [] };
    this.interchanges.push(this.interchange);
    this.outside = 0;
    this.groups = 0;
    return this.interchange;
  }

  private open(unh: Segment): void {
    this.cutOff();
    const interchange = this.interchange ?? this.begin(undefined);
    const [version, release] = [unh.value(2, 1), unh.value(2, 2)];
    this.message = {
      pointer: `${interchange.pointer}/message/${interchange.messages.length}`,
      interchange,
      type: unh.value(2).toUpperCase(),
      directory: [version, release].filter((each) => each !== '').join('.'),
      reference: unh.value(1),
      segments: [unh],
      flags: [],
    };
    interchange.messages.push(this.message);
    if (!unh.terminated) this.put(this.message, unh);
  }

  private put(message: Message, segment: Segment): void {
    if (segment.index > 0) message.segments.push(segment);
    if (message.fault) return;
    const broken = segment.terminated ? brokenBecause(segment) : 'is cut off: no terminator follows';
    if (broken !== undefined)
      message.fault = { pointer: pointerOf(message, segment), value: segment.text.slice(0, 200), message: broken };
  }

  private close(unt: Segment): void {
    const { message } = this;
    if (!message) return this.stray(unt);
    message.segments.push(unt);
    const count = message.segments.length;
    if (unt.number(1) !== count)
      message.flags.push(`segment-count: UNT says ${unt.value(1) || 'nothing'}, there are ${count}`);
    if (unt.value(2) !== message.reference)
      message.flags.push(`message-reference: UNT says ${unt.value(2) || 'nothing'}, UNH ${message.reference}`);
    this.message = undefined;
  }

  private end(unz: Segment): void {
    this.cutOff();
    const { interchange } = this;
    if (!interchange?.header) return this.stray(unz);
    const { header, messages, flags } = interchange;
    const count = this.groups > 0 ? this.groups : messages.length;
    if (unz.number(1) !== count) flags.push(`message-count: UNZ says ${unz.value(1) || 'nothing'}, there are ${count}`);
    if (unz.value(2) !== header.value(5))
      flags.push(`control-reference: UNZ says ${unz.value(2) || 'nothing'}, UNB ${header.value(5)}`);
    this.interchange = undefined;
  }

  private stray(segment: Segment): void {
    const { strays, pointer } = this.interchange ?? this.begin(undefined);
    const message = 'stands outside of any message: a message begins with UNH and ends with UNT';
    if (strays.length === 0)
      strays.push({ pointer: `${pointer}/segment/${segment.index}`, value: segment.text.slice(0, 200), message });
  }

  /** A message that ends without UNT. */
  private cutOff(): void {
    const { message } = this;
    this.message = undefined;
    if (!message || message.fault) return;
    const last = message.segments.at(-1)!;
    message.fault = {
      pointer: pointerOf(message, last),
      value: last.text.slice(0, 200),
      message: 'is the last segment of a message that is cut off: its UNT is missing',
    };
  }
}

export const pointerOf = (message: Pick<Message, 'pointer'>, { index }: Segment): string =>
  `${message.pointer}/segment/${index}`;

const brokenBecause = ({ tag }: Segment): string | undefined =>
  isTag(tag) ? undefined : `begins with ${JSON.stringify(tag.slice(0, 20))}, which is no segment tag such as DTM`;
