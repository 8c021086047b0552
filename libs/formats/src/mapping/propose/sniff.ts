import { type Cell, SheetError, SheetMoment, textOfCell } from '../../tables/cell.js';
import { datePattern, readDate } from '../dates.js';
import { numberReader } from '../numbers.js';
import { plainWords, truths } from './synonyms.js';

/** What the cells of a column have in common. */
export interface Sniffed {
  readonly title: string;
  readonly texts: readonly string[];
  /** Numbers of a workbook, or numbers written with that decimal sign; both when none of them says. */
  readonly decimals: readonly ('.' | ',')[];
  readonly thousands?: '.' | ',' | ' ' | "'" | undefined;
  /** Date formats that read every cell; RFC 3339 and moments of a workbook need none. */
  readonly dates: readonly string[];
  /** Are they moments at all, and do they lack an offset? */
  readonly moment?: 'with offset' | 'local' | undefined;
  readonly truths: boolean;
  readonly locodes: boolean;
  readonly containers: boolean;
  readonly durations: boolean;
}

const days = [
  'dd/MM/yyyy',
  'd/M/yyyy',
  'MM/dd/yyyy',
  'M/d/yyyy',
  'dd-MM-yyyy',
  'd-M-yyyy',
  'MM-dd-yyyy',
  'dd.MM.yyyy',
  'd.M.yyyy',
  'yyyy-MM-dd',
  'yyyy/MM/dd',
  'dd/MM/yy',
  'MM/dd/yy',
  'dd.MM.yy',
  'd MMM yyyy',
  'd-MMM-yyyy',
  'd. MMM yyyy',
  'MMM d yyyy',
  'MMM d, yyyy',
];
const clocks = ['', ' HH:mm', ' HH:mm:ss', ' H:mm', " HH'h'mm", ' hh:mm a', ' h:mm a'];
const formats = days.flatMap((day) => clocks.map((clock) => `${day}${clock}`)).concat('yyyyMMddHHmm', 'yyyyMMdd');
const compiled = formats.map((pattern) => datePattern(pattern)!);

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/i;
const OFFSET = /(Z|[+-]\d\d:\d\d)$/i;
const LOCODE = /^[A-Z]{2} ?[A-Z2-9]{3}(-[A-Z0-9-]{1,12})?$/;
const CONTAINER = /^[A-Z]{3}[UJZ] ?\d{6}-?\d$/i;
const DURATION = /^P(?=.)(\d+[WD])*(T(\d+[HMS])+)?$/;

/** Looks at the cells of a column that are not empty. */
export function sniff(title: string, cells: readonly Cell[]): Sniffed {
  const full = cells.filter((cell) => cell !== '' && !(cell instanceof SheetError));
  const texts = full.map(textOfCell);
  const all = (test: (text: string) => boolean): boolean => texts.length > 0 && texts.every(test);
  const numeric = full.length > 0 && full.every((cell) => typeof cell === 'number');
  const native = full.length > 0 && full.every((cell) => cell instanceof SheetMoment);
  const iso = native || all((text) => ISO.test(text));
  const dates = iso || numeric ? [] : datesReading(texts);
  const moment = iso
    ? all((text) => OFFSET.test(text))
      ? 'with offset'
      : 'local'
    : dates.length > 0
      ? 'local'
      : undefined;
  return {
    title,
    texts,
    dates,
    moment,
    ...(numeric ? { decimals: ['.', ','] } : numbersIn(texts)),
    truths:
      full.length > 0 &&
      full.every((cell) => typeof cell === 'boolean' || Object.hasOwn(truths, plainTruth(textOfCell(cell)))),
    locodes: all((text) => LOCODE.test(text)),
    containers: all((text) => text.split(/[\s;|]+/).some((part) => CONTAINER.test(part)) || CONTAINER.test(text)),
    durations: all((text) => DURATION.test(text)),
  };
}

export const plainTruth = (text: string): string => (text === '-' ? text : plainWords(text));

/** The formats that read all the texts, of which the first has the most; day before month, as most of the world writes it. */
function datesReading(texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  let left = compiled;
  for (const text of texts) left = left.filter((pattern) => readDate(text, [pattern], 'UTC')?.ok);
  return left.map(({ pattern }) => pattern);
}

const styles = [
  { decimal: '.' },
  { decimal: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: ' ' },
  { decimal: '.', thousands: "'" },
] as const;

/** The simplest way of writing in which all texts are numbers; without a sign in any, both decimal signs. */
function numbersIn(texts: readonly string[]): Pick<Sniffed, 'decimals' | 'thousands'> {
  if (texts.length === 0) return { decimals: [] };
  const fitting = styles.filter((style) => {
    const read = numberReader(style);
    return texts.every((text) => read(text).ok);
  });
  const plain = fitting.filter((style) => !('thousands' in style));
  if (plain.length > 0) return { decimals: plain.map(({ decimal }) => decimal) };
  const [first] = fitting;
  if (!first) return { decimals: [] };
  return { decimals: [first.decimal], thousands: 'thousands' in first ? first.thousands : undefined };
}
