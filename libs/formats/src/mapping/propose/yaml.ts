const PLAIN = /^\p{L}[\p{L}\p{N}_./()²³°€$ -]*$/u;
const RESERVED = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

/** A text as YAML has it, in quotes where they are needed. */
export const quoted = (text: string): string =>
  PLAIN.test(text) && !RESERVED.test(text) && text.trim() === text ? text : JSON.stringify(text);

/** A mapping in one line; keys and values are YAML already. */
export const flow = (entries: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(entries)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`;

/** Doubts as a comment behind a line; they never break it. */
export const comment = (doubts: readonly string[]): string =>
  doubts.length === 0
    ? ''
    : ` # ? ${doubts
        .join('; ')
        .replaceAll(/[\p{C}\s]+/gu, ' ')
        .slice(0, 400)}`;
