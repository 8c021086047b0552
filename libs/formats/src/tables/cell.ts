/** A moment of a spreadsheet: ISO 8601 without an offset, since spreadsheets know none. */
export class SheetMoment {
  readonly kind = 'moment';
  constructor(readonly text: string) {}
}

/** What a spreadsheet shows where a formula failed, such as `#N/A`. */
export class SheetError {
  readonly kind = 'error';
  constructor(readonly text: string) {}
}

/** What stands in a cell: text in a CSV file, in a workbook also numbers, truths, moments and errors. Empty: `''`. */
export type Cell = string | number | boolean | SheetMoment | SheetError;

export interface Row {
  /** 0 for the first row under the header. */
  readonly index: number;
  /** Where the row ends in the text, or its number in the sheet, counted from 1, for people who look it up. */
  readonly line: number;
  readonly cells: readonly Cell[];
  /** Of a workbook: the sheet. */
  readonly sheet?: string | undefined;
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
  readonly sheet?: string | undefined;
  /** Doubts about the table as a whole. */
  readonly flags?: readonly string[] | undefined;
}

/** A cell as one would write it in a CSV file: a point in numbers, `true` and `false`. */
export const textOfCell = (cell: Cell): string => {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'object' ? cell.text : String(cell);
};
