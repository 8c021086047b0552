import { createHash } from 'node:crypto';

/** JSON with sorted keys, so that equal contents are equal texts (the idea of RFC 8785). */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const each = canonicalText((value as Record<string, unknown>)[key]);
    text += `${text === '' ? '' : ','}${quoted(key)}:${each}`;
  }
  return `{${text}}`;
}

/** What needs no escape is most of what there is, and sooner put in quotes than handed to the engine. */
const quoted = (text: string): string => (/^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text));

/** 96 bits of the SHA-256 of the contents, in hexadecimal: an identifier for what has none of its own. */
export const contentHash = (value: unknown): string =>
  createHash('sha256').update(canonicalText(value)).digest('hex').slice(0, 24);

/** Text as an attribute of an event, which has at most 600 characters: what is longer ends in its hash. */
export const attributeOf = (text: string): string =>
  text.length <= 600 ? text : `${text.slice(0, 560)}~${contentHash(text)}`;

/** The object without what is undefined: itself where nothing is. Names are ours: a sender's could be `__proto__`. */
export function compact<T extends object>(value: T): T {
  for (const name in value) if (value[name] === undefined) return without(value);
  return value;
}

function without<T extends object>(value: T): T {
  const kept: Partial<T> = {};
  for (const name in value) if (value[name] !== undefined) kept[name] = value[name];
  return kept as T;
}
