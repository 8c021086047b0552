import type { Fault } from '@portolan/domain';
import { LineSeams, type LineFound, isBlank } from './line-seams.js';
import { type Before, counted } from './seams.js';

const QUOTE = 34;
/** A row that is longer is none, and its quote was never closed: as `tableOf` has it. */
const LONGEST_ROW = 100_000;

/** A table: behind rows, never inside of quotes. Each part begins with the header. */
export class CsvSeams extends LineSeams {
  readonly format = 'csv';
  private open: Buffer[] = [];
  private quoted = false;
  private headerLines = 0;

  /** In a part, rows and lines are counted from its own header. */
  inFile(fault: Fault, { items, lines }: Before): Fault {
    if (lines === 0) return fault;
    const message = fault.message.replace(
      /^line (\d+)/,
      (_, line) => `line ${Number(line) - this.headerLines + lines}`,
    );
    return { ...fault, pointer: counted(fault.pointer, '/rows', items), message };
  }

  protected line(bytes: Buffer): LineFound {
    if (quotesIn(bytes) % 2 === 1) this.quoted = !this.quoted;
    this.open.push(bytes);
    if (this.quoted && length(this.open) <= LONGEST_ROW) return { items: 0, seam: false };
    const row = this.open.length === 1 ? bytes : Buffer.concat(this.open);
    [this.open, this.quoted] = [[], false];
    if (isBlank(row)) return { items: 0, seam: this.headerLines > 0 };
    if (this.headerLines > 0) return { items: 1, seam: true };
    this.headerLines = 1;
    this.prefix = Buffer.from(row);
    return { items: 0, seam: false };
  }
}

function quotesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) count += 1;
  return count;
}

const length = (lines: readonly Buffer[]): number => lines.reduce((sum, { length: bytes }) => sum + bytes, 0);

/**
 * Rows of one service are one item, wherever in the table they are: such a table is not cut. `head`: its beginning.
 */
export const isTableOfServices = (head: string): boolean =>
  (head.trimStart().split('\n', 1)[0] ?? '').split(/[,;\t]/).some((title) => /^\W*service\W*$/i.test(title));
