import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { draftsOf, refusals } from '../testing/read.js';
import { readCsv } from './csv.js';
import { kinds } from './kinds.js';

const reception = { received: Date.UTC(2026, 2, 2, 8) };
const read = (...lines: string[]) => readCsv(lines.join('\n'), reception);
const orders = 'id,from,to,quantity,available';
const order = 'O-1,BEANR-869,BELGG,4,2026-03-03T06:00:00Z';

describe('a table of orders', () => {
  it('has one order a row', () => {
    const reading = read(
      `${orders},equipment,references,reefer,minShelfLife`,
      `${order},APZU4812090 APZU4812091;X1,BKG:AB1,yes,P5D`,
    );
    expect(refusals(reading)).toEqual([]);
    expect(draftsOf(reading)).toEqual([
      {
        id: expect.stringMatching(/^orders\/O-1@[0-9a-f]{24}$/) as string,
        source: '/csv',
        type: 'org.portolan.order.placed',
        subject: 'O-1',
        time: '2026-03-02T08:00:00Z',
        revisionof: '/csv#orders/O-1',
        datacontenttype: 'application/json',
        data: {
          id: 'O-1',
          from: 'BEANR-869',
          to: 'BELGG',
          quantity: 4,
          available: '2026-03-03T06:00:00Z',
          equipment: ['APZU4812090', 'APZU4812091', 'X1'],
          references: [{ type: 'BKG', reference: 'AB1' }],
          reefer: true,
          minShelfLife: 'P5D',
        },
      },
    ]);
  });

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('may have %s between the cells, a byte order mark, quotes and CRLF', (_, delimiter) => {
    const lines = [orders, 'O-1,"BEANR-869",BELGG,4,2026-03-03T06:00:00Z'].map((line) =>
      line.replaceAll(',', delimiter),
    );
    expect(refusals(readCsv(`\uFEFF${lines.join('\r\n')}\r\n`, reception))).toEqual([]);
  });

  it('may write its columns in any case, with spaces or underscores', () => {
    expect(refusals(read('ID,From,TO,Quantity,Available,unit_size', `${order},2`))).toEqual([]);
  });

  it('names row, column and value of everything wrong, and takes the other rows', () => {
    const reading = read(
      `${orders},due`,
      `${order},`,
      'O-2,BEANR-869,BELGG,"4,5",2026-03-03,',
      'O-3,A,A,1,2026-03-03T06:00:00Z,1999-01-01T00:00:00Z',
    );
    expect(draftsOf(reading)).toHaveLength(1);
    expect(refusals(reading)).toEqual([
      [
        1,
        '/rows/1/quantity',
        'line 3, column quantity: must be a number with a point as decimal sign and nothing between thousands, such as 1250.5',
      ],
      [1, '/rows/1/available', expect.stringContaining('line 3, column available: must be an RFC 3339 instant')],
      [2, '/rows/2/due', expect.stringContaining('before 2000')],
    ]);
  });

  it('knows a contradiction between cells by its row', () => {
    expect(refusals(read(orders, 'O-3,A,A,1,2026-03-03T06:00:00Z'))).toEqual([
      [0, '/rows/0/to', 'line 2, column to: (A) must differ from `from`'],
    ]);
  });

  it('gives the same row the same id, a changed row another id of the same thing', () => {
    const [first] = draftsOf(read(orders, order));
    const [again] = draftsOf(readCsv(`${orders}\n${order}`, { received: reception.received + 5000 }));
    const [changed] = draftsOf(read(orders, order.replace(',4,', ',5,')));
    expect(again!.id).toBe(first!.id);
    expect(changed!.id).not.toBe(first!.id);
    expect(changed!.revisionof).toBe(first!.revisionof);
  });
});

describe('a header', () => {
  it('that has an unknown column names the nearest known one', () => {
    expect(read(`${orders},custmer`, order)).toEqual({
      unreadable: [{ pointer: '/header/5', value: 'custmer', message: 'is not a column of orders; perhaps customer' }],
      because: 'not-a-message',
    });
  });

  it('must have what a row cannot be without', () => {
    expect(read('id,from,to,available,due', order)).toMatchObject({ unreadable: [{ pointer: '/header/quantity' }] });
  });

  it('of no known table says which there are', () => {
    expect(read('colour,size', 'red,2')).toMatchObject({
      unreadable: [{ message: expect.stringContaining('orders (id, to, quantity …); lots (id, product') as string }],
    });
  });

  it('may end in an empty column, as spreadsheets write it', () => {
    expect(refusals(read(`${orders},`, `${order},`))).toEqual([]);
  });
});

describe('a table of services', () => {
  const runs = 'service,mode,vessel,imo,voyage,call,location,arrives,departs,capacity,cost';
  const run = [
    'B-1,barge,Albertina,9321483,B/1,B-1/1,BEANR,,2026-03-03T06:00:00Z,40,12',
    'B-1,,,,B/2,B-1/2,BELGG,2026-03-03T16:00:00Z,2026-03-03T18:00:00Z,30,9',
    'B-1,barge,,,,B-1/3,BEGNK,2026-03-04T04:00:00Z,,,',
  ];

  it('has a row a call, with the terms of the leg that leaves it', () => {
    const [draft] = draftsOf(read(runs, ...run));
    expect(draft).toMatchObject({
      type: 'org.portolan.service.scheduled',
      data: {
        id: 'B-1',
        mode: 'barge',
        vessel: { name: 'Albertina', imo: '9321483' },
        voyages: ['B/1', 'B/2'],
        calls: [{ location: 'BEANR' }, { location: 'BELGG', callReference: 'B-1/2' }, { location: 'BEGNK' }],
        legs: [
          { capacity: 40, cost: 12 },
          { capacity: 30, cost: 9 },
        ],
      },
    });
  });

  it('may have its rows anywhere, and on-demand services among them', () => {
    const reading = read(
      `${runs},from,to,duration`,
      `${run[0]},,,`,
      'T-1,truck,,,,,,,,,95,BEANR,BELGG,PT2H',
      `${run[1]},,,`,
      `${run[2]},,,`,
    );
    expect(refusals(reading)).toEqual([]);
    expect(draftsOf(reading).map(({ data }) => 'onDemand' in data && data.onDemand)).toEqual([
      false,
      { from: 'BEANR', to: 'BELGG', duration: 'PT2H', cost: 95 },
    ]);
  });

  it('rejects a run whose rows disagree or whose times run backwards, by the row', () => {
    expect(refusals(read(runs, run[0]!, run[1]!.replace('B-1,,', 'B-1,rail,'), run[2]!)).map(([, at]) => at)).toEqual([
      '/rows/1/mode',
    ]);
    expect(refusals(read(runs, run[0]!, run[1]!, run[2]!.replace('03-04', '03-02'))).map(([, at]) => at)).toEqual([
      '/rows/2/arrives',
    ]);
  });

  it('rejects a run of one call, a leg without capacity, and terms that belong to no leg', () => {
    expect(refusals(read(runs, run[0]!)).map(([, at]) => at)).toEqual(['/rows/0/service']);
    expect(refusals(read(runs, ...run.map((row) => row.replace(',barge,', ',,')))).map(([, at]) => at)).toEqual([
      '/rows/0/mode',
    ]);
    expect(refusals(read(runs, run[0]!.replace(',40,', ',,'), run[1]!, `${run[2]}7`)).map(([, at]) => at)).toEqual([
      '/rows/0/capacity',
      '/rows/2/cost',
    ]);
  });
});

describe('any text', () => {
  it('is read without throwing', () => {
    const cell = fc.oneof(
      fc.constantFrom('O-1', '4', '2026-03-03T06:00:00Z', '', '"', 'a"b', '\n', '-1', '1e999'),
      fc.string(),
    );
    const lines = fc.array(fc.array(cell, { maxLength: 8 }).map((cells) => cells.join(',')));
    fc.assert(
      fc.property(
        fc.constantFrom(
          orders,
          'service,mode,location,arrives,departs,capacity',
          'id,product,location,quantity,available',
          '',
          '"',
        ),
        lines,
        (header, rows) => {
          const reading = read(header, ...rows);
          if ('unreadable' in reading) expect(reading.unreadable).not.toEqual([]);
          else for (const item of reading.items) if (!item.ok) expect(item.faults).not.toEqual([]);
        },
      ),
    );
  });
});

describe('the examples in docs/formats-tables.md', () => {
  const examples = [
    ...readFileSync(new URL('../../../../docs/formats-tables.md', import.meta.url), 'utf8').matchAll(
      /```csv\n(.*?)```/gs,
    ),
  ];

  it.each(examples.map(([, text]) => [text!.slice(0, 20), text!]))('%s… are read whole', (_, text) => {
    expect(refusals(readCsv(text, reception))).toEqual([]);
  });

  it('name every column', () => {
    const document = readFileSync(new URL('../../../../docs/formats-tables.md', import.meta.url), 'utf8');
    const unnamed = Object.values(kinds).flatMap((columns) =>
      Object.keys(columns).filter((name) => !document.includes(`\`${name}\``)),
    );
    expect(unnamed).toEqual([]);
  });
});
