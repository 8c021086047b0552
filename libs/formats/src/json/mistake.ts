type Awaited =
  'value' | 'value or ]' | 'a name in quotes' | 'a name in quotes or }' | '":"' | '"," or ]' | '"," or }' | 'the end';

/** No message standard needs more; what is deeper would exhaust the stack of whoever walks it. */
export const MAX_DEPTH = 64;
const tooDeep = `is nested deeper than ${MAX_DEPTH} levels`;

const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const space = /[ \t\n\r]*/y;

/**
 * Where a text that `JSON.parse` refused stops being JSON, and what would be right there (RFC 8259). JavaScript engines name
 * the place only sometimes. Call it only for texts that are refused, or too deep.
 */
export function mistakeIn(text: string): string {
  const open: ('[' | '{')[] = [];
  let awaited: Awaited = 'value';
  for (let at = skip(space, text, 0); ; at = skip(space, text, at)) {
    const token = tokenAt(text, at);
    const next: Awaited | undefined = token && advance(awaited, token.kind, open);
    if (!token || !next) return described(text, at, awaited);
    if (open.length > MAX_DEPTH) return tooDeep;
    [awaited, at] = [next, token.end];
  }
}

type Kind = '[' | ']' | '{' | '}' | ':' | ',' | 'string' | 'literal';

function tokenAt(text: string, at: number): { kind: Kind; end: number } | undefined {
  const char = text[at];
  if (char === undefined) return undefined;
  if ('[]{}:,'.includes(char)) return { kind: char as Kind, end: at + 1 };
  const end = char === '"' ? endOfString(text, at) : skip(literal, text, at);
  return end === undefined || end === at ? undefined : { kind: char === '"' ? 'string' : 'literal', end };
}

function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '"') return at + 1;
    if (char < ' ') return undefined;
    if (char !== '\\') continue;
    if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at + 1, at + 6))) return undefined;
    at += 1;
  }
  return undefined;
}

function advance(awaited: Awaited, kind: Kind, open: ('[' | '{')[]): Awaited | undefined {
  if (awaited.startsWith('value') && kind !== ']') return afterValueStart(kind, open);
  if (awaited.startsWith('a name') && kind === 'string') return '":"';
  if (awaited === '":"') return kind === ':' ? 'value' : undefined;
  if (awaited === '"," or ]' && kind === ',') return 'value';
  if (awaited === '"," or }' && kind === ',') return 'a name in quotes';
  return (awaited.endsWith(']') && kind === ']') || (awaited.endsWith('}') && kind === '}') ? close(open) : undefined;
}

function afterValueStart(kind: Kind, open: ('[' | '{')[]): Awaited | undefined {
  if (kind === 'string' || kind === 'literal') return afterValue(open);
  if (kind !== '[' && kind !== '{') return undefined;
  open.push(kind);
  return kind === '[' ? 'value or ]' : 'a name in quotes or }';
}

function close(open: ('[' | '{')[]): Awaited {
  open.pop();
  return afterValue(open);
}

function afterValue(open: readonly ('[' | '{')[]): Awaited {
  const inside = open.at(-1);
  return inside === undefined ? 'the end' : inside === '[' ? '"," or ]' : '"," or }';
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function described(text: string, at: number, awaited: Awaited): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const found = at >= text.length ? 'the text ends' : `found ${JSON.stringify(text.slice(at, at + 12).split('\n')[0])}`;
  return `is not JSON: line ${line}, column ${column}: ${found} where ${wanted(awaited)} should be`;
}

const wanted = (awaited: Awaited): string => (awaited.startsWith('value') ? `a ${awaited}` : awaited);
