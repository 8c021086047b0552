import type { Fault, Parsed } from '@portolan/domain';
import type { Row } from './cell.js';

/** Characters of one row, and cells: a message that is one endless row is no table. */
export const MAX_ROW = 100_000;
export const MAX_CELLS = 4_096;

const [QUOTE, LF, CR] = [34, 10, 13];

/**
 * Rows of a text as RFC 4180 has them, with any delimiter; a line ends in LF, CRLF or CR alone. Empty rows are passed over. Ends
 * at the first row that cannot be one, or after `limit` rows. The first row gets the index `from`.
 */
export function scan(text: string, delimiter: string, from = 0, limit = Infinity): Parsed<Row[]> {
  const scanner = new Scanner(text, delimiter);
  const rows: Row[] = [];
  for (scanner.skipLineEnds(); !scanner.atEnd && rows.length < limit; scanner.skipLineEnds()) {
    const cells = scanner.row();
    if (!Array.isArray(cells)) return { ok: false, faults: [cells] };
    if (cells.length > 1 || cells[0] !== '') rows.push({ index: from + rows.length, line: scanner.line, cells });
  }
  return { ok: true, value: rows };
}

/** Walks over the text once; what stands between two places of interest is cut out, never looked at letter by letter. */
class Scanner {
  line = 0;
  private at = 0;
  private readonly separator: number;

  constructor(
    private readonly text: string,
    delimiter: string,
  ) {
    this.separator = delimiter.charCodeAt(0);
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Lines with nothing in them, not even a space: a file may have millions of them. */
  skipLineEnds(): void {
    const { text } = this;
    for (let code = text.charCodeAt(this.at); code === LF || code === CR; code = text.charCodeAt(this.at)) {
      this.at += code === CR && text.charCodeAt(this.at + 1) === LF ? 2 : 1;
      this.line += 1;
    }
  }

  /** The cells of the row that begins here, or why it is none. */
  row(): string[] | Fault {
    const [start, cells]: [number, string[]] = [this.at, []];
    this.line += 1;
    for (;;) {
      const cell = this.cell(start);
      if (typeof cell !== 'string') return cell;
      cells.push(cell);
      if (cells.length > MAX_CELLS) return this.fault(`has more than ${MAX_CELLS} cells`);
      const end = this.text.charCodeAt(this.at);
      this.at += 1;
      if (end === this.separator) continue;
      if (end === CR && this.text.charCodeAt(this.at) === LF) this.at += 1;
      return cells;
    }
  }

  private cell(rowStart: number): string | Fault {
    const { text, separator } = this;
    const start = this.at;
    let at = start;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === separator || code === LF || code === CR || at >= text.length) break;
      if (code === QUOTE && text.slice(start, at).trim() === '') return this.quoted(at, rowStart);
      at += 1;
      if (at - rowStart > MAX_ROW) return this.endless();
    }
    this.at = at;
    return text.slice(start, at).trim();
  }

  /** What stands between quotes; two in a row are one. */
  private quoted(open: number, rowStart: number): string | Fault {
    const { text } = this;
    const opened = this.line;
    let value = '';
    for (let from = open + 1; ;) {
      const close = this.closing(from, rowStart);
      if (close === 'too far') return this.endless();
      if (close === 'none') return this.fault('opens a quote that nothing closes', opened);
      value += text.slice(from, close);
      if (text.charCodeAt(close + 1) !== QUOTE) return this.after(close + 1, value);
      value += '"';
      from = close + 2;
    }
  }

  private closing(from: number, rowStart: number): number | 'too far' | 'none' {
    const furthest = rowStart + MAX_ROW;
    for (let at = from; at < this.text.length; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) return at;
      if (code === LF || (code === CR && this.text.charCodeAt(at + 1) !== LF)) this.line += 1;
      if (at > furthest) return 'too far';
    }
    return 'none';
  }

  /** Only spaces may stand between a closing quote and the end of the cell. */
  private after(from: number, value: string): string | Fault {
    let at = from;
    while (this.text.charCodeAt(at) === 32) at += 1;
    const code = this.text.charCodeAt(at);
    if (at < this.text.length && code !== this.separator && code !== LF && code !== CR)
      return this.fault(
        `has ${JSON.stringify(this.text.slice(at, at + 12))} after a closing quote: write a quote inside quotes twice`,
      );
    this.at = at;
    return value.trim();
  }

  private endless(): Fault {
    return this.fault(`has more than ${MAX_ROW} characters`);
  }

  private fault(message: string, line = this.line): Fault {
    return { pointer: '', message: `is no table: line ${line} ${message}` };
  }
}
