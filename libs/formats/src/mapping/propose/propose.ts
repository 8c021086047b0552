import type { Parsed } from '@portolan/domain';
import { type Target, targetsOf } from '../targets.js';
import { type DateChoice, dateChoices } from './dates.js';
import { type Match, kindOf, matches } from './match.js';
import { type Proposed, type TableStyle, ruleOf } from './rules.js';
import { type Sample, sampleOf } from './sample.js';
import type { Sniffed } from './sniff.js';
import { comment, flow, quoted } from './yaml.js';

export interface Wish {
  /** What the mapping is called; default `table`. */
  readonly name?: string | undefined;
  /** What the rows are; default whatever the columns look like. */
  readonly kind?: string | undefined;
  /** Of a workbook: name or number from 1; default the largest. */
  readonly sheet?: string | number | undefined;
}

/** A mapping file for a table, in YAML, from its headers and cells; what is uncertain has a comment that begins with `# ?`. */
export function proposeMapping(body: Uint8Array, wish: Wish = {}): Parsed<string> {
  const sample = sampleOf(body, wish.sheet);
  if (!sample.ok) return sample;
  const { columns } = sample.value;
  const kind = wish.kind ?? kindOf(columns, targetsOf);
  const targets = targetsOf(kind);
  const found = matches(kind, targets, columns);
  if (wish.kind === undefined && found.length < 2)
    return { ok: false, faults: [{ pointer: '/header', message: unknown(columns) }] };
  return { ok: true, value: written(wish, kind, sample.value, found, targets) };
}

const unknown = (columns: readonly Sniffed[]): string =>
  `has no columns that tell what it is (${columns
    .map(({ title }) => title)
    .join(', ')
    .slice(0, 200)}): say what its rows are with --kind`;

type Targets = Readonly<Record<string, Target>>;

function written(wish: Wish, kind: string, sample: Sample, found: readonly Match[], targets: Targets): string {
  const dates = dateChoices(
    found.filter(({ field }) => targets[field]!.type === 'instant').map(({ column }) => column),
  );
  const style = styleOf(found, targets, dates);
  const doubtful = sample.flags.map((flag) => `# ? ${flag}`);
  const lines = [
    '# Proposed by portolan map. What is marked with ? is uncertain: look at it, and take the mark away.',
    ...doubtful,
    'format: portolan.mapping/1',
    `name: ${quoted(wish.name ?? 'table')}`,
    `kind: ${kind}${comment(wish.kind === undefined ? ['guessed from the columns'] : [])}`,
    ...tableLines(sample, found, style, targets),
    'fields:',
    ...fieldLines(found, targets, style, dates),
    ...missingLines(kind, found, targets),
    ...restLines(sample, found),
  ];
  return `${lines.join('\n')}\n`;
}

/** The decimal sign that most columns with one have, and the most frequent date format of each kind. */
function styleOf(found: readonly Match[], targets: Targets, dates: ReadonlyMap<Sniffed, DateChoice>): TableStyle {
  const sure = found
    .filter(({ field }) => ['number', 'duration', 'numbers'].includes(targets[field]!.type))
    .flatMap(({ column }) => (column.decimals.length === 1 ? column.decimals : []));
  const commas = sure.filter((sign) => sign === ',').length;
  const formats = [...new Set([...dates.values()].flatMap(({ format }) => format ?? []))];
  const orders = new Set(formats.map((format) => format[0]));
  return { decimal: commas * 2 > sure.length ? ',' : '.', dates: orders.size > 1 ? formats.slice(0, 1) : formats };
}

function tableLines(
  sample: Sample,
  found: readonly Match[],
  { decimal, dates }: TableStyle,
  targets: Targets,
): string[] {
  const { encoding, sheet, otherSheets, headerRow, delimiter } = sample;
  const instants = found.filter(({ field }) => targets[field]!.type === 'instant');
  const thousands = found.find(({ column }) => column.thousands !== undefined && column.decimals[0] === decimal)?.column
    .thousands;
  const others = otherSheets.length > 0 ? [`there are also ${otherSheets.join(', ')}`] : [];
  const lines: (string | undefined)[] = [
    encoding &&
      `  encoding: ${encoding}${comment(encoding === 'windows-1252' ? ['it is not UTF-8; are all letters right?'] : [])}`,
    sheet === undefined ? undefined : `  sheet: ${quoted(sheet)}${comment(others)}`,
    headerRow === 1 ? undefined : `  headerRow: ${headerRow}`,
    delimiter === undefined ? undefined : `  delimiter: ${JSON.stringify(delimiter)}`,
    decimal === ',' ? '  decimal: ","' : undefined,
    thousands === undefined ? undefined : `  thousands: ${JSON.stringify(thousands)}`,
    dates.length === 0 ? undefined : `  dates: [${dates.map((format) => JSON.stringify(format)).join(', ')}]`,
    instants.some(({ column }) => column.moment === 'local')
      ? `  timeZone: Europe/Brussels${comment(['the table does not tell in which zone its times are'])}`
      : undefined,
  ];
  const given = lines.filter((line) => line !== undefined && line !== '');
  return given.length === 0 ? [] : ['table:', ...(given as string[])];
}

function fieldLines(
  found: readonly Match[],
  targets: Targets,
  style: TableStyle,
  dates: ReadonlyMap<Sniffed, DateChoice>,
): string[] {
  return Object.keys(targets).flatMap((field) => {
    const match = found.find((each) => each.field === field);
    if (!match) return [];
    const { rule, doubts } = ruleOf(match, targets[field]!, style, dates.get(match.column));
    return [`  ${field}: ${rule}${comment([...doubts, ...repeated(match)])}`];
  });
}

/** An identifier that several rows share makes them revisions of one thing. */
function repeated({ field, column: { texts } }: Match): string[] {
  const twice = ['id', 'eventId'].includes(field) && new Set(texts).size < texts.length;
  return twice
    ? [
        'is not different in every row: the last row with one counts, unless a template such as "{A}/{B}" tells them apart',
      ]
    : [];
}

const guesses: Readonly<Record<string, string>> = { mode: 'truck', classifier: 'actual' };

function missingLines(kind: string, found: readonly Match[], targets: Targets): string[] {
  const has = (field: string): boolean => found.some((match) => match.field === field);
  return Object.keys(targets).flatMap((field) => {
    if (has(field) || !(targets[field]!.required || (kind === 'orders' && field === 'available' && has('from'))))
      return [];
    const guess: Proposed | undefined =
      guesses[field] === undefined
        ? undefined
        : { rule: flow({ constant: guesses[field] }), doubts: ['no column tells'] };
    return guess
      ? [`  ${field}: ${guess.rule}${comment(guess.doubts)}`]
      : [
          `  # ${field}: ${comment([`${kind} must have it, and no column was found: name one, or give { constant: … }`]).trim()}`,
        ];
  });
}

function restLines({ columns }: Sample, found: readonly Match[]): string[] {
  const rest = columns.filter((column) => !found.some((match) => match.column === column)).map(({ title }) => title);
  if (rest.length === 0) return [];
  const names = rest
    .join(', ')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .slice(0, 300);
  return [`# No field reads ${names}: they go into the events' extensions; "rest: drop" leaves them out.`];
}
