import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RejectionDetail } from '@portolan/domain';
import { openEmbeddedLog, topics } from '@portolan/streams';
import { runCommand } from '../testing/run-command.js';
import { registerRejected } from './rejected.command.js';
import { outcome, sheet, table } from './report.js';

const rejected = (...args: string[]) => runCommand(registerRejected, 'rejected', ...args);

const detail: RejectionDetail = {
  id: '0-17',
  cell: 'antwerp',
  received: '2026-03-02T08:00:00Z',
  format: 'csv-orders',
  source: 'orders.csv',
  index: 1,
  pointer: '/rows/1',
  faults: [
    { pointer: '/rows/1/quantity', value: 'two\u001b[2J', message: 'must be a number' },
    { pointer: '/rows/1/due', message: 'is required' },
  ],
  inbox: { partition: 0, offset: 4 },
  resolved: false,
  message: { contentType: 'text/csv', bytes: 60, line: 3, column: 1, from: 2, excerpt: 'O-1,1\nO-2,two\nO-3,3' },
};
const { message: _message, ...rejection } = detail;

describe('portolan rejected, from a service', () => {
  let answers: { status?: number; body: unknown }[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    const { status = 200, body } = answers.shift() ?? { body: {} };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  let to: string[] = [];
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    to = ['--to', `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
  });
  afterAll(() => server.close());
  beforeEach(() => (asked.length = 0));

  it('lists what is meant, over as many pages as it takes, with the key', async () => {
    answers = [{ body: { data: [], next: 'abc' } }, { body: { data: [rejection] } }];
    const { out, code } = await rejected('list', ...to, '--key', 'k', '--reason', 'a b', '--limit', '2', '--all');
    expect([code, JSON.parse(out)]).toEqual([0, { data: [rejection], more: false }]);
    expect(asked).toEqual([
      'GET /v1/rejected?reason=a+b&all=true&limit=2 Bearer k',
      'GET /v1/rejected?reason=a+b&all=true&limit=2&cursor=abc Bearer k',
    ]);
  });

  it('shows one', async () => {
    answers = [{ body: detail }];
    expect(JSON.parse((await rejected('show', '0-17', ...to)).out)).toEqual(detail);
  });

  it('tries those that are named again, and ends with 1 when one stays rejected', async () => {
    const counts = { accepted: 1, duplicates: 0, rejected: 0 };
    answers = [
      { body: { id: '0-1', status: 'resolved', ...counts } },
      { body: { id: '0-2', status: 'rejected', ...counts, accepted: 0, faults: [] } },
    ];
    const { out, code } = await rejected('retry', '0-1', '0-2', ...to);
    expect([code, JSON.parse(out)]).toEqual([1, { tried: 2, resolved: 1, rejected: 1, accepted: 1, duplicates: 0 }]);
  });

  it('tries all that are meant again, request after request', async () => {
    const part = { tried: 2, resolved: 2, rejected: 0, accepted: 3, duplicates: 1 };
    answers = [{ body: { ...part, next: 'abc' } }, { body: part }];
    const { out, code } = await rejected('retry', '--format', 'csv', ...to);
    expect([code, JSON.parse(out)]).toEqual([0, { tried: 4, resolved: 4, rejected: 0, accepted: 6, duplicates: 2 }]);
    expect(asked).toEqual(['POST /v1/rejected/retry?format=csv', 'POST /v1/rejected/retry?format=csv&cursor=abc']);
  });

  it.each([
    ['one that is not there', 2, ['show', '0-9'], { status: 404, body: { code: 'not-found' } }, /no rejection 0-9/],
    ['a filter that is wrong', 2, ['list'], { status: 400, body: { detail: 'since (x) must be' } }, /since \(x\)/],
    ['a service that lets nobody in', 3, ['list'], { status: 401, body: {} }, /--key or PORTOLAN_API_KEY/],
    ['something else', 3, ['list'], { status: 404, body: 'nothing' }, /cannot tell what was rejected/],
    ['ids and a filter', 2, ['retry', '0-1', '--reason', 'x'], { body: {} }, /not both/],
  ])('at %s ends with %d', async (_, code, args, answer, told) => {
    answers = [answer];
    expect(await rejected(...args, ...to)).toMatchObject({ code, told: expect.stringMatching(told) as string });
  });

  it('says what to do where no service is', async () =>
    expect(await rejected('list', '--to', 'http://127.0.0.1:1')).toMatchObject({
      code: 3,
      told: expect.stringMatching(/cannot reach.*portolan up/s) as string,
    }));
});

describe('portolan rejected, from a folder on which nothing runs', () => {
  const data = mkdtempSync(join(tmpdir(), 'portolan-rejected-'));
  afterAll(() => rmSync(data, { recursive: true }));

  it('lists and resolves what an adapter of earlier days rejected', async () => {
    const log = await openEmbeddedLog({ directory: join(data, 'log') });
    const body = 'id,from,to,quantity,available\nO-1,A,B,1,2026-03-03T06:00:00Z\n';
    const headers = { 'content-type': 'text/csv', received: rejection.received };
    await log.append(topics.inbox, [{ key: 'antwerp', value: body, headers }]);
    const record = {
      index: 0,
      pointer: '/rows/0',
      faults: detail.faults,
      inbox: { partition: 0, offset: 0 },
      received: rejection.received,
    };
    await log.append(topics.rejected, [{ key: 'antwerp', value: JSON.stringify(record) }]);
    await log.close();
    expect(JSON.parse((await rejected('list', '--data', data)).out)).toMatchObject({ data: [{ id: '0-0' }] });
    expect(await rejected('retry', '--data', data)).toMatchObject({
      code: 0,
      out: expect.stringContaining('"resolved":1') as string,
    });
    expect(JSON.parse((await rejected('list', '--data', data)).out)).toEqual({ data: [], more: false });
  });

  it('reads tables by the mappings that the configuration names', async () => {
    const log = await openEmbeddedLog({ directory: join(data, 'log') });
    const headers = { 'content-type': 'text/csv', received: rejection.received };
    const body = 'Dossier;Van;Naar;Aantal;Klaar\nD-1;BEANR;BELGG;2;2026-03-03T06:00:00Z\n';
    const [inbox] = await log.append(topics.inbox, [{ key: 'antwerp', value: body, headers }]);
    const record = { pointer: '', faults: detail.faults, inbox: { partition: 0, offset: inbox!.offset } };
    await log.append(topics.rejected, [
      { key: 'antwerp', value: JSON.stringify({ ...record, received: rejection.received }) },
    ]);
    await log.close();
    expect(await rejected('retry', '--data', data)).toMatchObject({ code: 1 });
    writeFileSync(
      join(data, 'dossiers.yaml'),
      'format: portolan.mapping/1\nname: dossiers\nkind: orders\n' +
        'fields: { id: Dossier, from: Van, to: Naar, quantity: Aantal, available: Klaar }\n',
    );
    process.env.PORTOLAN_MAPPINGS = data;
    const { out } = await rejected('retry', '--data', data);
    delete process.env.PORTOLAN_MAPPINGS;
    expect(JSON.parse(out)).toMatchObject({ resolved: 1, accepted: 1 });
  });

  it('says that a folder is no such folder, and makes none', async () =>
    expect(await rejected('list', '--data', join(data, 'typo'))).toMatchObject({
      told: expect.stringMatching(/no log in/) as string,
    }));
});

describe('for people', () => {
  it('a list has a line for each, and nothing in it steers the terminal', () =>
    expect(table([rejection, { ...rejection, format: undefined, source: undefined, resolved: true }], true)).toBe(
      [
        'id    received              format      source      place    state     why',
        '0-17  2026-03-02T08:00:00Z  csv-orders  orders.csv  /rows/1  open      /rows/1/quantity ("two\\u001b[2J"): must be a number (and 1 more)',
        '0-17  2026-03-02T08:00:00Z  ?           -           /rows/1  resolved  /rows/1/quantity ("two\\u001b[2J"): must be a number (and 1 more)',
        '',
      ].join('\n'),
    ));

  it('a record that a reader could not take is shown with its place, who could not, and how often it was tried', () => {
    const { inbox: _inbox, format: _format, index: _index, message: _text, ...rest } = detail;
    const record = { topic: 'portolan.events', partition: 3, offset: 17 };
    const passed = { ...rest, pointer: '', record, reader: 'optimizer', tries: 6 };
    expect(table([passed], false).split('\n')[1]).toContain('  portolan.events/3/17  ');
    const lines = sheet(passed).split('\n');
    expect(lines).toContain('record     portolan.events/3/17');
    expect(lines).toContain('reader     optimizer, after 6 tries');
  });

  it('one has all that is wrong, and the line of the message marked', () => {
    const text = sheet(detail);
    expect(text).toContain('  /rows/1/due: is required\n');
    expect(text).toContain('60 bytes, text/csv\n       2 | O-1,1\n>      3 | O-2,two\n       4 | O-3,3\n');
  });

  it('a retry tells what it came to', () =>
    expect(outcome({ tried: 3, resolved: 2, rejected: 1, accepted: 4, duplicates: 1 })).toBe(
      '3 tried again: 2 resolved (4 events new, 1 there before), 1 still rejected\n',
    ));
});
