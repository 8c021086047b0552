import { isUtf8 } from 'node:buffer';
import type { Parsed } from '@portolan/domain';

const fault = (message: string): Parsed<never> => ({ ok: false, faults: [{ pointer: '', message }] });

/** Bytes as text: UTF-8 (with or without byte order mark), or UTF-16 where a byte order mark says so. */
export function textOf(bytes: Uint8Array | string): Parsed<string> {
  if (typeof bytes === 'string') return { ok: true, value: bytes.replace(/^\uFEFF/, '') };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4)
    return fault('is a zip archive, perhaps an Excel workbook: save the sheet as CSV (UTF-8) and send that');
  const encoding = utf16Of(bytes) ?? 'utf-8';
  try {
    return { ok: true, value: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return fault(
      `is not ${encoding.toUpperCase()}${placeOfBadByte(bytes, encoding)}: save it as UTF-8 and send it again`,
    );
  }
}

function utf16Of(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

const WINDOW = 65_536;

function placeOfBadByte(bytes: Uint8Array, encoding: string): string {
  if (encoding !== 'utf-8') return '';
  const start = startOfBadWindow(bytes);
  const window = bytes.subarray(start, start + WINDOW);
  const again = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(window));
  const at = window.findIndex((byte, index) => byte !== again[index]);
  return ` (byte 0x${window[at]?.toString(16)} at offset ${start + at})`;
}

/** Piece by piece, each of whole characters: what is no text may be large, and writing it again takes three times its room. */
function startOfBadWindow(bytes: Uint8Array): number {
  for (let start = 0; ;) {
    let end = Math.min(start + WINDOW, bytes.length);
    for (let back = 0; back < 3 && (bytes[end]! & 0xc0) === 0x80; back += 1) end -= 1;
    if (end === bytes.length || !isUtf8(bytes.subarray(start, end))) return start;
    start = end;
  }
}
