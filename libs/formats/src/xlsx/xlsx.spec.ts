import fc from 'fast-check';
import { zipSync } from 'fflate';
import { parseMapping } from '../mapping/parse.js';
import { readMessage } from '../registry.js';
import { draftsOf, itemsOf, refusals } from '../testing/read.js';
import { type Workbook, partsOf, sheetData, workbookOf } from '../testing/workbook.js';

const reception = { received: Date.UTC(2026, 2, 2, 8) };
const read = (workbook: Workbook) => readMessage({ body: workbookOf(workbook) }, reception);
const orders = ['id', 'from', 'to', 'quantity', 'available'];
const order = ['O-1', 'BEANR-869', 'BELGG', 4, '2026-03-03T06:00:00Z'];
const lots = [
  ['id', 'product', 'location', 'quantity', 'available'],
  ['L-1', 'bananas', 'BEANR', 12, '2026-03-03T06:00:00Z'],
];

const zoned = parseMapping(`
format: portolan.mapping/1
name: zoned
kind: orders
table: { timeZone: Europe/Brussels }
fields: { id: id, from: from, to: to, quantity: quantity, available: available, reefer: { column: reefer, optional: true } }
`);
const readZoned = (workbook: Workbook) =>
  readMessage({ body: workbookOf(workbook), mapping: zoned.ok ? zoned.value : undefined }, reception);

describe('a workbook', () => {
  it('has a table in each sheet, told apart by its header', () => {
    const reading = read({ sheets: { Orders: sheetData(orders, order), Lots: sheetData(...lots) } });
    expect(refusals(reading)).toEqual([]);
    expect(draftsOf(reading).map(({ type, data }) => [type, 'id' in data && data.id])).toEqual([
      ['org.portolan.order.placed', 'O-1'],
      ['org.portolan.lot.registered', 'L-1'],
    ]);
    expect(itemsOf(reading).map(({ index, pointer }) => [index, pointer])).toEqual([
      [0, '/sheets/Orders/rows/0'],
      [1, '/sheets/Lots/rows/0'],
    ]);
  });

  it('names sheet, row and column of what is wrong, and rejects a sheet of nothing known beside those that are', () => {
    const wrong = order.with(3, -1);
    const reading = read({ sheets: { Orders: sheetData(orders, wrong), Notes: sheetData(['Dear', 'reader']) } });
    expect(refusals(reading)).toEqual([
      [0, '/sheets/Orders/rows/0/quantity', 'sheet Orders, row 2, column quantity: must be above 0'],
      [1, '/sheets/Notes/header', expect.stringContaining('is the header of no table known here') as string],
    ]);
  });

  it.each([
    ['1900', false, 46084.25],
    ['1904', true, 44622.25],
  ])('has dates as days since %s', (_, from1904, serial) => {
    const cells = `<row><c t="inlineStr"><is><t>O-1</t></is></c><c t="inlineStr"><is><t>A</t></is></c><c t="inlineStr"><is><t>B</t></is></c><c><v>4</v></c><c s="1"><v>${serial}</v></c></row>`;
    const data = sheetData(orders).replace('</sheetData>', `${cells}</sheetData>`);
    const reading = readZoned({ sheets: { Orders: data }, from1904, formats: ['dd/mm/yyyy\\ hh:mm'] });
    expect(draftsOf(reading)[0]?.data).toMatchObject({ available: '2026-03-03T05:00:00Z', quantity: 4 });
  });

  it('does not take a date without a time zone for an instant unless a mapping gives one', () => {
    const cells =
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2"><v>4</v></c><c r="E2" s="1"><v>46084.25</v></c></row>';
    const data = sheetData(orders).replace('</sheetData>', `${cells}</sheetData>`);
    expect(refusals(read({ sheets: { Orders: data }, strings: ['O-1', 'A', 'B'], formats: ['yyyy-mm-dd'] }))).toEqual([
      [0, '/sheets/Orders/rows/0/available', expect.stringContaining('has no offset from UTC') as string],
    ]);
  });

  it('has shared texts, truths, results of formulas, and errors that are told', () => {
    const header = [...orders, 'reefer'];
    const cells = (number: string) =>
      `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><f>X1</f><v>A</v></c><c r="C2" t="s"><v>1</v></c>${number}<c r="E2" t="s"><v>2</v></c><c r="F2" t="b"><v>1</v></c></row>`;
    const withCell = (number: string) => ({
      sheets: { Orders: sheetData(header).replace('</sheetData>', `${cells(number)}</sheetData>`) },
      strings: ['O-1', 'B &amp; C', '2026-03-03T06:00:00Z'],
    });
    const good = withCell('<c r="D2"><f>2+2</f><v>4.0000000000000001</v></c>');
    expect(draftsOf(read(good))[0]?.data).toMatchObject({ from: 'A', to: 'B & C', quantity: 4, reefer: true });
    expect(draftsOf(readZoned(good))[0]?.data).toMatchObject({ reefer: true });
    expect(refusals(read(withCell('<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')))).toEqual([
      [0, '/sheets/Orders/rows/0/quantity', expect.stringContaining('error of the spreadsheet (#DIV/0!)') as string],
    ]);
  });

  it('with merged cells in its header says so with every event', () => {
    const data = `${sheetData(orders, order)}<mergeCells><mergeCell ref="D1:E1"/><mergeCell ref="A7:B7"/></mergeCells>`;
    const [draft] = draftsOf(read({ sheets: { Orders: data } }));
    expect(draft?.data.extensions).toEqual({ flags: [expect.stringContaining('merged-header: D1:E1') as string] });
  });

  it('may leave out where rows and cells are, and have empty ones between', () => {
    const bare = sheetData(orders, order).replaceAll(/ r="[A-Z]*\d+"/g, '');
    expect(refusals(read({ sheets: { Orders: bare } }))).toEqual([]);
    const apart = sheetData(orders, order).replaceAll(/ r="([A-Z]*)2"/g, ' r="$19"');
    const wrong = apart.replace('<v>4</v>', '<v>0</v>');
    expect(refusals(read({ sheets: { Orders: wrong } }))[0]?.[2]).toContain('row 9, column quantity');
  });
});

const MEGABYTE = 1_000_000;

/** A workbook of which one part is something else, lying about its size in the list of parts. */
function withPart(name: string, bytes: Uint8Array, claimed?: number): Uint8Array {
  const zip = zipSync({ ...partsOf({ sheets: { Orders: sheetData(orders, order) } }), [name]: bytes }, { level: 6 });
  if (claimed === undefined) return zip;
  const view = new DataView(zip.buffer, zip.byteOffset);
  for (let at = 0; at + 46 < zip.length; at += 1)
    if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === bytes.length)
      view.setUint32(at + 24, claimed, true);
  return zip;
}

const sheet = 'xl/worksheets/sheet1.xml';
const padded = (head: string, size: number): Uint8Array => {
  const bytes = new Uint8Array(size).fill(32);
  bytes.set(new TextEncoder().encode(head));
  return bytes;
};
const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">${'bcdefghi'
  .split('')
  .map((name, place) => `<!ENTITY ${name} "${`&${'abcdefgh'[place]!};`.repeat(10)}">`)
  .join('')}]><worksheet><sheetData><row><c t="str"><v>&i;</v></c></row></sheetData></worksheet>`;
const claims = (cells: string) =>
  new TextEncoder().encode(`<worksheet><dimension ref="A1:XFD1048576"/><sheetData>${cells}</sheetData></worksheet>`);

describe('a workbook made to do harm', () => {
  it.each<[string, Uint8Array, string]>([
    [
      'that unpacks to a thousand times its size',
      withPart(sheet, padded('<worksheet>', 60 * MEGABYTE)),
      'unpacks to more than 250 times',
    ],
    ['that claims gigabytes', withPart(sheet, padded('<worksheet>', MEGABYTE), 4e9), 'unpacks to 40'],
    [
      'that lies about its size',
      withPart(sheet, padded('<worksheet>', 60 * MEGABYTE), 1000),
      'unpacks to more than 250 times',
    ],
    [
      'whose texts are a bomb',
      withPart('xl/sharedStrings.xml', padded('<sst>', 100 * MEGABYTE)),
      'unpacks to more than 250 times',
    ],
    ['of entities that unfold', withPart(sheet, new TextEncoder().encode(laughs)), 'document type declaration'],
    [
      'of a cell in the last column',
      withPart(sheet, claims('<row><c r="XFD1048576"><v>1</v></c></row>')),
      'beyond column 1000',
    ],
    ['cut off', workbookOf({ sheets: { A: sheetData(orders, order) } }).subarray(0, 900), 'its end is missing'],
    ['that is no workbook', zipSync({ 'a.txt': new Uint8Array(10) }), 'no Excel workbook'],
  ])('%s is refused at once', (_, body, why) => {
    const [started, memory] = [performance.now(), process.memoryUsage().rss];
    const reading = readMessage({ body }, reception);
    expect('unreadable' in reading && reading.unreadable[0]!.message).toContain(why);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(100 * MEGABYTE);
  });

  it('may claim any size: only the cells that are there count', () => {
    const data = new TextDecoder().decode(partsOf({ sheets: { A: sheetData(orders, order) } })[sheet]);
    const claimed = data.replace('<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>');
    expect(refusals(readMessage({ body: withPart(sheet, new TextEncoder().encode(claimed)) }, reception))).toEqual([]);
  });

  it('or damaged anywhere is told, and never makes the reader throw', () => {
    const good = workbookOf({ sheets: { Orders: sheetData(orders, order) }, strings: ['a'] });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const body = good.slice();
          for (const [at, value] of changes) body[at] = value;
          const reading = readMessage({ body, format: 'xlsx' }, reception);
          expect('unreadable' in reading ? reading.unreadable : reading.items).not.toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
