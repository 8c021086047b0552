import type { Parsed } from '@portolan/domain';
import { MAX_DEPTH, mistakeIn } from './mistake.js';

/** JSON text as a value, or the line and column where it stops being JSON. */
export function parseJson(text: string): Parsed<unknown> {
  if (text.trim() === '') return fault('is empty');
  const shape = shapeOf(text);
  if (shape === 'deep') return fault(mistakeIn(text));
  if (shape === 'endless') return fault(`has a text of more than ${MAX_TEXT} characters`);
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return fault(mistakeIn(text));
  }
}

const fault = (message: string): Parsed<never> => ({ ok: false, faults: [{ pointer: '', message }] });

/** Characters of one text inside a message: what is longer is no message, and would be in the memory twice. */
const MAX_TEXT = 10_000_000;

/** Before it is parsed: a value of a million lists takes its room even if it is then refused. Exact where the text is JSON. */
function shapeOf(text: string): 'deep' | 'endless' | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (end - at > MAX_TEXT) return 'endless';
      at = end;
    } else if (code === LIST || code === OBJECT) depth += 1;
    else if (code === LIST + 2 || code === OBJECT + 2) depth -= 1;
    if (depth > MAX_DEPTH) return 'deep';
  }
  return undefined;
}
// The closing bracket stands two further in ASCII.
const [QUOTE, BACKSLASH, LIST, OBJECT] = [0x22, 0x5c, 0x5b, 0x7b];

/** Where the quote is that no backslash takes its meaning. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
