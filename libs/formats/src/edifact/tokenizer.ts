import { Segment, type Syntax, defaultSyntax } from './segment.js';

/** Returning false ends it. */
export type Visit = (text: string, syntax: Syntax, from: number, to: number) => boolean | void;

/** Tag, then an element or a nesting indication, or nothing more. */
const TAG = /^[A-Z][A-Z0-9]{2}$/;
export const isTag = (tag: string): boolean => TAG.test(tag);

/**
 * Segments of one or more interchanges, in one pass (ISO 9735-1): with or without service string advice, line ends of any kind
 * between segments and within them, and blanks before tags. Calls `visit` for each with its text without line ends, the service
 * characters in force, and where it is in the text: `to` is behind its terminator, or beyond the text where it has none.
 * Never throws.
 */
export function eachSegment(text: string, visit: Visit, begin = 0, stop = text.length, first = defaultSyntax): void {
  let syntax = first;
  let at = skipBlank(text, begin);
  // A segment without a terminator ends beyond the text.
  const last = Math.min(stop, text.length);
  while (at < last) {
    if (text.startsWith('UNA', at) && at + 9 <= text.length) {
      syntax = syntaxOf(text.slice(at + 3, at + 9));
      at = skipBlank(text, at + 9);
      continue;
    }
    if (text.startsWith('UNB', at)) syntax = syntaxAfter(text[at + 3], syntax);
    const end = endOfSegment(text, at, syntax);
    const stops = end < 0 ? text.length : end;
    if (visit(withoutLineEnds(text.slice(at, stops)), syntax, at, stops + 1) === false) return;
    if (text.startsWith('UNZ', at)) syntax = defaultSyntax;
    at = end < 0 ? text.length : skipBlank(text, end + 1);
  }
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

const withoutLineEnds = (text: string): string =>
  text.includes('\n') || text.includes('\r') ? text.replaceAll(/[\r\n]+/g, '') : text;

/** Blanks, line ends, NUL and Ctrl-Z between segments, and byte order marks of files put together. */
function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff)) at += 1;
  return at;
}

/** The tag of a segment's text. */
export function tagOf(text: string, { element, component }: Syntax): string {
  const char = text[3];
  if (char === element || char === component || char === undefined) return text.slice(0, 3);
  const end = text.indexOf(element);
  return end < 0 ? text : text.slice(0, end);
}

/** Segments from `begin` until `stop`, numbered from 0. */
export function segmentsOf(text: string, begin = 0, stop = text.length, syntax = defaultSyntax): Segment[] {
  const segments: Segment[] = [];
  const add: Visit = (each, inForce, from, to) =>
    void segments.push(new Segment(each, tagOf(each, inForce), segments.length, inForce, from, to));
  eachSegment(text, add, begin, stop, syntax);
  return segments;
}
