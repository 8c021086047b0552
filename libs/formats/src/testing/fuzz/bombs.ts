import { zipSync } from 'fflate';
import type { Message } from '../../registry.js';
import { mappingOf } from '../mapping.js';
import { partsOf, sheetData } from '../workbook.js';
import { movesMapping, movesTable, ordersMapping, ordersTable } from './samples/mapped.js';
import { nextModeSamples } from './samples/next-mode.js';

/** How much of it: 1 is what is known from attacks, less is for tests. */
export const fullSize = 1;

const times = (count: number, size: number): number => Math.ceil(count * size);
const quoted = (before: string, inside: string, count: number, after: string | Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(before), Buffer.alloc(count, inside), Buffer.from(after as Uint8Array)]);

const sheet = 'xl/worksheets/sheet1.xml';
const strings = 'xl/sharedStrings.xml';

/** A workbook with one part that is not as it should be. */
const workbook = (part: string, bytes: Uint8Array): Message => ({
  body: zipSync(
    { ...partsOf({ sheets: { Orders: sheetData(['id', 'to', 'quantity']) } }), [part]: bytes },
    { level: 6, mtime: '2026-01-01T00:00:00' },
  ),
  format: 'xlsx',
});

/** Ten of ten of ten …: a billion of the innermost, if anybody unfolds them. */
const laughs = (): Buffer => {
  const names = [...'abcdefghij'];
  const entities = names.map((name, at) => `<!ENTITY ${name} "${at === 0 ? 'lol' : `&${names[at - 1]};`.repeat(10)}">`);
  return Buffer.from(
    `<?xml version="1.0"?><!DOCTYPE lolz [${entities.join('')}]><worksheet><sheetData><row><c t="str"><v>&j;</v></c></row></sheetData></worksheet>`,
  );
};

/** Text that packs badly enough to be taken for a table: numbers that follow each other, to about that length. */
function noise(length: number, write: (number: number) => string): string {
  const pieces: string[] = [];
  for (let [at, long] = [0, 0]; long < length; at += 1) {
    pieces.push(write((at * 2654435761) % 4294967296));
    long += pieces.at(-1)!.length;
  }
  return pieces.join('');
}

const mapped = (yaml: string, body: Buffer): Message => ({ body, mapping: mappingOf(yaml) });
/** The first lines of a table, and then a cell without an end. */
const endless = (table: string, lines: number, size: number): Buffer =>
  quoted(`${table.split('\n').slice(0, lines).join('\n')}\n"`, 'x', times(1e8, size), '"\n');

/** Messages that are made to take long, or much room. */
const bombs: Readonly<Record<string, (size: number) => Message>> = {
  'a million brackets, open': (size) => ({ body: Buffer.alloc(times(1e6, size), '[') }),
  'a million brackets, open and closed': (size) => {
    const count = times(1e6, size);
    return { body: Buffer.concat([Buffer.alloc(count, '['), Buffer.alloc(count, ']')]) };
  },
  'a million objects, one inside the other': (size) => ({ body: Buffer.alloc(5 * times(1e6, size), '{"a":') }),
  'JSON of 100 MB, one string': (size) => ({ body: quoted('{"eventType":"', 'x', times(1e8, size), '"}') }),
  'JSON of 50 MB, one string without an end': (size) => ({ body: quoted('["', 'x', times(5e7, size), '') }),
  'a table with one cell of 100 MB': (size) => ({
    body: quoted('id,to,quantity\n"', 'x', times(1e8, size), '",B,4\n'),
    format: 'csv',
  }),
  'a table with one cell of 9 MB in many lines': (size) => ({
    body: quoted('id,to,quantity\n"', 'x\n', times(9e6, size), '",B,4\n'),
    format: 'csv',
  }),
  'a table of 9 MB of line ends and no header': (size) => ({
    body: Buffer.alloc(times(9e6, size), '\n'),
    format: 'csv',
  }),
  'a million lines of events': (size) => ({ body: Buffer.alloc(3 * times(1e6, size), '{}\n'), format: 'jsonl' }),
  '9 MB of line ends between events': (size) => ({
    body: quoted('{', '\n', times(9e6, size), '{'),
    format: 'jsonl',
  }),
  '9 MB of spaces in a sentence of AIS': (size) => ({
    body: quoted('!AIVDM,1,1,,A,0,0*00,1735689600', ' ', times(9e6, size), 'x'),
    format: 'ais',
  }),
  '9 MB of line ends before a sentence of AIS': (size) => ({
    body: Buffer.alloc(times(9e6, size), '\n'),
    format: 'ais',
  }),
  '30 MB that are no text': (size) => ({ body: Buffer.alloc(times(3e7, size), 0xff) }),
  'text of 30 MB with one wrong byte at its end': (size) => ({
    body: quoted('{"a":"', 'x', times(3e7, size), Buffer.from([0xff])),
  }),
  'a billion laughs in a workbook': () => workbook(sheet, laughs()),
  'a billion laughs in the texts of a workbook': () => workbook(strings, laughs()),
  'a workbook that unpacks to 300 MB': (size) => workbook(sheet, Buffer.alloc(times(3e8, size), ' ')),
  'a workbook of a million texts': (size) =>
    workbook(strings, quoted('<sst>', '<si><t/></si>', 13 * times(2e7, size), '</sst>')),
  'a workbook of elements within elements': (size) =>
    workbook(sheet, Buffer.from(`<worksheet>${noise(times(3e6, size), (each) => `<a${each}>`)}`)),
  'a workbook with an attribute of many megabytes': (size) =>
    workbook(sheet, Buffer.from(`<worksheet><row r="${noise(times(3e7, size), String)}"/></worksheet>`)),
  'a workbook with 60 000 parts': (size) => ({
    body: zipSync(
      Object.fromEntries(
        Array.from({ length: Math.max(2_001, times(6e4, size)) }, (_, at) => [`a${at}`, new Uint8Array()]),
      ),
    ),
    format: 'xlsx',
  }),
  'a next-mode file with one cell of 100 MB': (size) => ({
    body: endless(nextModeSamples[0]!, 1, size),
    format: 'next-mode',
  }),
  'a mapped table with one cell of 100 MB': (size) => mapped(ordersMapping, endless(ordersTable, 2, size)),
  'a mapped table with one cell of 100 MB below a title': (size) => mapped(movesMapping, endless(movesTable, 3, size)),
  'a mapped table of 30 MB of line ends': (size) => mapped(movesMapping, Buffer.alloc(times(3e7, size), '\n')),
  'an EDIFACT segment of 50 MB': (size) => ({ body: quoted("UNH+1+CODECO:D:95B:UN'BGM+", 'x', times(5e7, size), '') }),
  'an EDIFACT segment of 50 MB of releases': (size) => ({
    body: quoted("UNH+1+CODECO:D:95B:UN'BGM+", '?', times(5e7, size), "'"),
  }),
  'an EDIFACT segment of released terminators': (size) => ({
    body: quoted("UNH+1+CODECO:D:95B:UN'BGM+", "?'", 2 * times(1e7, size), ''),
  }),
  'a million EDIFACT messages': (size) => ({ body: quoted('', "UNH+1+CODECO'", 13 * times(1e6, size), '') }),
  'an EDIFACT message of a million containers': (size) => ({
    body: quoted("UNH+1+CODECO:D:95B:UN'BGM+34'", "EQD+CN'", 7 * times(1e6, size), "UNT+4+1'"),
  }),
  'an EDIFACT message of a million containers, begun a thousand times': (size) => ({
    body: quoted(
      "UNH+1+CODECO:D:95B:UN'BGM+34'",
      `EQD+CN'${"UNA:+.? '".repeat(100)}`,
      907 * times(2e4, size),
      "UNT+4+1'",
    ),
  }),
  'Just-in-Time objects, one inside the other': (size) => ({
    body: Buffer.alloc(17 * times(1e6, size), '{"timestamps":[{"'),
    format: 'dcsa-jit',
  }),
  'half a million timestamps': (size) => ({
    body: quoted('[{}', ',{}', 3 * times(5e5, size), ']'),
    format: 'dcsa-jit',
  }),
  'half a million port call events': (size) => ({
    body: quoted('[{}', ',{}', 3 * times(5e5, size), ']'),
    format: 'port-call',
  }),
  'a thousand lights of a thousand bills': (size) => {
    const [bills, lights] = ['"B",', '{"name":"customs","color":"red"},'].map((each) =>
      each.repeat(times(1e3, size)).slice(0, -1),
    );
    return {
      body: Buffer.from(`{"billOfLadingNumbers":[${bills}],"timestamp":"2026-03-02T07:00:00Z","lights":[${lights}]}`),
      format: 'release',
    };
  },
  'an EDIFACT header of 10 000 segments before 10 000 containers': (size) => ({
    body: Buffer.from(
      `UNH+1+COARRI:D:95B:UN'BGM+46'${"LOC+7+BEANR'".repeat(times(1e4, size))}${"EQD+CN'".repeat(times(1e4, size))}UNT+1+1'`,
    ),
  }),
  'an EDIFACT consignment of 10 000 segments, of 10 000 statuses': (size) => ({
    body: Buffer.from(
      `UNH+1+IFTSTA:D:00B:UN'BGM+23'DTM+137:202603021200:203'CNI+1'${"RFF+ABC:1'".repeat(times(1e4, size))}${"STS+1+AE'".repeat(times(1e4, size))}UNT+1+1'`,
    ),
  }),
  'an EDIFACT consignment of 1 900 segments, of 100 000 statuses': (size) => ({
    body: Buffer.from(
      `UNH+1+IFTSTA:D:00B:UN'BGM+23'DTM+137:202603021200:203'CNI+1'${"RFF+ABC:1'".repeat(1900)}${"STS+1+AE'".repeat(times(1e5, size))}UNT+1+1'`,
    ),
  }),
  'half a million lights': (size) => ({
    body: quoted('{"container":"APZU4812090","lights":[{}', ',{}', 3 * times(5e5, size), ']}'),
    format: 'release',
  }),
};

export const bombNames = Object.keys(bombs);
export const bombOf = (name: string, size: number): Message => bombs[name]!(size);
