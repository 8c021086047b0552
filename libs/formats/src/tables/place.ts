import { pointerKey } from '../reading.js';
import type { Row, Table } from './cell.js';

const ofSheet = (sheet: string | undefined): string => (sheet === undefined ? '' : `/sheets${pointerKey(sheet)}`);

/** JSON Pointer of a row: `/rows/0` is the first under the header, in a workbook `/sheets/Orders/rows/0`. */
export const rowPointer = ({ sheet, index }: Row): string => `${ofSheet(sheet)}/rows/${index}`;

/** JSON Pointer of a table's header, or of a column in it. */
export const headerPointer = ({ sheet }: Pick<Table, 'sheet'>, column?: string | number): string =>
  `${ofSheet(sheet)}/header${column === undefined ? '' : pointerKey(String(column))}`;

/** The place of a row for people. */
export const rowPlace = ({ sheet, line }: Row): string =>
  sheet === undefined ? `line ${line}` : `sheet ${sheet}, row ${line}`;
