import { looksLikeAis } from '../ais/ais.js';
import { looksLikeCsv } from '../csv/csv.js';
import { standardNamed, standardOf } from '../registry.js';
import { AisSeams } from './ais-seams.js';
import { CsvSeams, isTableOfServices } from './csv-seams.js';
import { EdifactSeams } from './edifact-seams.js';
import { JsonLineSeams } from './json-lines.js';
import { JsonSeams } from './json-seams.js';
import { type Before, type Seams } from './seams.js';

/** A message cut out of a file. */
export interface Part {
  readonly body: Uint8Array;
  /** Name of the standard, where a part may not tell it by itself. */
  readonly format?: string | undefined;
  /** What of the file is before it; nothing for the first. */
  readonly before: Before;
  /** What is said of a place in this message, as it is in the file. */
  readonly inFile: Seams['inFile'];
}

/** Why the rest of a file is not read. */
export interface Uncut {
  readonly uncut: string;
  readonly before: Before;
}

export interface CutOptions {
  readonly format?: string | undefined;
  readonly contentType?: string | undefined;
  /** Bytes at which a message is large enough. Default 4 MiB. */
  readonly bytes?: number;
  /** Items at which a message is large enough. Default 10 000: what is read at once keeps everything else waiting. */
  readonly items?: number;
}

const MEBIBYTE = 1024 * 1024;
/** A single item, or a message that cannot be cut, may be larger than a part by this factor. */
const STRETCH = 16;

/**
 * A file as messages of bounded size, cut where its format allows it: lines of CloudEvents, AIS sentences, rows of tables (with
 * the header repeated), lists in JSON, EDIFACT interchanges. Holds one message at a time. Where it is cut depends on the bytes only,
 * not on how they arrive. A file that is small enough, or cannot be cut, is one message, byte for byte.
 */
export async function* partsOf(
  chunks: AsyncIterable<Uint8Array>,
  { format, contentType, bytes = 4 * MEBIBYTE, items = 10_000 }: CutOptions = {},
): AsyncGenerator<Part | Uncut> {
  let seams: Seams | undefined;
  let pending: Buffer = Buffer.alloc(0);
  let [start, before]: [number, Before] = [0, { items: 0, lines: 0 }];
  const part = (body: Uint8Array): Part => ({
    body,
    format: seams?.format,
    before,
    inFile: (...of) => (seams ? seams.inFile(...of) : of[0]),
  });
  for await (const chunk of blocks(chunks, Math.min(bytes, MEBIBYTE))) {
    if (start === 0 && pending.length === 0) seams = seamsOf(chunk, format, contentType);
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (const seam of seams?.scan(chunk) ?? []) {
      if (seam.end - start < bytes && seam.items - before.items < items) continue;
      yield part(framed(seams!, start > 0, pending.subarray(0, seam.end - start), true));
      pending = pending.subarray(seam.next - start);
      [start, before] = [seam.next, seam];
    }
    if (pending.length > STRETCH * bytes)
      return yield { uncut: tooLarge(pending.length, start > 0 || seams !== undefined), before };
  }
  if (start === 0 || pending.some((byte) => byte > 32))
    yield part(seams ? framed(seams, start > 0, pending, false) : pending);
}

function framed({ prefix, suffix }: Seams, isLater: boolean, bytes: Uint8Array, isCut: boolean): Uint8Array {
  const frame = [...(isLater ? [prefix] : []), bytes, ...(isCut ? [suffix] : [])].filter(({ length }) => length > 0);
  return frame.length === 1 ? frame[0]! : Buffer.concat(frame);
}

/** The same bytes in blocks of one size, but for the last: nothing depends on how they arrive. */
async function* blocks(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let gathered: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let at = 0;
    while (length + chunk.length - at >= size) {
      const end = at + size - length;
      yield Buffer.concat([...gathered, chunk.subarray(at, end)]);
      [gathered, length, at] = [[], 0, end];
    }
    gathered.push(chunk.subarray(at));
    length += chunk.length - at;
  }
  if (length > 0) yield Buffer.concat(gathered);
}

/** `head`: the first block of the file, or all of it. */
function seamsOf(head: Buffer, format: string | undefined, contentType: string | undefined): Seams | undefined {
  if (isNoUtf8(head)) return undefined;
  const text = head.toString('latin1').replace(/^\u00EF\u00BB\u00BF/, '');
  const named = (format === undefined ? standardOf(contentType) : standardNamed(format))?.name;
  if (/^\s*UN[AB]/.test(text)) return new EdifactSeams();
  if (named === 'cloudevents-lines' || (named === undefined && isJsonLines(text))) return new JsonLineSeams();
  if (/^\s*[[{]/.test(text)) return JsonSeams.in(head);
  if (named === 'ais' || (named === undefined && looksLikeAis(text))) return new AisSeams();
  if (named !== 'csv' && !(named === undefined && looksLikeCsv(text))) return undefined;
  return isTableOfServices(text) ? undefined : new CsvSeams();
}

/** UTF-16, whose newlines are two bytes, and archives. */
const isNoUtf8 = (head: Buffer): boolean =>
  [
    [0xff, 0xfe],
    [0xfe, 0xff],
    [0x50, 0x4b, 3, 4],
  ].some((mark) => mark.every((byte, index) => head[index] === byte));

const isJsonLines = (text: string): boolean => /^\s*\{[^\n]*\}\s*\n\s*\{/.test(text);

const tooLarge = (length: number, isCut: boolean): string =>
  `has ${length} bytes or more ${isCut ? 'without a place where it could be cut' : 'of a format that is not cut (a table of services, a workbook, UTF-16, one JSON object)'}: send it in parts`;
