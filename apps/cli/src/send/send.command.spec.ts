import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { EventDraft } from '@portolan/domain';
import { decodeMapping, parseMapping } from '@portolan/formats';
import { runCommand } from '../testing/run-command.js';
import type { Outcome } from './outcome.js';
import { linesOf } from './dry-report.js';
import { table } from './report.js';
import { registerSend } from './send.command.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-send-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

const send = (...args: string[]) => runCommand(registerSend, 'send', ...args);

const orders = 'id,from,to,quantity,available\nO-1,A,B,1,2026-03-03T06:00:00Z\n';

describe('portolan send --dry-run', () => {
  it('tells what would be accepted, duplicate and rejected, and ends with 1', async () => {
    const path = file('mixed.csv', `${orders}O-1,A,B,1,2026-03-03T06:00:00Z\nO-2,A,A,x,soon\n`);
    const { out, code } = await send('--dry-run', path);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      accepted: 1,
      duplicates: 1,
      rejected: 1,
      files: [
        {
          file: path,
          items: [
            {
              index: 0,
              pointer: '/rows/0',
              events: [{ event: { type: 'org.portolan.order.placed', subject: 'O-1' } }],
            },
            { index: 1, events: [{ duplicate: true }] },
            { index: 2, rejected: [{ pointer: '/rows/2/quantity', value: 'x' }, { value: 'soon' }] },
          ],
        },
      ],
    });
  });

  it('tells the same of a file in parts, at the same places', async () => {
    const rows = Array.from({ length: 100 }, (_, id) => `O-${id},A,B,${id % 9 === 4 ? 'x' : 1},2026-03-03T06:00:00Z\n`);
    const path = file('long.csv.gz', gzipSync(`id,from,to,quantity,available\n${rows.join('')}`));
    const [whole, parts] = [await send('--dry-run', path), await send('--dry-run', '--part-size', '0.001', path)];
    const timeless = (out: string) => out.replaceAll(/"time":"[^"]*"/g, '').split('\n');
    expect(timeless(parts.out)).toEqual(timeless(whole.out));
    expect(JSON.parse(whole.out)).toMatchObject({ accepted: 89, rejected: 11 });
  });

  it('shows what is doubtful', async () => {
    const line = '!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23\n';
    const { out } = await send('--dry-run', file('doubt.nmea', line));
    expect(out).toContain('"flags":["time-of-reception: the sentence does not say when it was received"]');
  });

  it.each([
    ['a file cut off', gzipSync(orders.repeat(500)).subarray(0, 60), /was cut off/],
    ['a file that is not packed', orders, /is not gzip/],
    [
      'a file that unfolds beyond all measure',
      gzipSync(Buffer.alloc(80_000_000)),
      /more than 500 times|could be cut|not cut/,
    ],
  ])('refuses %s', async (_, contents, why) => {
    const { out, code } = await send('--dry-run', file('bad.csv.gz', contents));
    expect([code, JSON.parse(out).files[0].refused]).toEqual([1, expect.stringMatching(why)]);
  });

  it('reads what is compressed, and ends with 0 when all is well', async () => {
    expect(await send('--dry-run', file('orders.csv.gz', gzipSync(orders)))).toMatchObject({ code: 0 });
  });

  it('says why a file cannot be read at all', async () => {
    const { out, code } = await send('--dry-run', file('half.json', '{"events": ['));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      rejected: 1,
      files: [{ refused: expect.stringContaining('line 1, column 13') as string }],
    });
  });
});

const mapping = `format: portolan.mapping/1
name: dossiers
kind: orders
table: { decimal: ",", dates: dd/MM/yyyy, timeZone: Europe/Brussels }
fields: { id: Dossier, from: Van, to: Naar, quantity: Aantal, available: Klaar }
`;
const dossiers = 'Dossier;Van;Naar;Aantal;Klaar\nD-1;BEANR;BELGG;2,5;03/03/2026\n';

describe('portolan send --mapping', () => {
  it('reads a table as the mapping says', async () => {
    const args = ['--dry-run', '--mapping', file('dossiers.yaml', mapping), file('dossiers.csv', dossiers)];
    const { out, code } = await send(...args);
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ accepted: 1, rejected: 0 })]);
  });

  it('tells the same of a table in parts, at the same places', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, id) => `"D\n${id}";BEANR;BELGG;${id % 9 === 4 ? 'x' : 1};03/03/2026\n`,
    );
    const args = ['--dry-run', '--mapping', file('dossiers.yaml', mapping), file('long.csv', dossiers + rows.join(''))];
    const [whole, parts] = [await send(...args), await send(...args, '--part-size', '0.001')];
    const timeless = (out: string) => out.replaceAll(/"time":"[^"]*"/g, '').split('\n');
    expect(timeless(parts.out)).toEqual(timeless(whole.out));
    expect(JSON.parse(whole.out)).toMatchObject({ accepted: 90, rejected: 11 });
  });

  it('tells everything that is wrong with the mapping', async () => {
    const path = file('wrong.yaml', mapping.replace('orders', 'order').replace('"', '";'));
    expect(await send('--dry-run', '--mapping', path, file('dossiers.csv', dossiers))).toMatchObject({
      code: 1,
      told: expect.stringMatching(/\/kind line 3: must be one of[^]*\/table\/decimal line 4/) as string,
    });
  });

  it('is told when there is no such mapping, when it is too long, or when a format is named too', async () => {
    const table = file('dossiers.csv', dossiers);
    const long = file(
      'long.yaml',
      mapping.replace('id: Dossier', `id: { column: Dossier, values: { ${'x'.repeat(20_000)}: y } }`),
    );
    for (const [args, told] of [
      [['--mapping', 'nowhere.yaml'], /no such file/],
      [['--mapping', long], /too long to be sent along/],
      [['--mapping', 'dossiers', '--format', 'csv'], /exclude each other/],
    ] as const)
      expect(await send(...args, table)).toMatchObject({ code: 2, told: expect.stringMatching(told) as string });
  });
});

describe('portolan send', () => {
  type Reply = { status: number; body: unknown; headers?: Record<string, string> };
  const requests: { url: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  let replies: Reply[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ url: request.url!, headers: request.headers, body: Buffer.concat(chunks) });
      const { status, body, headers } = replies.shift() ?? {
        status: 202,
        body: { accepted: [{ index: 0, id: 'a' }], duplicates: [], rejected: [] },
      };
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  let to = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    requests.length = 0;
    replies = [];
  });

  it('sends each file with its type, the format, the cell and the key', async () => {
    const path = file('orders.csv', orders);
    expect(await send('--to', `${to}/`, '--format', 'csv', '--cell', 'genk', '--key', 'k', path)).toMatchObject({
      code: 0,
    });
    expect(requests).toMatchObject([
      { url: '/v1/messages?format=csv&cell=genk', headers: { 'content-type': 'text/csv', authorization: 'Bearer k' } },
    ]);
    expect(requests[0]!.body.toString()).toBe(orders);
  });

  it('sends a mapping along with the table, or only its name', async () => {
    const path = file('dossiers.xlsx', dossiers);
    await send('--to', to, '--mapping', file('dossiers.yaml', mapping), path);
    await send('--to', to, '--mapping', 'dossiers', path);
    expect(requests.map(({ url }) => url)).toEqual(['/v1/messages', '/v1/messages?format=dossiers']);
    expect(requests[0]!.headers['content-type']).toMatch(/spreadsheetml/);
    const sent = decodeMapping(String(requests[0]!.headers['x-portolan-mapping']));
    expect(sent).toEqual(parseMapping(mapping));
  });

  it('sends the mapping along with every part of a large table; one that only the service has goes whole', async () => {
    const path = file('dossiers.csv', dossiers + dossiers.split('\n')[1]!.concat('\n').repeat(60));
    const size = ['--part-size', '0.001'];
    await send('--to', to, '--mapping', file('dossiers.yaml', mapping), path, ...size);
    expect(requests.length).toBeGreaterThan(1);
    for (const { headers, body } of requests) {
      expect(decodeMapping(String(headers['x-portolan-mapping']))).toEqual(parseMapping(mapping));
      expect(body.toString()).toMatch(/^Dossier;/);
    }
    requests.length = 0;
    await send('--to', to, '--mapping', 'dossiers', path, ...size);
    await send('--to', to, path, ...size);
    expect(requests).toHaveLength(2);
  });

  it('sends a large file in messages of bounded size, and tells items and places as they are in the file', async () => {
    const row = 'O-1,A,B,1,2026-03-03T06:00:00Z\n';
    const fault = { pointer: '/rows/3/quantity', reason: 'line 5, column quantity: must be a number', value: 'x' };
    const receipt = (index: number) => ({
      accepted: [{ index, id: 'a' }],
      duplicates: [],
      rejected: [{ index: 3, ...fault }],
    });
    replies = [0, 1].map((index) => ({ status: 202, body: receipt(index) }));
    const { out } = await send(
      '--to',
      to,
      '--part-size',
      '0.001',
      file('März.csv', `id,from,to,quantity,available\n${row.repeat(40)}`),
    );
    expect(requests.map(({ url }) => url)).toEqual(Array(2).fill('/v1/messages'));
    expect(requests.map(({ headers }) => decodeURIComponent(String(headers['x-portolan-source'])))).toEqual([
      'März.csv',
      expect.stringMatching(/^März\.csv from item \d+, line \d+$/),
    ]);
    const [first, second] = requests.map(({ body }) => body.toString().split('\n').length - 2);
    expect([first! + second!, requests[1]!.body.toString().startsWith('id,from')]).toEqual([40, true]);
    expect(JSON.parse(out).files[0]).toMatchObject({
      accepted: [{ index: 0 }, { index: first! + 1 }],
      rejected: [
        { index: 3, ...fault },
        {
          index: first! + 3,
          pointer: `/rows/${first! + 3}/quantity`,
          reason: `line ${first! + 5}, column quantity: must be a number`,
        },
      ],
    });
  });

  it('ends with 1 when anything was rejected, also when nothing was accepted', async () => {
    const rejected = [{ index: 0, pointer: '/rows/0/quantity', reason: 'must be above 0', value: '-1' }];
    replies = [{ status: 422, body: { detail: 'None', accepted: [], duplicates: [], rejected } }];
    const { out, code } = await send('--to', to, file('orders.csv', orders));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ rejected: 1, files: [{ rejected }] });
  });

  it('tells a refused file with the places of what is wrong, and goes on with the others', async () => {
    replies = [
      { status: 400, body: { detail: 'The message is not JSON.', errors: [{ pointer: '', message: 'line 1' }] } },
    ];
    const { out, code } = await send('--to', to, file('a.json', '{'), file('b.csv', orders));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      accepted: 1,
      rejected: 1,
      files: [{ refused: 'The message is not JSON.; /: line 1' }, {}],
    });
  });

  it('waits and sends again when the service asks for it', async () => {
    replies = [{ status: 429, body: { retriable: true }, headers: { 'retry-after': '0.01' } }];
    expect(await send('--to', to, file('orders.csv', orders))).toMatchObject({ code: 0 });
    expect(requests).toHaveLength(2);
  });

  it.each<[string, Reply, RegExp]>([
    ['a service that lets nobody in', { status: 401, body: {} }, /--key or PORTOLAN_API_KEY/],
    ['something else', { status: 404, body: 'nothing here' }, /no Portolan service/],
    ['a page', { status: 200, body: '<html>' }, /is --to right/],
  ])('ends with 3 at %s', async (_, reply, told) => {
    replies = [reply];
    expect(await send('--to', to, file('orders.csv', orders))).toMatchObject({
      code: 3,
      told: expect.stringMatching(told) as string,
    });
  });

  it('ends with 3 when the service cannot be reached, and says what to do', async () => {
    const { code, told } = await send('--to', 'http://127.0.0.1:1', file('orders.csv', orders));
    expect([code, told]).toEqual([3, expect.stringMatching(/cannot reach http:\/\/127\.0\.0\.1:1.*portolan up/s)]);
  });

  it.each([
    ['a file that is not there', ['nowhere.csv'], /no such file/],
    ['a folder', [folder], /it is a folder/],
    ['a URL that is none', ['--to', 'localhost:8080', 'x'], /--to \(localhost:8080\) must be a URL/],
    ['an unknown format', ['--format', 'dsca', 'x'], /must be one of cloudevents/],
    ['no file at all', [], /missing required argument/],
  ])('ends with 2 at %s', async (_, args, told) => {
    expect(await send(...args)).toMatchObject({ code: 2, told: expect.stringMatching(told) as string });
  });
});

describe('the table for people', () => {
  it('has a line a file, and every reason with its place and value', () => {
    const outcome: Outcome = {
      file: 'orders.csv',
      accepted: [{ index: 0, id: 'a' }],
      duplicates: [],
      rejected: [
        { index: 12, pointer: '/rows/12/quantity', reason: 'line 14, column quantity: must be above 0', value: '-1' },
      ],
    };
    expect(table([outcome, { ...outcome, file: 'x', accepted: [], rejected: [], refused: 'is empty' }])).toBe(
      [
        'file        accepted  duplicate  rejected',
        'orders.csv         1          0         1',
        'x                  0          0       all',
        '',
        'orders.csv item 12: /rows/12/quantity ("-1"): line 14, column quantity: must be above 0',
        'x: is empty',
        '',
      ].join('\n'),
    );
  });
});

describe('the lines of a dry run', () => {
  const event = {
    id: 'O-1@1',
    source: '/erp',
    type: 'org.portolan.order.placed',
    subject: 'O-1',
    time: '2026-03-02T07:00:00Z',
    data: { id: 'O-1', from: 'BEANR', to: 'BELGG\u001b[2J', quantity: 2, extensions: { colour: 'red' } },
  } as unknown as EventDraft;

  it('have the type, subject, time and key facts of an event, and its doubts; nothing in them steers the terminal', () =>
    expect(linesOf({ index: 0, pointer: '/0', events: [{ event, flags: ['local-time: no offset'] }] })).toEqual([
      'order.placed         O-1              2026-03-02T07:00:00Z  from BEANR, to BELGG [2J, quantity 2',
      '                     ? local-time: no offset',
    ]));

  it('have place, value and reason of all that is wrong', () =>
    expect(
      linesOf({
        index: 3,
        pointer: '/3',
        rejected: [{ pointer: '/3/time', value: 'soon', message: 'must be an instant' }],
      }),
    ).toEqual(['rejected             item 3 /3/time ("soon"): must be an instant']));
});
