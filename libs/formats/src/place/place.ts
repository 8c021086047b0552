import { type Span, jsonPlace } from './json-place.js';

/**
 * Where in a message's text the place is that a fault names: `pointer` is relative to what the format counts (JSON values, lines that
 * are not empty, lines, rows under the header). `undefined` where the text has no such place.
 */
export function placeInText(text: string, format: string | undefined, pointer: string): Span | undefined {
  if (format === 'ais') return lineAt(text, Number(pointer.slice(1)) - 1, () => true);
  if (/^\s*[[{]/.test(text) && !isLines(text, format)) return jsonPlace(text, pointer);
  const row = /^\/rows\/(\d+)/.exec(pointer)?.[1];
  if (row !== undefined) return lineAt(text, Number(row) + 1, (line) => line.trim() !== '');
  if (pointer.startsWith('/header')) return lineAt(text, 0, (line) => line.trim() !== '');
  if (format !== undefined && format !== 'cloudevents') return undefined;
  const [, number, rest = ''] = /^\/(\d+)(\/.*)?$/.exec(pointer) ?? [];
  const line = number === undefined ? undefined : lineAt(text, Number(number), (each) => each.trim() !== '');
  if (!line || rest === '') return line;
  const { start, end } = jsonPlace(text.slice(line.start, line.end), rest);
  return { start: line.start + start, end: line.start + end };
}

/** One JSON value a line: the first line is whole, and there is a second. */
const isLines = (text: string, format: string | undefined): boolean =>
  format === 'cloudevents' && /^\s*\{[^\n]*\}\s*\n\s*\S/.test(text);

/** The line with that number from 0 among those that count. */
function lineAt(text: string, number: number, counts: (line: string) => boolean): Span | undefined {
  let left = number;
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    if (counts(text.slice(start, end)) && left-- === 0) return { start, end };
    start = end + 1;
  }
  return undefined;
}
