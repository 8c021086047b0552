/** Where a text stops being JSON (RFC 8259), for people who have to mend it. */
export interface SyntaxFault {
  /** Of the UTF-16 unit, from 0. */
  readonly offset: number;
  /** What would have been right, and what was found. */
  readonly message: string;
}

type Bracket = '{' | '[';
type Token = Bracket | '}' | ']' | ':' | ',' | 'string' | 'scalar';
type Expected =
  | 'a value'
  | "a value or ']'"
  | 'a key in double quotes'
  | "a key in double quotes or '}'"
  | "':'"
  | "',' or '}'"
  | "',' or ']'"
  | 'the end';

const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The first fault of a text that `JSON.parse` refused; `undefined` when there is none. Deep nesting does not deepen its stack. */
export function syntaxFault(text: string): SyntaxFault | undefined {
  const open: Bracket[] = [];
  let expected: Expected = 'a value';
  for (let at = pastSpace(text, 0); at < text.length;) {
    const token = tokenAt(text, at);
    if (token === undefined) return unexpected(text, at, expected);
    const next = follow(expected, token, open);
    if (next === undefined) return unexpected(text, at, expected);
    const end = token === 'string' ? stringEnd(text, at) : at + lengthOf(token, text, at);
    if (typeof end !== 'number') return end;
    expected = next;
    at = pastSpace(text, end);
  }
  return expected === 'the end' ? undefined : unexpected(text, text.length, expected);
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

function follow(expected: Expected, token: Token, open: Bracket[]): Expected | undefined {
  switch (expected) {
    case 'a value':
    case "a value or ']'":
      if (token === ']' && expected === "a value or ']'") return close(open);
      return beginValue(token, open);
    case 'a key in double quotes':
    case "a key in double quotes or '}'":
      if (token === '}' && expected === "a key in double quotes or '}'") return close(open);
      return token === 'string' ? "':'" : undefined;
    case "':'":
      return token === ':' ? 'a value' : undefined;
    case "',' or '}'":
      return token === ',' ? 'a key in double quotes' : token === '}' ? close(open) : undefined;
    case "',' or ']'":
      return token === ',' ? 'a value' : token === ']' ? close(open) : undefined;
    case 'the end':
      return undefined;
  }
}

function beginValue(token: Token, open: Bracket[]): Expected | undefined {
  if (token === 'string' || token === 'scalar') return afterValue(open);
  if (token !== '{' && token !== '[') return undefined;
  open.push(token);
  return token === '{' ? "a key in double quotes or '}'" : "a value or ']'";
}

function close(open: Bracket[]): Expected {
  open.pop();
  return afterValue(open);
}

function afterValue(open: readonly Bracket[]): Expected {
  const inside = open.at(-1);
  return inside === undefined ? 'the end' : inside === '{' ? "',' or '}'" : "',' or ']'";
}

function tokenAt(text: string, at: number): Token | undefined {
  const character = text[at]!;
  if ('{}[]:,'.includes(character)) return character as Token;
  if (character === '"') return 'string';
  scalar.lastIndex = at;
  return scalar.test(text) ? 'scalar' : undefined;
}

function lengthOf(token: Token, text: string, at: number): number {
  if (token !== 'scalar') return 1;
  scalar.lastIndex = at;
  return scalar.exec(text)![0].length;
}

function stringEnd(text: string, start: number): number | SyntaxFault {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') return at + 1;
    if (text.charCodeAt(at) < 0x20) return { offset: at, message: 'a control character in a string must be escaped' };
    if (text[at] !== '\\') continue;
    escape.lastIndex = at;
    const found = escape.exec(text);
    if (!found) return { offset: at, message: `${text.slice(at, at + 2)} is not an escape of JSON` };
    at += found[0].length - 1;
  }
  return { offset: start, message: 'the string that begins here does not end' };
}

function pastSpace(text: string, from: number): number {
  let at = from;
  while (' \t\n\r'.includes(text[at] ?? 'x')) at++;
  return at;
}

function unexpected(text: string, offset: number, expected: Expected): SyntaxFault {
  const found = offset >= text.length ? 'but the text ends' : `found ${JSON.stringify(wordAt(text, offset))}`;
  return { offset, message: `expected ${expected}, ${found}` };
}

const wordAt = (text: string, offset: number): string =>
  /^[\w.+-]{1,20}|^[^]/u.exec(text.slice(offset, offset + 24))![0];
