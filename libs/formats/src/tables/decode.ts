import type { Parsed } from '@portolan/domain';
import { textOf } from '../json/text.js';
import { MAX_ROW } from './scan.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1' | 'iso-8859-15';

/** What windows-1252 has at 0x80 to 0x9f, where Latin-1 has control characters; five places are nobody's and stay as they are. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** What Latin-9 has other than Latin-1. */
const LATIN9: Readonly<Record<string, string>> = {
  '¤': '€',
  '¦': 'Š',
  '¨': 'š',
  '´': 'Ž',
  '¸': 'ž',
  '¼': 'Œ',
  '½': 'œ',
  '¾': 'Ÿ',
};

const refused = (message: string): Parsed<never> => ({ ok: false, faults: [{ pointer: '', message }] });

/** A line that no row can be, found before the bytes become a text that takes as much memory again; characters have up to 4 bytes. */
export function endlessLine(bytes: Uint8Array | string): Parsed<never> | undefined {
  const most = MAX_ROW * 4;
  if (typeof bytes === 'string' || bytes.length <= most) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; buffer.length - start > most;) {
    const window = buffer.subarray(start, start + most + 1);
    const end = Math.max(window.lastIndexOf(10), window.lastIndexOf(13));
    if (end < 0) return refused(`is no table: a line has more than ${MAX_ROW} characters`);
    start += end + 1;
  }
  return undefined;
}

/** Bytes as text in a named encoding; without a name UTF-8, or UTF-16 where a byte order mark says so. A byte order mark goes. */
export function decode(bytes: Uint8Array | string, encoding?: Encoding): Parsed<string> {
  if (encoding === undefined || typeof bytes === 'string') return textOf(bytes);
  if (encoding.startsWith('utf')) return decodeUnicode(bytes, encoding);
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (encoding === 'iso-8859-15') return { ok: true, value: latin.replaceAll(/[¤¦¨´¸¼½¾]/g, (sign) => LATIN9[sign]!) };
  // As browsers do, Latin-1 is read as windows-1252. Engines differ in what their TextDecoder makes of it, so it is done here.
  return { ok: true, value: latin.replaceAll(/[\u0080-\u009f]/g, (sign) => WINDOWS[sign.charCodeAt(0) - 0x80]!) };
}

function decodeUnicode(bytes: Uint8Array, encoding: string): Parsed<string> {
  try {
    return { ok: true, value: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return refused(`is not ${encoding.toUpperCase()}, as its mapping or its charset says`);
  }
}

const names: Readonly<Record<string, Encoding>> = {
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'iso-8859-15': 'iso-8859-15',
  latin9: 'iso-8859-15',
};

/** The encoding that a content type names (`text/csv; charset=windows-1252`), when it is other than UTF-8. */
export function charsetOf(contentType: string | undefined): Encoding | undefined {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]{1,40})"?/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  return charset !== undefined && Object.hasOwn(names, charset) ? names[charset] : undefined;
}
