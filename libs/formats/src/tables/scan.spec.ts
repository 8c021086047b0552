import fc from 'fast-check';
import { readMessage } from '../registry.js';
import { decode } from './decode.js';
import { delimiterOf, tableOf } from './delimited.js';
import { scan } from './scan.js';

const reception = { received: Date.UTC(2026, 2, 2, 8) };
const cellsOf = (text: string, delimiter = ','): (readonly unknown[])[] | string => {
  const rows = scan(text, delimiter);
  return rows.ok ? rows.value.map(({ cells }) => cells) : rows.faults[0]!.message;
};

describe('rows of a delimited text', () => {
  it.each([
    ['LF', 'a,b\nc,d\n'],
    ['CRLF', 'a,b\r\nc,d\r\n'],
    ['CR alone', 'a,b\rc,d\r'],
    ['nothing at the end', 'a,b\nc,d'],
    ['empty lines between', '\n\na,b\n\n\r\nc,d\n \n'],
    ['quotes and spaces', '"a", b \n "c" ,d'],
  ])('end in %s', (_, text) =>
    expect(cellsOf(text)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]),
  );

  it('have quotes, delimiters and line ends inside quotes, and know the line they end in', () => {
    const rows = scan('a;"say ""hi""; you\r\nthere"\nb;c"d', ';');
    expect(rows.ok && rows.value).toEqual([
      { index: 0, line: 2, cells: ['a', 'say "hi"; you\r\nthere'] },
      { index: 1, line: 3, cells: ['b', 'c"d'] },
    ]);
  });

  it.each([
    ['a,"b', 'is no table: line 1 opens a quote that nothing closes'],
    ['a\n"b" c', 'is no table: line 2 has "c" after a closing quote: write a quote inside quotes twice'],
  ])('%j are told what is wrong', (text, why) => expect(cellsOf(text)).toBe(why));

  it('are those that were written, whatever the cells are', () => {
    const cell = fc.string().map((text) => text.trim());
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 });
    const written = (rows: string[][]) =>
      rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join('|')).join('\n');
    fc.assert(fc.property(table, (rows) => expect(cellsOf(written(rows), '|')).toEqual(rows)));
  });

  it('may be ragged: a short row lacks its last cells, a long one is told', () => {
    const reading = readMessage(
      {
        body: 'id,from,to,quantity,available,due\nO-1,A,B,1,2026-03-03T06:00:00Z\nO-2,A,B,1,2026-03-03T06:00:00Z,,x,y\n',
      },
      reception,
    );
    expect(reading).toMatchObject({
      items: [
        { ok: true },
        {
          ok: false,
          faults: [
            { value: 'x y', message: expect.stringContaining('line 3 has 8 cells, the header names 6') as string },
          ],
        },
      ],
    });
  });
});

describe('the delimiter', () => {
  it.each([',', ';', '\t', '|'])('%j is found in the header, not inside quotes', (delimiter) => {
    expect(delimiterOf(['"a,;|\t,;|\t"', 'b', 'c'].join(delimiter))).toBe(delimiter);
    const table = tableOf(['a', 'b'].join(delimiter));
    expect(table.ok && table.value.header).toEqual(['a', 'b']);
  });
});

describe('bytes', () => {
  const text = 'id;près;€\n';
  const utf16 = (little: boolean, mark: boolean) => {
    const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
    return little ? bytes : bytes.swap16();
  };
  it.each([
    ['UTF-8', Buffer.from(text), undefined],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), undefined],
    ['UTF-16 little endian with a mark', utf16(true, true), undefined],
    ['UTF-16 big endian with a mark', utf16(false, true), undefined],
    ['UTF-16 little endian, named', utf16(true, false), 'utf-16le'],
    ['UTF-16 big endian, named', utf16(false, false), 'utf-16be'],
    ['windows-1252', Buffer.from('id;pr\u00e8s;\u0080\n', 'latin1'), 'windows-1252'],
    ['ISO 8859-15', Buffer.from('id;pr\u00e8s;\u00a4\n', 'latin1'), 'iso-8859-15'],
  ] as const)('in %s are read as they are meant', (_, bytes, encoding) => {
    expect(decode(bytes, encoding)).toEqual({ ok: true, value: text });
  });

  it('are read as the charset of their content type says, and told when they are not UTF-8', () => {
    const body = Buffer.from('id,from,to,quantity,available\nO-\u00e9\u0080,A,B,1,2026-03-03T06:00:00Z', 'latin1');
    const told = readMessage({ body, contentType: 'text/csv' }, reception);
    expect(told).toMatchObject({
      because: 'not-text',
      unreadable: [{ message: expect.stringContaining('0xe9 at offset 32') as string }],
    });
    const read = readMessage({ body, contentType: 'text/csv; charset="Windows-1252"' }, reception);
    expect(read).toMatchObject({ items: [{ events: [{ subject: 'O-é€' }] }] });
  });
});

const MEGABYTE = 1_000_000;

describe('a text made to do harm', () => {
  const header = 'id,from,to,quantity,available\n';
  it.each([
    ['of one field of 100 MB', Buffer.alloc(100 * MEGABYTE, 'x'), 'more than 100000 characters'],
    [
      'of one quoted field of 100 MB',
      Buffer.concat([Buffer.from(`${header}"`), Buffer.alloc(100 * MEGABYTE, '\n')]),
      'more than 100000 characters',
    ],
    ['of a row of delimiters', Buffer.concat([Buffer.from(header), Buffer.alloc(50_000, ',')]), 'more than 4096 cells'],
    ['of quotes', Buffer.concat([Buffer.from(header), Buffer.alloc(50_001, '"')]), 'line 2 opens a quote'],
  ])('%s is refused at once', (_, body, why) => {
    const memory = process.memoryUsage();
    const started = performance.now();
    const reading = readMessage({ body, format: 'csv' }, reception);
    expect('unreadable' in reading && reading.unreadable[0]!.message).toContain(why);
    // A third of a second on a machine that does nothing else.
    expect(performance.now() - started).toBeLessThan(5000);
    // A text with line ends is decoded as a whole, once; one without does not get that far.
    expect(process.memoryUsage().rss - memory.rss).toBeLessThan(body.length + 20 * MEGABYTE);
  });

  it.each([
    ['numbers', `${'1'.repeat(50_000)}x`],
    ['signs', '-'.repeat(50_000)],
    ['spaces', `a${' '.repeat(50_000)}b`],
    ['references', 'a:'.repeat(25_000)],
    ['separators', '; '.repeat(25_000)],
    ['a duration', `P${'1'.repeat(50_000)}`],
    ['a moment', `2026-03-03T06:00:00.${'0'.repeat(50_000)}`],
  ])('whose cells are endless %s is read in time', (_, cell) => {
    const columns = ['id', 'from', 'to', 'quantity', 'available', 'minShelfLife', 'equipment', 'references', 'reefer'];
    const started = performance.now();
    for (let at = 0; at < columns.length; at += 1) {
      const row = ['O-1', 'A', 'B', '1', '2026-03-03T06:00:00Z', 'P1D', '', '', ''].with(at, cell);
      const reading = readMessage({ body: `${columns.join(',')}\n${row.join(',')}`, format: 'csv' }, reception);
      expect('items' in reading && reading.items).toHaveLength(1);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
