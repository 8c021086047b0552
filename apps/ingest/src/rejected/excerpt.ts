import type { RejectedMessage, Rejection } from '@portolan/domain';
import { messageText, placeInText } from '@portolan/formats';
import type { Kept } from '../intake/inbox.js';
import { headerText } from '../intake/message.js';

const LINES_AROUND = 3;
/** Characters of one line that are shown, and before the place in it. */
const WIDTH = 400;
const BEFORE = 100;

/** The part of a message that its first fault is about. What is no text is shown by its first bytes in hexadecimal. */
export function messageAround({ message, mappingThen }: Kept, { faults, format }: Rejection): RejectedMessage {
  const { body, headers, mapping = mappingThen } = message;
  const contentType = headerText(headers['content-type']);
  const about = { bytes: body.byteLength, ...(contentType !== undefined && { contentType }) };
  const text = messageText({ body, contentType, mapping });
  if (!text.ok) return { ...about, from: 1, excerpt: Buffer.from(body.subarray(0, 64)).toString('hex') };
  const span = placeInText(text.value, format, faults[0]!.pointer, mapping);
  return { ...about, ...around(text.value, span?.start) };
}

function around(text: string, at = -1): Pick<RejectedMessage, 'line' | 'column' | 'from' | 'excerpt'> {
  const start = lineStart(text, Math.max(0, at));
  const line = 1 + count(text, start);
  const column = Math.max(0, at) - start + 1;
  const first = back(text, start, LINES_AROUND);
  const from = line - count(text.slice(first, start));
  const lines = forward(text, first, line - from + 1 + LINES_AROUND);
  const excerpt = lines.map((each, index) => shown(each, from + index === line ? column : 1)).join('\n');
  return { ...(at >= 0 && { line, column }), from, excerpt };
}

const lineStart = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

function back(text: string, start: number, lines: number): number {
  let at = start;
  for (let left = lines; left > 0 && at > 0; left -= 1) at = lineStart(text, at - 1);
  return at;
}

function forward(text: string, from: number, lines: number): string[] {
  const found: string[] = [];
  for (let at = from; found.length < lines && at < text.length;) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    found.push(text.slice(at, end).replace(/\r$/, ''));
    at = end + 1;
  }
  return found;
}

function count(text: string, end = text.length): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** A long line is shown around the place. */
function shown(line: string, column: number): string {
  if (line.length <= WIDTH) return line;
  const from = Math.max(0, Math.min(column - 1 - BEFORE, line.length - WIDTH));
  const part = line.slice(from, from + WIDTH);
  return `${from > 0 ? '…' : ''}${part}${from + WIDTH < line.length ? '…' : ''}`;
}
