import type { Fault, Parsed } from '@portolan/domain';
import { CsvError, parse } from 'csv-parse/sync';
import { MAX_ITEMS } from '../reading.js';

export interface Row {
  /** 0 for the first row under the header. */
  readonly index: number;
  /** Where the row ends in the text, counted from 1, for people who look it up. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

/** Characters of one row: a message that is one endless row is no table. */
const MAX_ROW = 100_000;
const delimiters = [',', ';', '\t'];

/** Text as a table: RFC 4180 with `,` `;` or tab between the cells, whichever the header has most of. Empty lines are passed over. */
export function tableOf(text: string): Parsed<Table> {
  const endless = endlessLine(text);
  if (endless) return { ok: false, faults: [endless] };
  try {
    const options = {
      delimiter: delimiterOf(text),
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
      max_record_size: MAX_ROW,
      // A header, and one more than a message may have.
      to: MAX_ITEMS + 2,
    } as const;
    const records = parse(text, options) as unknown as { info: { lines: number }; record: string[] }[];
    const [header, ...rows] = records;
    if (!header)
      return { ok: false, faults: [{ pointer: '', message: 'is empty: the first line must name the columns' }] };
    const numbered = rows.map(({ info, record }, index) => ({ index, line: info.lines, cells: record }));
    return { ok: true, value: { header: header.record, rows: numbered } };
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, faults: [fault(error)] };
    throw error;
  }
}

function delimiterOf(text: string): string {
  const line = text
    .trimStart()
    .split('\n', 1)[0]!
    .replaceAll(/"[^"]*"/g, '');
  const counted = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}

const fault = (error: CsvError): Fault => ({
  pointer: '',
  message: `is no table: line ${String((error as { lines?: unknown }).lines ?? '?')}: ${error.message}`,
});

/** csv-parse measures what is inside the cells only. */
function endlessLine(text: string): Fault | undefined {
  for (let start = 0, line = 1; start < text.length; line += 1) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    if (end - start > MAX_ROW)
      return { pointer: '', message: `is no table: line ${line} has ${end - start} characters, more than ${MAX_ROW}` };
    start = end + 1;
  }
  return undefined;
}
