import type { Parsed } from '@portolan/domain';
import { interchangesOf } from '../edifact/interchange.js';
import { ediText } from '../edifact/text.js';
import { segmentsIn } from '../edifact/tokenizer.js';
import type { Mapping } from '../mapping/document.js';
import { charsetOf, decode } from '../tables/decode.js';
import { tableOf } from '../tables/delimited.js';
import { type Span, jsonPlace } from './json-place.js';

/** The text of a message, in the characters that it says of itself, or its mapping of it; what is no text tells why. */
export function messageText({
  body,
  contentType,
  mapping,
}: {
  readonly body: Uint8Array;
  readonly contentType?: string | undefined;
  readonly mapping?: Mapping | undefined;
}): Parsed<string> {
  const encoding = mapping?.table?.encoding ?? charsetOf(contentType);
  return ediText(body) ?? decode(body, encoding === 'utf-8' ? undefined : encoding);
}

/**
 * Where in a message's text the place is that a fault names: `pointer` is relative to what the format counts (JSON values, lines that
 * are not empty, lines, rows under the header, segments). `undefined` where the text has no such place.
 */
export function placeInText(
  text: string,
  format: string | undefined,
  pointer: string,
  mapping?: Mapping,
): Span | undefined {
  if (format === 'ais') return lineAt(text, Number(pointer.slice(1)) - 1, () => true);
  if (/^\/(?:rows\/|header)/.test(pointer) && !/^\s*[[{]/.test(text)) return rowAt(text, pointer, format, mapping);
  if (pointer.startsWith('/interchange/')) return segmentAt(text, pointer);
  if (/^\s*[[{]/.test(text) && !isLines(text, format)) return jsonPlace(text, pointer);
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

/** The line at which a row ends, or the header's. */
function rowAt(text: string, pointer: string, format: string | undefined, mapping: Mapping | undefined) {
  const layout = mapping?.table ?? {};
  const { headerRow = 1 } = layout;
  const row = /^\/rows\/(\d+)/.exec(pointer)?.[1];
  if (row === undefined) return lineAt(text, Math.max(0, headerRow - 1), (line) => line.trim() !== '');
  // Rows of this format count only where something is in a cell: there may be more of them than were counted.
  const isNextMode = format === 'next-mode';
  const table = tableOf(text, layout, isNextMode ? undefined : Number(row) + 1);
  if (!table.ok) return undefined;
  const rows = isNextMode
    ? table.value.rows.filter(({ cells }) => cells.some((cell) => cell !== ''))
    : table.value.rows;
  const found = rows[Number(row)];
  return found && lineAt(text, found.line - 1, () => true);
}

/** A segment of an EDIFACT message; the beginning of a message or of an interchange where none is named. */
function segmentAt(text: string, pointer: string): Span | undefined {
  const [, interchange, message = '0', segment = '0'] =
    /^\/interchange\/(\d+)(?:\/message\/(\d+))?(?:\/segment\/(\d+))?/.exec(pointer) ?? [];
  const envelope = interchangesOf(text)[Number(interchange)]?.messages[Number(message)];
  if (!envelope) return undefined;
  for (const { index, from, to } of segmentsIn(text, envelope.unh.from, envelope.to, envelope.unh.syntax))
    if (index === Number(segment)) return { start: from, end: Math.min(to, text.length) };
  return undefined;
}

const END = /\r\n|\n|\r/g;

/** The line with that number from 0 among those that count. */
function lineAt(text: string, number: number, counts: (line: string) => boolean): Span | undefined {
  let left = number;
  for (let start = 0; start < text.length;) {
    END.lastIndex = start;
    const found = END.exec(text);
    const end = found?.index ?? text.length;
    if (counts(text.slice(start, end)) && left-- === 0) return { start, end };
    start = end + (found?.[0].length ?? 1);
  }
  return undefined;
}
