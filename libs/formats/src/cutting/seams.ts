import type { Fault } from '@portolan/domain';

/** A place where a file may be cut: what ends at `end` and what begins at `next` may be in different messages. Offsets of the file. */
export interface Seam extends Before {
  readonly end: number;
  readonly next: number;
}

/** Where files of one syntax may be cut, found while their bytes go by: the same file has the same seams, however it is read. */
export interface Seams {
  /** Name of the standard where the beginning of the file tells it: a part may not tell it by itself. */
  readonly format?: string;
  /** What every part after the first begins with. */
  readonly prefix: Uint8Array;
  /** What every part before the last ends with. */
  readonly suffix: Uint8Array;
  /** Seams in the bytes that follow those of the call before, in order. */
  scan(chunk: Uint8Array): readonly Seam[];
  /** How much a part has of what is counted, where that is not told while bytes go by: instead of what the seams say. */
  contentsOf?(part: Uint8Array): Pick<Before, 'items' | 'interchanges'>;
  /** What is said of a place in a part, as it is in the file. */
  inFile(fault: Fault, before: Before): Fault;
}

/** What of the file is before a part. */
export interface Before {
  readonly items: number;
  readonly lines: number;
  /** Of EDIFACT. */
  readonly interchanges?: number;
}

export const nothing = new Uint8Array();

/** A space or what ends a line, in ASCII. */
export const isBlankByte = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);

/** Bytes of a byte order mark in UTF-8, which may stand between files put together. */
export const MARK: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

/** Adds to the number behind a base in a JSON Pointer: `/rows/3/quantity` → `/rows/50003/quantity`. */
export function counted(pointer: string, base: string, add: number): string {
  const rest = pointer.startsWith(`${base}/`) ? /^\/(\d+)(.*)$/s.exec(pointer.slice(base.length)) : null;
  return rest ? `${base}/${Number(rest[1]) + add}${rest[2]}` : pointer;
}
