import type { Fault } from '@portolan/domain';
import { MAX_ITEMS } from '../reading.js';
import { Gauge, type Shape } from './limits.js';
import type { Segment } from './segment.js';
import { Tokenizer, isTag, segmentsIn, withoutLineEnds } from './tokenizer.js';

/** Where a message is in a text: UNH to UNT. Its segments are read when their turn comes, and not kept. */
export interface Envelope {
  readonly pointer: string;
  readonly interchange: Interchange;
  readonly unh: Segment;
  readonly flags: string[];
  /** Of a kind of message that is known. */
  readonly gauge: Gauge | undefined;
  /** Segments so far. */
  count: number;
  /** Behind its last segment. */
  to: number;
  /** Why it cannot be read as a whole. */
  fault?: Fault;
}

/** One interchange: UNB to UNZ, or messages without either. */
export interface Interchange {
  readonly pointer: string;
  readonly source: string;
  readonly header: Segment | undefined;
  readonly messages: Envelope[];
  /** What belongs to no message, by its place. */
  readonly strays: Fault[];
  readonly flags: string[];
}

/** A message whose segments can be read. */
export interface Message {
  readonly pointer: string;
  readonly interchange: Interchange;
  /** Such as IFTSTA. */
  readonly type: string;
  /** With version and release, such as `IFTSTA D.00B`. */
  readonly kind: string;
  readonly reference: string;
  readonly unh: Segment;
  /** Taken out of the text anew each time they are walked over, so that a long message is never in the memory as a whole. */
  readonly segments: Iterable<Segment>;
  /** The same, for who makes segments of some only. */
  tokens(): Tokenizer;
  readonly flags: readonly string[];
}

/**
 * Interchanges of a text with their messages (ISO 9735-1). Counts and references that do not agree are doubts; a segment that
 * is broken or cut off rejects the message it stands in, and no other. Ends where there are more messages than are read.
 * @param shapeOf of a kind of message, such as IFTSTA, where it is known
 */
export function interchangesOf(
  text: string,
  shapeOf: (type: string) => Shape | undefined = () => undefined,
): Interchange[] {
  const assembly = new Assembly(text, shapeOf);
  const tokens = new Tokenizer(text);
  while (!assembly.isFull && tokens.next()) assembly.add(tokens);
  return assembly.done();
}

export const typeOf = ({ unh }: Pick<Envelope, 'unh'>): string => unh.value(2).toUpperCase();

export const directoryOf = ({ unh }: Envelope): string =>
  [unh.value(2, 1), unh.value(2, 2)].filter((each) => each !== '').join('.');

export function messageOf(envelope: Envelope): Message {
  const { pointer, interchange, unh, flags, to } = envelope;
  return {
    pointer,
    interchange,
    type: typeOf(envelope),
    kind: `${typeOf(envelope)} ${directoryOf(envelope)}`.trim(),
    reference: unh.value(1),
    unh,
    segments: { [Symbol.iterator]: () => segmentsIn(interchange.source, unh.from, to, unh.syntax)[Symbol.iterator]() },
    tokens: () => new Tokenizer(interchange.source, unh.from, to, unh.syntax),
    flags,
  };
}

export const pointerOf = (message: { readonly pointer: string }, { index }: { readonly index: number }): string =>
  `${message.pointer}/segment/${index}`;

/** Segments as they were sent, those that follow each other with what stands between them. */
export function sentText({ interchange: { source } }: Message, segments: readonly Segment[]): string {
  let text = '';
  for (let at = 0; at < segments.length;) {
    let last = at;
    while (segments[last + 1]?.index === segments[last]!.index + 1) last += 1;
    text += source.slice(segments[at]!.from, segments[last]!.to);
    at = last + 1;
  }
  return text;
}

class Assembly {
  private readonly interchanges: Interchange[] = [];
  private interchange: Interchange | undefined;
  private message: Envelope | undefined;
  /** Where the last segment of the message begins. */
  private lastFrom = 0;
  private outside = 0;
  private opened = 0;
  /** Functional groups (UNG) of the interchange: where there are any, UNZ counts them. */
  private groups = 0;

  constructor(
    private readonly source: string,
    private readonly shapeOf: (type: string) => Shape | undefined,
  ) {}

  get isFull(): boolean {
    return this.opened > MAX_ITEMS;
  }

  add(tokens: Tokenizer): void {
    const { tag } = tokens;
    if (tag.startsWith('UN') && tag !== 'UNS') this.service(tokens.segment(tag === 'UNH' ? 0 : this.index));
    else if (this.message) this.put(this.message, tokens);
    else this.stray(tokens.text);
    this.outside += this.message ? 0 : 1;
  }

  private get index(): number {
    return this.message?.count ?? this.outside;
  }

  private service(segment: Segment): void {
    const { tag, text } = segment;
    if (tag === 'UNB') this.begin(segment);
    else if (tag === 'UNH') this.open(segment);
    else if (tag === 'UNT') this.close(segment);
    else if (tag === 'UNZ') this.end(segment);
    else if (this.message) this.put(this.message, segment);
    else if (tag === 'UNG') this.groups += 1;
    else if (tag !== 'UNE') this.stray(text);
  }

  done(): Interchange[] {
    this.leave();
    return this.interchanges;
  }

  /** An interchange that ends without UNZ, if one is open. */
  private leave(): void {
    this.cutOff();
    if (this.interchange?.header) this.interchange.flags.push('no-unz: the interchange ends without UNZ');
  }

  private begin(header: Segment | undefined): Interchange {
    this.leave();
    const pointer = `/interchange/${this.interchanges.length}`;
    this.interchange = { pointer, source: this.source, header, messages: [], strays: [], flags: [] };
    this.interchanges.push(this.interchange);
    this.outside = 0;
    this.groups = 0;
    return this.interchange;
  }

  private open(unh: Segment): void {
    this.cutOff();
    this.opened += 1;
    const interchange = this.interchange ?? this.begin(undefined);
    const pointer = `${interchange.pointer}/message/${interchange.messages.length}`;
    const shape = this.shapeOf(typeOf({ unh }));
    const gauge = shape && new Gauge({ pointer }, shape);
    this.message = { pointer, interchange, unh, flags: [], gauge, count: 0, to: unh.to };
    interchange.messages.push(this.message);
    this.put(this.message, unh);
  }

  private put(message: Envelope, segment: Segment | Tokenizer): void {
    const { tag, from, to } = segment;
    const broken = to > this.source.length ? 'is cut off: no terminator follows' : brokenBecause(tag);
    if (broken !== undefined && !message.fault)
      message.fault = {
        pointer: pointerOf(message, { index: message.count }),
        value: segment.text.slice(0, 200),
        message: broken,
      };
    message.gauge?.see(segment, message.count);
    message.count += 1;
    message.to = to;
    this.lastFrom = from;
  }

  private close(unt: Segment): void {
    const { message } = this;
    if (!message) return this.stray(unt.text);
    message.gauge?.see(unt, message.count);
    message.count += 1;
    message.to = unt.to;
    const reference = message.unh.value(1);
    if (unt.number(1) !== message.count)
      message.flags.push(`segment-count: UNT says ${unt.value(1) || 'nothing'}, there are ${message.count}`);
    if (unt.value(2) !== reference)
      message.flags.push(`message-reference: UNT says ${unt.value(2) || 'nothing'}, UNH ${reference}`);
    this.message = undefined;
  }

  private end(unz: Segment): void {
    this.cutOff();
    const { interchange } = this;
    if (!interchange?.header) return this.stray(unz.text);
    const { header, messages, flags } = interchange;
    const count = this.groups > 0 ? this.groups : messages.length;
    if (unz.number(1) !== count) flags.push(`message-count: UNZ says ${unz.value(1) || 'nothing'}, there are ${count}`);
    if (unz.value(2) !== header.value(5))
      flags.push(`control-reference: UNZ says ${unz.value(2) || 'nothing'}, UNB ${header.value(5)}`);
    this.interchange = undefined;
  }

  /** Told once an interchange. */
  private stray(text: string): void {
    const { strays, pointer } = this.interchange ?? this.begin(undefined);
    const message = 'stands outside of any message: a message begins with UNH and ends with UNT';
    if (strays.length === 0)
      strays.push({ pointer: `${pointer}/segment/${this.outside}`, value: text.slice(0, 200), message });
  }

  /** A message that ends without UNT. */
  private cutOff(): void {
    const { message } = this;
    this.message = undefined;
    if (!message || message.fault) return;
    message.fault = {
      pointer: pointerOf(message, { index: message.count - 1 }),
      value: withoutLineEnds(this.source.slice(this.lastFrom, message.to - 1)).slice(0, 200),
      message: 'is the last segment of a message that is cut off: its UNT is missing',
    };
  }
}

const brokenBecause = (tag: string): string | undefined =>
  isTag(tag) ? undefined : `begins with ${JSON.stringify(tag.slice(0, 20))}, which is no segment tag such as DTM`;
