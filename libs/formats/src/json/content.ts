import { hash } from 'node:crypto';

/** JSON with sorted keys, so that equal contents are equal texts (the idea of RFC 8785). */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  // A table has one of these a row: loops and one text that grows take a third of the time of maps and joins.
  let text = '';
  for (const key of Object.keys(value).sort()) {
    if (text !== '') text += ',';
    text += `${quoted(key)}:${canonicalText((value as Record<string, unknown>)[key])}`;
  }
  return `{${text}}`;
}

/** Letters and digits alone need no escapes, and names of members seldom have anything else. */
const quoted = (key: string): string => (/^\w+$/.test(key) ? `"${key}"` : JSON.stringify(key));

/** 96 bits of the SHA-256 of the contents, in hexadecimal: an identifier for what has none of its own. */
export const contentHash = (value: unknown): string => hash('sha256', canonicalText(value), 'hex').slice(0, 24);

/** Text as an attribute of an event, which has at most 600 characters: what is longer ends in its hash. */
export const attributeOf = (text: string): string =>
  text.length <= 600 ? text : `${text.slice(0, 560)}~${contentHash(text)}`;

/** The object without what is undefined; the object itself where nothing is. */
export function compact<T extends object>(value: T): T {
  return Object.values(value).includes(undefined) ? withoutUndefined(value) : value;
}

function withoutUndefined<T extends object>(value: T): T {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const each = (value as Record<string, unknown>)[key];
    if (each !== undefined) kept[key] = each;
  }
  return kept as T;
}
