import { ProblemError } from '../problems/problem-error.js';
import { placeOf, syntaxFault } from './json-syntax.js';

export interface JsonOptions {
  /** Most objects and arrays inside each other. Default 64. */
  readonly depth?: number;
}

const poisonous =
  /"(?:_|\\u005[fF]){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006[fF])(?:t|\\u0074)(?:o|\\u006[fF])(?:_|\\u005[fF]){2}"\s*:/;

/**
 * The value of a JSON text in UTF-8 (RFC 8259), with or without a byte order mark. Keys `__proto__` are left out.
 * Throws a `ProblemError`: `empty-body`, or `malformed-json` with line and column, also for what is nested too deeply.
 */
export function parseJson(bytes: Uint8Array | null | undefined, { depth = 64 }: JsonOptions = {}): unknown {
  if (!bytes || bytes.length === 0) throw new ProblemError('empty-body', 'The body is empty. Send JSON.');
  const text = textOf(bytes);
  const tooDeep = offsetDeeperThan(depth, text);
  if (tooDeep !== undefined) throw malformed(text, tooDeep, `nested more than ${depth} deep`);
  try {
    return poisonous.test(text) ? JSON.parse(text, withoutPrototype) : JSON.parse(text);
  } catch (error) {
    const fault = syntaxFault(text) ?? { offset: 0, message: (error as Error).message };
    throw malformed(text, fault.offset, fault.message);
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError('malformed-json', 'The body is not UTF-8, which JSON has to be.');
  }
}

function malformed(text: string, offset: number, message: string): ProblemError {
  const { line, column } = placeOf(text, offset);
  return new ProblemError('malformed-json', `Line ${line}, column ${column}: ${message}.`, {
    members: { line, column },
  });
}

const withoutPrototype = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

/** The offset of the bracket that goes deeper than `limit`: found before parsing, since readers of the value recurse. */
function offsetDeeperThan(limit: number, text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = quoteAfter(text, at);
    else if ((unit === OBJECT || unit === ARRAY) && ++depth > limit) return at;
    else if (unit === OBJECT_END || unit === ARRAY_END) depth--;
  }
  return undefined;
}

const [QUOTE, BACKSLASH, OBJECT, OBJECT_END, ARRAY, ARRAY_END] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

function quoteAfter(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
