import type { Parsed } from '@portolan/domain';
import { textOf } from '../json/text.js';

/** Character sets of syntax levels (ISO 9735-1, annex A). Levels A and B are ASCII; senders put Latin 1 into them as well. */
const charsets: Readonly<Record<string, string>> = {
  UNOA: 'windows-1252',
  UNOB: 'windows-1252',
  UNOC: 'windows-1252',
  UNOD: 'iso-8859-2',
  UNOE: 'iso-8859-5',
  UNOF: 'iso-8859-7',
  UNOG: 'iso-8859-3',
  UNOH: 'iso-8859-4',
  UNOI: 'iso-8859-6',
  UNOJ: 'iso-8859-8',
  UNOK: 'windows-1254',
};

/**
 * Bytes that begin as EDIFACT as text: UTF-8 where they are that, else in the character set that UNB names. `undefined` for
 * what does not begin as EDIFACT.
 */
export function ediText(bytes: Uint8Array | string): Parsed<string> | undefined {
  if (typeof bytes === 'string') return undefined;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 400)).toString('latin1');
  if (!/^(?:\xef\xbb\xbf)?\s*UN[ABH]/.test(head)) return undefined;
  const plain = textOf(bytes);
  const level = /UNB.(UNO[A-Z])/.exec(head)?.[1] ?? 'UNOC';
  const charset = charsets[level];
  if (plain.ok || charset === undefined) return plain;
  return { ok: true, value: new TextDecoder(charset).decode(bytes) };
}
