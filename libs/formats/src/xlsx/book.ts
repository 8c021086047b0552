import { type Archive, WorkbookFault } from './archive.js';
import { isDateFormat } from './number-format.js';
import { walk } from './xml.js';

export interface SheetEntry {
  readonly name: string;
  /** The part of the archive that holds it. */
  readonly part: string;
}

/** What all sheets of a workbook share. */
export interface Book {
  readonly sheets: readonly SheetEntry[];
  /** Days are counted from 1904, as old Macintoshes did. */
  readonly from1904: boolean;
  readonly strings: readonly string[];
  /** By style: is a number in it a date? */
  readonly dates: readonly boolean[];
}

/** Characters of all texts that cells share: more would fill the memory. */
const MAX_SHARED = 60_000_000;
const MAX_SHEETS = 200;

/** Reads the parts of a workbook that say what its sheets are and mean (ECMA-376 part 1, 18.2, 18.4, 18.8). */
export function bookOf(archive: Archive): Book {
  const targets = relationsOf(archive);
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  const found = walk(archive, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name === 'sheet')
        sheets.push({ name: attributes.name ?? '', part: targets.get(attributes['r:id'] ?? '') ?? '' });
      if (sheets.length > MAX_SHEETS) throw new WorkbookFault(`has more than ${MAX_SHEETS} sheets`);
    },
  });
  if (!found) throw new WorkbookFault('is a zip archive, but no Excel workbook (it has no xl/workbook.xml)');
  return {
    sheets: sheets.filter(({ part }) => part !== ''),
    from1904,
    strings: stringsOf(archive),
    dates: datesOf(archive),
  };
}

function relationsOf(archive: Archive): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  walk(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id, Target = '', Type = '' }) => {
      if (name === 'Relationship' && Type.endsWith('/worksheet'))
        targets.set(Id ?? '', Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
}

/** Texts that cells refer to by number; what is said of pronunciation (`rPh`) is not theirs. */
function stringsOf(archive: Archive): string[] {
  const strings: string[] = [];
  let [text, inText, aside, length] = ['', false, false, 0];
  walk(archive, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') aside = true;
      inText = name === 't' && !aside;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
    close: (name) => {
      inText = false;
      if (name === 'rPh') aside = false;
      if (name !== 'si') return;
      length += text.length + 8;
      if (length > MAX_SHARED)
        throw new WorkbookFault(`has more than ${MAX_SHARED} characters of text: send it in parts`);
      strings.push(text);
    },
  });
  return strings;
}

function datesOf(archive: Archive): boolean[] {
  const formats = new Map<number, string>();
  const dates: boolean[] = [];
  let inCells = false;
  walk(archive, 'xl/styles.xml', {
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        dates.push(isDateFormat(id, formats.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}
