import { Segment, type Syntax, defaultSyntax, valueIn } from './segment.js';

/** A letter, then two that may be digits. */
export const isTag = (tag: string): boolean =>
  tag.length === 3 && isLetter(tag.charCodeAt(0)) && isTagCode(tag.charCodeAt(1)) && isTagCode(tag.charCodeAt(2));

const isLetter = (code: number): boolean => code >= 65 && code <= 90;
const isTagCode = (code: number): boolean => isLetter(code) || (code >= 48 && code <= 57);

/**
 * Walks over the segments of one or more interchanges (ISO 9735-1): with or without service string advice, line ends of any kind
 * between segments and within them, and blanks before tags. Keeps nothing of the segments behind it. Never throws.
 */
export class Tokenizer {
  /** The segment's place in the source; `to` is behind its terminator, or beyond the source where it has none. */
  from: number;
  to: number;
  private readonly last: number;
  private known: string | undefined;

  constructor(
    readonly source: string,
    begin = 0,
    stop = source.length,
    /** The service characters in force. */
    public syntax = defaultSyntax,
  ) {
    [this.from, this.to] = [begin, begin];
    // A segment without a terminator ends beyond the text.
    this.last = Math.min(stop, source.length);
  }

  /** Goes to the next segment, if there is one. */
  next(): boolean {
    const { source } = this;
    let at = skipBlank(source, this.to);
    if (source.startsWith('UN', this.from) || source.startsWith('UN', at)) at = this.changed(at);
    if (at >= this.last) return false;
    const end = endOfSegment(source, at, this.syntax);
    this.known = undefined;
    this.from = at;
    this.to = end < 0 ? source.length + 1 : end + 1;
    return true;
  }

  /** The segment's text, without line ends. */
  get text(): string {
    return withoutLineEnds(this.source.slice(this.from, this.to - 1));
  }

  /** Its first value, as the segment has it. */
  get qualifier(): string {
    const { source, from, to, syntax } = this;
    return hasLineEnd(source.slice(from, to - 1))
      ? this.segment(0).qualifier
      : valueIn(source, from, to - 1, syntax, 1, 0);
  }

  segment(index: number): Segment {
    return new Segment(this.text, this.tag, index, this.syntax, this.from, this.to);
  }

  /** The segment's tag. */
  get tag(): string {
    return (this.known ??= this.tagHere());
  }

  private tagHere(): string {
    const { source, from, syntax } = this;
    const behind = source[from + 3];
    const usual = behind === syntax.element || behind === syntax.component ? tagAt(source, from) : undefined;
    return usual ?? tagOf(this.text, syntax);
  }

  /** Changes the service characters where an interchange ends or begins; gives where the next segment does. */
  private changed(start: number): number {
    const { source } = this;
    let at = start;
    if (source.startsWith('UNZ', this.from)) this.syntax = defaultSyntax;
    while (source.startsWith('UNA', at) && at + 9 <= source.length && at < this.last) {
      this.syntax = syntaxOf(source.slice(at + 3, at + 9));
      at = skipBlank(source, at + 9);
    }
    if (source.startsWith('UNB', at)) this.syntax = syntaxAfter(source[at + 3], this.syntax);
    return at;
  }
}

/** Tags by their letters: one text for all segments of a kind is compared at once, and looked up without being read. */
const tags = new Map<number, string>();

function tagAt(source: string, from: number): string | undefined {
  const letters = (source.charCodeAt(from) << 16) | (source.charCodeAt(from + 1) << 8) | source.charCodeAt(from + 2);
  const known = tags.get(letters);
  if (known !== undefined && source.startsWith(known, from)) return known;
  const tag = source.slice(from, from + 3);
  if (!isTag(tag)) return undefined;
  tags.set(letters, tag);
  return tag;
}

/** Component, element, decimal mark, release, reserved (or repetition), terminator. */
const syntaxOf = (advice: string): Syntax => ({
  component: advice[0]!,
  element: advice[1]!,
  decimal: advice[2]!,
  release: advice[3] === ' ' ? '' : advice[3]!,
  terminator: advice[5]!,
});

/** Level B without advice has control characters as service characters, and no release. */
const levelB: Syntax = { component: '\x1f', element: '\x1d', decimal: '.', release: '', terminator: '\x1c' };
const syntaxAfter = (separator: string | undefined, syntax: Syntax): Syntax =>
  separator === levelB.element ? levelB : syntax;

function endOfSegment(text: string, from: number, { terminator, release }: Syntax): number {
  let end = text.indexOf(terminator, from);
  while (end > from && isReleased(text, end, from, release)) end = text.indexOf(terminator, end + 1);
  return end;
}

/** An odd number of release characters stands before it. */
function isReleased(text: string, at: number, from: number, release: string): boolean {
  let before = at - 1;
  while (release !== '' && before >= from && text[before] === release) before -= 1;
  return (at - before) % 2 === 0;
}

const hasLineEnd = (text: string): boolean => text.includes('\n') || text.includes('\r');

export const withoutLineEnds = (text: string): string => (hasLineEnd(text) ? text.replaceAll(/[\r\n]+/g, '') : text);

/** Blanks, line ends, NUL and Ctrl-Z between segments, and byte order marks of files put together. */
function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff)) at += 1;
  return at;
}

function tagOf(text: string, { element, component }: Syntax): string {
  const char = text[3];
  if (char === element || char === component || char === undefined) return text.slice(0, 3);
  const end = text.indexOf(element);
  return end < 0 ? text : text.slice(0, end);
}

/** Segments from `begin` until `stop`, numbered from 0, each when its turn comes. */
export function* segmentsIn(source: string, begin?: number, stop?: number, syntax?: Syntax): Iterable<Segment> {
  const tokens = new Tokenizer(source, begin, stop, syntax);
  for (let index = 0; tokens.next(); index += 1) {
    yield tokens.segment(index);
  }
}
