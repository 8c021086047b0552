import type { Fault } from '@portolan/domain';
import { firstObjectIn, jsonChild } from '../place/json-place.js';
import { type Before, type Seam, type Seams, counted } from './seams.js';

const bare: readonly string[] = [];
const page: readonly string[] = ['events'];
const captured: readonly string[] = ['epcisBody', 'eventList'];
const answered: readonly string[] = ['epcisBody', 'queryResults', 'resultsBody', 'eventList'];
const lists = [bare, page, captured, answered];

/**
 * The lists of the standards whose items stand alone. Objects of Just-in-Time (`dcsa-jit`) refer to each other within a message, and
 * which list of release notices counts depends on all that are there: such documents are not cut.
 */
const listsOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  cloudevents: [bare],
  'port-call': [bare, page],
  'dcsa-tnt': [bare, page],
  'epcis-2.0': [bare, captured, answered],
  release: [bare],
};

/** Name of the standard that a message is read as; `undefined` where it cannot be read. */
export type Recognise = (message: Uint8Array) => string | undefined;

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, NEWLINE] = Buffer.from('"\\,[]{}\n') as unknown as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/**
 * A JSON document with a list of items: behind each of them. Every part is a document of its own, with all that is before the list; what
 * is behind it comes with the last part only. Bytes are not read as JSON: what is wrong in them is the adapters' to find.
 */
export class JsonSeams implements Seams {
  readonly prefix: Uint8Array;
  readonly suffix: Uint8Array;
  private readonly pointer: string;
  private position = 0;
  private items = 0;
  private lines = 0;
  private depth = 0;
  private inText = false;
  private escaped = false;

  private constructor(
    head: Buffer,
    private readonly start: number,
    path: readonly string[],
    readonly format: string,
  ) {
    this.prefix = Buffer.from(head.subarray(0, start));
    this.suffix = suffixOf(path);
    this.pointer = path.map((name) => `/${name}`).join('');
  }

  /**
   * `undefined` where no list of a standard begins near the beginning, or what stands before it does not suffice to read a message with
   * its first object alone: then the document needs what stands behind.
   */
  static in(head: Buffer, recognise: Recognise): JsonSeams | undefined {
    // Bytes as characters: what the structure of JSON is made of are single bytes in UTF-8, so that places are offsets.
    const text = head.toString('latin1');
    const root = text.search(/[[{]/);
    for (const path of lists) {
      const at = path.reduce<number | undefined>(
        (place, name) => (place === undefined ? undefined : jsonChild(text, place, name)),
        root,
      );
      const first = at !== undefined && text[at] === '[' ? firstObjectIn(text, at) : undefined;
      if (at === undefined || !first) continue;
      const sample = [head.subarray(0, at + 1), head.subarray(first.start, first.end), suffixOf(path)];
      const standard = recognise(Buffer.concat(sample));
      if (standard !== undefined && listsOf[standard]?.includes(path))
        return new JsonSeams(head, at + 1, path, standard);
    }
    return undefined;
  }

  inFile(fault: Fault, { items }: Before): Fault {
    return { ...fault, pointer: counted(fault.pointer, this.pointer, items) };
  }

  scan(chunk: Uint8Array): readonly Seam[] {
    const seams: Seam[] = [];
    for (let at = 0; at < chunk.length; at += 1) {
      const place = this.position + at;
      if (chunk[at] === NEWLINE) this.lines += 1;
      if (place >= this.start && this.isSeam(chunk[at]!))
        seams.push({ end: place, next: place + 1, items: (this.items += 1), lines: this.lines });
    }
    this.position += chunk.length;
    return seams;
  }

  /** A comma right in the list. Behind the end of the list, which has a negative depth, there is none. */
  private isSeam(byte: number): boolean {
    if (this.inText) this.text(byte);
    else if (byte === QUOTE) this.inText = true;
    else if (byte === COMMA) return this.depth === 0;
    else if (byte === OPEN_LIST || byte === OPEN) this.depth += 1;
    else if (byte === CLOSE_LIST || byte === CLOSE) this.depth = this.depth <= 0 ? -Infinity : this.depth - 1;
    return false;
  }

  private text(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.inText = false;
  }
}

const suffixOf = (path: readonly string[]): Buffer => Buffer.from(`]${'}'.repeat(path.length)}`);
