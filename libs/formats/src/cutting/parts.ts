import type { Mapping } from '../mapping/document.js';
import { readMessage, standardAtStart, standardNamed } from '../registry.js';
import { charsetOf } from '../tables/decode.js';
import { delimiterOf } from '../tables/delimited.js';
import { AisSeams } from './ais-seams.js';
import { EdifactSeams } from './edifact-seams.js';
import { JsonLineSeams } from './json-lines.js';
import { JsonSeams } from './json-seams.js';
import type { Before, Seam, Seams } from './seams.js';
import { TableSeams } from './table-seams.js';

/** A message cut out of a file. */
export interface Part {
  readonly body: Uint8Array;
  /** Name of the standard, where a part of a file that was cut may not tell it by itself. */
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
  /** By which the table is read. */
  readonly mapping?: Mapping | undefined;
  /** Bytes at which a message is large enough. Default 4 MiB. */
  readonly bytes?: number | undefined;
  /** Items at which a message is large enough. Default 2 000: what is read at once keeps everything else waiting. */
  readonly items?: number;
}

const MEBIBYTE = 1024 * 1024;
/** At least so many bytes are looked at to tell what a file is. */
const HEAD = 64 * 1024;
/** A single item, or a message that cannot be cut, may be larger than a part by this factor. */
const STRETCH = 16;

/**
 * A file as messages of bounded size, cut where its format allows it and where the parts say what the whole would say: lines of
 * CloudEvents, AIS sentences, rows of tables (with the header repeated), lists in JSON, EDIFACT interchanges. Holds one message at a
 * time. Where it is cut depends on the bytes only, not on how they arrive. A file that is small enough, or cannot be cut, is one
 * message, byte for byte.
 */
export async function* partsOf(
  chunks: AsyncIterable<Uint8Array>,
  { bytes = 4 * MEBIBYTE, items = 2_000, ...how }: CutOptions = {},
): AsyncGenerator<Part | Uncut> {
  let seams: Seams | undefined;
  let pending: Buffer = Buffer.alloc(0);
  let [start, before, counted]: [number, Before, number] = [0, { items: 0, lines: 0 }, 0];
  const part = (body: Uint8Array, isCut: boolean): Part => ({
    body,
    format: isCut ? seams?.format : undefined,
    before,
    inFile: (...of) => (seams ? seams.inFile(...of) : of[0]),
  });
  for await (const chunk of blocks(chunks, Math.max(HEAD, Math.min(bytes, MEBIBYTE)))) {
    if (start === 0 && pending.length === 0) seams = seamsOf(chunk, how);
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (const seam of seams?.scan(chunk) ?? []) {
      if (seam.end - start < bytes && seam.items - counted < items) continue;
      const body = framed(seams!, start > 0, pending.subarray(0, seam.end - start), true);
      yield part(body, true);
      pending = pending.subarray(seam.next - start);
      [start, before, counted] = [seam.next, behind(before, seam, seams!.contentsOf?.(body)), seam.items];
    }
    if (pending.length > STRETCH * bytes)
      return yield { uncut: tooLarge(pending.length, start > 0 || seams !== undefined), before };
  }
  if (start === 0) yield part(pending, false);
  else if (pending.some((byte) => byte > 32)) yield part(framed(seams!, true, pending, false), true);
}

/** What of the file is before a seam, where the part that ends at it has been counted. */
function behind(before: Before, seam: Seam, contents: Pick<Before, 'items' | 'interchanges'> | undefined): Before {
  if (!contents) return seam;
  const { items, interchanges = 0 } = before;
  return {
    items: items + contents.items,
    lines: seam.lines,
    interchanges: interchanges + (contents.interchanges ?? 0),
  };
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

type How = Omit<CutOptions, 'bytes' | 'items'>;

/** `head`: the first block of the file, or all of it. `undefined`: it is not cut. */
function seamsOf(head: Buffer, how: How): Seams | undefined {
  if (isNoUtf8(head)) return undefined;
  if (how.mapping) return tableSeamsOf(head, how);
  const { format } = how;
  // A mapping that only the service has: how its tables are written, and whether rows stand alone, is not known here.
  if (format !== undefined && !standardNamed(format)) return undefined;
  const text = head.toString('latin1').replace(/^\u00EF\u00BB\u00BF/, '');
  const standard = standardAtStart(text, how)?.name;
  if (standard === 'cloudevents-lines') return new JsonLineSeams();
  if (standard === 'ais') return new AisSeams();
  if (standard === 'edifact') return new EdifactSeams();
  if (standard === 'csv' || standard === 'next-mode') return tableSeamsOf(head, how);
  return /^\s*[[{]/.test(text) ? JsonSeams.in(head, (sample) => standardIn(sample, how)) : undefined;
}

/** UTF-16, whose newlines are two bytes, and archives. */
const isNoUtf8 = (head: Buffer): boolean =>
  [
    [0xff, 0xfe],
    [0xfe, 0xff],
    [0x50, 0x4b, 3, 4],
  ].some((mark) => mark.every((byte, index) => head[index] === byte));

/** The standard that a message is read as, by its own name. */
const standardIn = (body: Uint8Array, how: How): string | undefined => standardNamed(formatIn(body, how) ?? '')?.name;

function formatIn(body: Uint8Array, how: How): string | undefined {
  const reading = readMessage({ ...how, body }, { received: 0 });
  return 'unreadable' in reading ? undefined : reading.format;
}

/** Formats whose rows stand alone. Rows of one service are one item, wherever in the table they are. */
const rowByRow = ['csv-orders', 'csv-lots', 'next-mode'];

/**
 * A table is cut where it is known here what its rows are: by a mapping, or by itself. What has other columns may be read by a mapping
 * that only the service has. Without a row that names the columns, the number of columns is that of the longest row.
 */
function tableSeamsOf(head: Buffer, how: How): TableSeams | undefined {
  const { mapping, contentType } = how;
  const { headerRow = 1, encoding = charsetOf(contentType) ?? 'utf-8', ...layout } = mapping?.table ?? {};
  const text = head.toString(encoding === 'utf-8' ? 'utf8' : 'latin1').replace(/^\uFEFF/, '');
  const delimiter = layout.delimiter ?? delimiterOf(text, headerRow);
  if (headerRow === 0 || encoding.startsWith('utf-16') || delimiter > '~') return undefined;
  const writing = { headerRow, delimiter, encoding: encoding === 'utf-8' ? ('utf8' as const) : ('latin1' as const) };
  const seams = TableSeams.in(head, { ...writing, countsEmptyCells: true });
  const format = seams && formatIn(seams.prefix, how);
  if (format === undefined) return undefined;
  if (format === 'next-mode') return TableSeams.in(head, { ...writing, countsEmptyCells: false });
  return (mapping ? mapping.kind !== 'services' : rowByRow.includes(format)) ? seams : undefined;
}

const tooLarge = (length: number, isCut: boolean): string =>
  `has ${length} bytes or more ${isCut ? 'without a place where it could be cut' : 'of a format that is not cut (a table of services or of unknown columns, a workbook, UTF-16, one JSON object, Just-in-Time)'}: send it in parts`;
