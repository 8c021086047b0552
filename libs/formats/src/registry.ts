import type { Parsed } from '@portolan/domain';
import { looksLikeAis, readAis } from './ais/ais.js';
import { looksLikeCloudEvents, readCloudEventLines, readCloudEvents } from './cloudevents/cloudevents.js';
import { looksLikeCsv, readCsv } from './csv/csv.js';
import { looksLikeDcsa, readDcsa } from './dcsa/dcsa.js';
import { looksLikeEdifact, messageTypes, readEdifact } from './edifact/edifact.js';
import { ediText } from './edifact/text.js';
import { looksLikeEpcis, readEpcis } from './epcis/epcis.js';
import { looksLikeJit, readJit } from './jit/jit.js';
import { parseJson } from './json/json.js';
import { type MappingChoice, chooseMapping, readWithMapping } from './mapping/choose.js';
import type { Mapping } from './mapping/document.js';
import { nearest } from './nearest.js';
import { looksLikeNextMode, readNextMode } from './next-mode/next-mode.js';
import { looksLikePortCall, readPortCall } from './port-call/port-call.js';
import { type Reading, type Reception, unreadable } from './reading.js';
import { looksLikeRelease, readRelease } from './release/release.js';
import { charsetOf, decode, endlessLine } from './tables/decode.js';
import { looksLikeWorkbook } from './xlsx/workbook.js';
import { readXlsx } from './xlsx/xlsx.js';

/** A message before anybody knows what it is. */
export interface Message {
  readonly body: Uint8Array | string;
  /** As in HTTP; parameters do not matter. */
  readonly contentType?: string | undefined;
  /** A name of the registry, or of a mapping, when the sender says what it is. */
  readonly format?: string | undefined;
  /** How the table is to be read, whatever else is said. */
  readonly mapping?: Mapping | undefined;
  /** Mappings that tables are read by when they are named as the format, or have their columns. */
  readonly mappings?: readonly Mapping[] | undefined;
}

/** A message standard: how it is recognised, and how it is read. */
export interface Standard {
  readonly name: string;
  readonly title: string;
  /** Other names of it, of versions and parts. */
  readonly aliases: readonly string[];
  readonly contentTypes: readonly string[];
  readonly syntax: 'json' | 'json-lines' | 'text' | 'bytes';
  looksLike(value: unknown): boolean;
  read(value: unknown, reception: Reception): Reading;
}

const textual = (read: (text: string, reception: Reception) => Reading) => (value: unknown, reception: Reception) =>
  read(String(value), reception);

/** One line a standard. */
export const standards: readonly Standard[] = [
  {
    name: 'cloudevents',
    title: 'CloudEvents 1.0',
    aliases: ['cloudevents-batch'],
    contentTypes: ['application/cloudevents+json', 'application/cloudevents-batch+json'],
    syntax: 'json',
    looksLike: looksLikeCloudEvents,
    read: readCloudEvents,
  },
  {
    name: 'cloudevents-lines',
    title: 'CloudEvents 1.0, one a line',
    aliases: ['jsonl'],
    contentTypes: ['application/x-ndjson', 'application/jsonl'],
    syntax: 'json-lines',
    looksLike: looksLikeLines,
    read: textual(readCloudEventLines),
  },
  {
    name: 'port-call',
    title: 'Port call events (Nautical Port Information, as Pronto has them)',
    aliases: ['port-call-3', 'pronto', 'npis'],
    contentTypes: [],
    syntax: 'json',
    looksLike: looksLikePortCall,
    read: readPortCall,
  },
  {
    name: 'dcsa-tnt',
    title: 'DCSA Track & Trace 2.2 and 3.0',
    aliases: ['dcsa', 'dcsa-tnt-2', 'dcsa-tnt-2.2', 'dcsa-tnt-3', 'dcsa-tnt-3.0'],
    contentTypes: [],
    syntax: 'json',
    looksLike: looksLikeDcsa,
    read: readDcsa,
  },
  {
    name: 'dcsa-jit',
    title: 'DCSA Just-in-Time Port Call 2.0',
    aliases: ['jit', 'dcsa-jit-2', 'dcsa-jit-2.0'],
    contentTypes: [],
    syntax: 'json',
    looksLike: looksLikeJit,
    read: readJit,
  },
  {
    name: 'epcis-2.0',
    title: 'GS1 EPCIS 2.0 in JSON and JSON-LD',
    aliases: ['epcis', 'epcis-2', 'gs1-epcis'],
    contentTypes: [],
    syntax: 'json',
    looksLike: looksLikeEpcis,
    read: readEpcis,
  },
  {
    name: 'release',
    title: 'Release notices (customs, commercial and terminal lights)',
    aliases: ['release-notice', 'green-lights', 'certified-pick-up'],
    contentTypes: [],
    syntax: 'json',
    looksLike: looksLikeRelease,
    read: readRelease,
  },
  {
    name: 'ais',
    title: 'AIS (NMEA 0183 VDM and VDO sentences)',
    aliases: ['nmea', 'aivdm'],
    contentTypes: [],
    syntax: 'text',
    looksLike: (value) => looksLikeAis(String(value)),
    read: textual(readAis),
  },
  {
    name: 'edifact',
    title: `UN/EDIFACT D.95B to D.13B (${messageTypes.join(', ')})`,
    aliases: ['un-edifact', ...messageTypes.flatMap((type) => [type.toLowerCase(), `edifact-${type.toLowerCase()}`])],
    contentTypes: ['application/edifact'],
    syntax: 'text',
    looksLike: (value) => looksLikeEdifact(String(value)),
    read: textual(readEdifact),
  },
  {
    name: 'next-mode',
    title: 'Next mode of transport (port of Antwerp)',
    aliases: ['nmot', 'next-mode-of-transport'],
    contentTypes: [],
    syntax: 'text',
    looksLike: (value) => looksLikeNextMode(String(value)),
    read: textual(readNextMode),
  },
  {
    name: 'csv',
    title: 'Tables of orders, lots and services',
    aliases: ['tsv', 'csv-orders', 'csv-lots', 'csv-services'],
    contentTypes: ['text/csv', 'text/tab-separated-values', 'application/csv', 'application/vnd.ms-excel'],
    syntax: 'text',
    looksLike: (value) => looksLikeCsv(String(value)),
    read: textual(readCsv),
  },
  {
    name: 'xlsx',
    title: 'Excel workbooks of orders, lots and services',
    aliases: ['excel'],
    contentTypes: [
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.ms-excel.sheet.macroenabled.12',
    ],
    syntax: 'bytes',
    looksLike: (value) => looksLikeWorkbook(value as Uint8Array),
    read: (value, reception) => readXlsx(value as Uint8Array, reception),
  },
];

/** The standard of that name or alias. */
export const standardNamed = (format: string): Standard | undefined =>
  standards.find(({ name, aliases }) => [name, ...aliases].includes(format.toLowerCase()));

/**
 * Reads a message of any standard known: by its mapping, as it is named, by its content type, or by what it looks like. Never
 * throws on input.
 */
export function readMessage(message: Message, reception: Reception): Reading {
  if (message.body.length === 0) return { ...unreadable('is empty'), because: 'empty' };
  const choice: MappingChoice = message.mapping ? { mapping: message.mapping } : mappingFor(message);
  if (choice.unreadable) return choice.unreadable;
  if (choice.mapping) return readWithMapping(message, choice.mapping, reception);
  const named = message.format === undefined ? undefined : standardNamed(message.format);
  if (message.format !== undefined && !named) return unknownFormat(message);
  if (looksLikeWorkbook(message.body) && isOfTables(named)) return readXlsx(message.body, reception);
  if (named?.syntax === 'bytes')
    return unreadable('is no Excel workbook (.xlsx): it does not begin as a zip archive does');
  return readText(message, named, reception);
}

/**
 * The mapping that a message is read by, if it is a table of one: the one its format names, or the one whose columns it has.
 * Keep it beside the bytes, so that they can be read again in the same way when the mappings have changed.
 */
export function mappingFor(message: Message): MappingChoice {
  const { format, mappings = [] } = message;
  const named = mappings.find(({ name }) => name === format);
  if (named) return { mapping: named };
  const typed = format === undefined ? standardOf(message.contentType) : standardNamed(format);
  const open = format === undefined ? isOfTables(typed) : typed !== undefined && isOfTables(typed);
  return open && mappings.length > 0 ? chooseMapping(message, mappings) : {};
}

/** Nothing said, or that it is a table. */
const isOfTables = (standard: Standard | undefined): boolean =>
  standard === undefined || standard.name === 'csv' || standard.name === 'xlsx';

function readText(message: Message, named: Standard | undefined, reception: Reception): Reading {
  const said = named ?? standardOf(message.contentType);
  const endless = said?.name === 'csv' ? endlessLine(message.body) : undefined;
  if (endless && !endless.ok) return { unreadable: endless.faults, because: 'not-a-message' };
  const text = ediText(message.body) ?? decode(message.body, charsetOf(message.contentType));
  if (!text.ok) return { unreadable: text.faults, because: 'not-text' };
  if (text.value.trim() === '') return { ...unreadable('is empty'), because: 'empty' };
  const typed = named ?? tabular(text.value, said);
  return isSettled(typed) ? readAs(typed, text.value, reception) : recognised(text.value, typed, reception);
}

/** A CloudEvent may be called so by its type and be another of JSON; text may be called a workbook. */
const isSettled = (typed: Standard | undefined): typed is Standard =>
  typed !== undefined && typed.name !== 'cloudevents' && typed.syntax !== 'bytes';

/**
 * The standard that `readMessage` would read a text as, as far as its beginning tells: by name, by content type, or by what it looks
 * like. `undefined` for JSON that is not named, which has to be whole to be looked at, and for what looks like nothing known.
 */
export function standardAtStart(text: string, { format, contentType }: Omit<Message, 'body'>): Standard | undefined {
  const named = format === undefined ? undefined : standardNamed(format);
  const typed = named ?? tabular(text, standardOf(contentType));
  if (isSettled(typed)) return typed;
  if (named?.syntax === 'bytes') return undefined;
  return standards.find(({ syntax, looksLike }) => (syntax === 'text' || syntax === 'json-lines') && looksLike(text));
}

/** Tables share a content type: one that looks like a standard's own is that. */
const tabular = (text: string, typed: Standard | undefined): Standard | undefined =>
  typed?.name === 'csv'
    ? (standards.find(({ syntax, looksLike }) => syntax === 'text' && looksLike(text)) ?? typed)
    : typed;

export const standardOf = (contentType: string | undefined): Standard | undefined => {
  const type = contentType?.split(';')[0]!.trim().toLowerCase();
  return standards.find(({ contentTypes }) => type !== undefined && contentTypes.includes(type));
};

function recognised(text: string, typed: Standard | undefined, reception: Reception): Reading {
  const json = parseJson(text);
  if (typed?.syntax === 'json' && json.ok) return typed.read(json.value, reception);
  const found = standards.find(({ syntax, looksLike }) =>
    syntax === 'json' ? json.ok && looksLike(json.value) : syntax !== 'bytes' && looksLike(text),
  );
  if (found) return readAs(found, text, reception, json);
  if (!json.ok && /^\s*[[{]/.test(text)) return { unreadable: json.faults, because: 'not-json' };
  return unreadable(
    `is of no standard known here (${standards.map(({ name }) => name).join(', ')}): name one with format=`,
  );
}

function readAs(standard: Standard, text: string, reception: Reception, json?: Parsed<unknown>): Reading {
  if (standard.syntax !== 'json') return standard.read(text, reception);
  const parsed = json ?? parseJson(text);
  return parsed.ok ? standard.read(parsed.value, reception) : { unreadable: parsed.faults, because: 'not-json' };
}

/** More than one line that begins as an object, and no JSON as a whole. */
function looksLikeLines(value: unknown): boolean {
  const [first, second] = String(value)
    .split('\n', 2000)
    .filter((line) => line.trim() !== '');
  return first !== undefined && second !== undefined && /^\s*\{.*\}\s*$/.test(first) && /^\s*\{/.test(second);
}

function unknownFormat({ format = '', mappings = [] }: Message): Reading {
  const own = mappings.map(({ name }) => name);
  const names = [...standards.flatMap(({ name, aliases }) => [name, ...aliases]), ...own];
  const meant = nearest(format, names);
  const hint = meant === undefined ? '' : `; perhaps ${meant}`;
  return unreadable(
    `is no format known here: ${[...standards.map(({ name }) => name), ...own].join(', ')}${hint}`,
    format,
    '/format',
  );
}
