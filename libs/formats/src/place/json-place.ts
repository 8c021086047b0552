import { keysOf } from '../reading.js';

/** A part of a text: from `start` up to, without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the value that a JSON Pointer (RFC 6901) names is in a JSON text, or the innermost value around it that is there.
 * Works on text that is JSON only up to that place.
 */
export function jsonPlace(text: string, pointer: string): Span {
  let at = afterSpace(text, 0);
  for (const token of keysOf(pointer)) {
    const child = jsonChild(text, at, token);
    if (child === undefined) break;
    at = child;
  }
  return { start: at, end: afterValue(text, at) };
}

/** Where a member of the object, or an element of the array, at a place begins. */
export function jsonChild(text: string, container: number, token: string): number | undefined {
  const isObject = text[container] === '{';
  if (!isObject && text[container] !== '[') return undefined;
  let at = afterSpace(text, container + 1);
  for (let index = 0; at < text.length && text[at] !== ']' && text[at] !== '}'; index += 1) {
    let name = String(index);
    if (isObject) {
      const end = afterValue(text, at);
      name = keyIn(text.slice(at, end));
      at = afterSpace(text, afterSpace(text, end) + 1);
    }
    if (name === token) return at;
    at = afterSpace(text, afterValue(text, at));
    if (text[at] !== ',') return undefined;
    at = afterSpace(text, at + 1);
  }
  return undefined;
}

/** The first object among the elements of an array, where the text has all of it. */
export function firstObjectIn(text: string, array: number): Span | undefined {
  for (let start = afterSpace(text, array + 1); start < text.length && text[start] !== ']';) {
    const end = afterValue(text, start);
    if (text[start] === '{') return text[end - 1] === '}' ? { start, end } : undefined;
    const comma = afterSpace(text, end);
    if (text[comma] !== ',') return undefined;
    start = afterSpace(text, comma + 1);
  }
  return undefined;
}

function keyIn(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

const SPACE = /[^\s]/g;

function afterSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  return SPACE.exec(text)?.index ?? text.length;
}

/** Behind the value that begins at a place; without recursion. */
function afterValue(text: string, from: number): number {
  let [at, depth] = [from, 0];
  do {
    const char = text[at];
    if (char === '"') at = afterText(text, at);
    else if (char === '{' || char === '[') [at, depth] = [at + 1, depth + 1];
    else if (char === '}' || char === ']') [at, depth] = [at + 1, depth - 1];
    else if (depth === 0) return Math.max(at, afterPlain(text, at));
    else at += 1;
  } while (depth > 0 && at < text.length);
  return Math.min(at, text.length);
}

function afterText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Numbers and words. */
function afterPlain(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at += 1;
  return at;
}
