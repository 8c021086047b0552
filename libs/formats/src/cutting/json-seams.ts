import type { Fault } from '@portolan/domain';
import { jsonChild } from '../place/json-place.js';
import { type Before, type Seam, type Seams, counted } from './seams.js';

/** Where the lists of the standards are: a bare list, a DCSA page, an EPCIS capture document, the answer to an EPCIS query. */
const lists = [[], ['events'], ['epcisBody', 'eventList'], ['epcisBody', 'queryResults', 'resultsBody', 'eventList']];

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
  ) {
    this.prefix = Buffer.from(head.subarray(0, start));
    this.suffix = Buffer.from(`]${'}'.repeat(path.length)}`);
    this.pointer = path.map((name) => `/${name}`).join('');
  }

  /** `undefined` when there is no list in the document, or too far from its beginning. */
  static in(head: Buffer): JsonSeams | undefined {
    // Bytes as characters: what the structure of JSON is made of are single bytes in UTF-8, so that places are offsets.
    const text = head.toString('latin1');
    const root = text.search(/[[{]/);
    for (const path of lists) {
      const at = path.reduce<number | undefined>(
        (place, name) => (place === undefined ? undefined : jsonChild(text, place, name)),
        root,
      );
      if (at !== undefined && text[at] === '[') return new JsonSeams(head, at + 1, path);
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
