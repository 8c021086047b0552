import { brotliCompressSync, gzipSync } from 'node:zlib';
import { decodeEvent } from '@portolan/formats';
import { type EventLog, LogError, topics } from '@portolan/streams';
import { type Service, startService } from './testing/service.js';

const order = (id: string, data: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  id: `erp/${id}@1`,
  source: '/erp',
  type: 'org.portolan.order.placed',
  subject: id,
  time: '2026-03-02T07:00:00Z',
  data: { id, from: 'BEANR-869', to: 'BELGG', quantity: 2, available: '2026-03-03T06:00:00Z', ...data },
});
const shipment = {
  eventID: '3cecb101-7a1a-43a4-9d62-e88a131651e3',
  eventCreatedDateTime: '2026-03-01T09:00:00Z',
  eventType: 'SHIPMENT',
  eventClassifierCode: 'ACT',
  eventDateTime: '2026-03-01T09:00:00Z',
  shipmentEventTypeCode: 'CONF',
  documentID: 'ABC123',
  documentTypeCode: 'BKG',
};
const structured = { 'content-type': 'application/cloudevents+json' };
const batched = { 'content-type': 'application/cloudevents-batch+json' };
const plain = { 'content-type': 'application/json' };
const csv = { 'content-type': 'text/csv' };

describe('ingest', () => {
  let service: Service;
  beforeEach(async () => (service = await startService({ bodyLimit: 200_000 })));
  afterEach(() => service.close());

  it('accepts a CloudEvent once the log has it, and knows it when it comes again', async () => {
    const first = await service.post('/v1/events', JSON.stringify(order('O-1')), structured);
    expect(first).toMatchObject({
      status: 202,
      json: { accepted: [{ index: 0, id: 'erp/O-1@1' }], duplicates: [], rejected: [] },
    });
    const [record] = await service.records(topics.events);
    expect(record).toMatchObject({
      key: 'antwerp',
      headers: { ce_id: 'erp/O-1@1', ce_recordedtime: '2026-03-02T08:00:00Z' },
    });
    expect(decodeEvent(record!)).toMatchObject({
      ok: true,
      value: { type: 'org.portolan.order.placed', partitionkey: 'antwerp' },
    });
    const again = await service.post('/v1/events', JSON.stringify(order('O-1')), structured);
    expect(again).toMatchObject({ status: 202, json: { accepted: [], duplicates: [{ index: 0, id: 'erp/O-1@1' }] } });
    expect(await service.records(topics.events)).toHaveLength(1);
  });

  it('keeps the bytes as they came, with their headers but without credentials', async () => {
    const body = `\uFEFF${JSON.stringify(order('O-1'))}\n`;
    await service.post('/v1/events', body, { ...structured, authorization: 'Bearer secret', cookie: 'a=b' });
    const [record] = await service.records(topics.inbox);
    expect(Buffer.from(record!.value).toString()).toBe(body);
    expect(record!.headers).toMatchObject({
      'content-type': 'application/cloudevents+json',
      received: '2026-03-02T08:00:00Z',
    });
    expect(JSON.stringify(record!.headers)).not.toMatch(/secret|a=b/);
  });

  it('judges a batch item by item, and keeps what it rejected with the reasons', async () => {
    const batch = [order('O-1'), order('O-2', { colour: 'red', quantity: -1 }), order('O-1')];
    const { status, json } = await service.post('/v1/events', JSON.stringify(batch), batched);
    expect(status).toBe(202);
    expect(json).toEqual({
      accepted: [{ index: 0, id: 'erp/O-1@1' }],
      duplicates: [{ index: 2, id: 'erp/O-1@1' }],
      rejected: [
        {
          index: 1,
          pointer: '/1/data/quantity',
          value: -1,
          reason: expect.any(String) as string,
          errors: [
            expect.objectContaining({ pointer: '/1/data/quantity' }),
            { pointer: '/1/data/colour', value: 'red', reason: 'is not a known field' },
          ],
        },
      ],
    });
    const [rejected] = await service.records(topics.rejected);
    expect(JSON.parse(Buffer.from(rejected!.value).toString())).toMatchObject({
      index: 1,
      pointer: '/1',
      format: 'cloudevents',
      inbox: { partition: 0, offset: 0 },
    });
  });

  it('takes binary mode, and attributes it does not let senders set it sets itself', async () => {
    const { id, source, type, data } = order('O-1');
    const headers = {
      ...plain,
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-source': source,
      'ce-type': type,
      'ce-partitionkey': 'theirs',
    };
    expect(await service.post('/v1/events', JSON.stringify(data), headers)).toMatchObject({
      status: 202,
      json: { accepted: [{ id }] },
    });
    expect((await service.records(topics.events))[0]).toMatchObject({
      key: 'antwerp',
      headers: { ce_partitionkey: 'antwerp' },
    });
  });

  it('recognises a message by its content, by its type, or by the format named', async () => {
    const table = 'id,from,to,quantity,available\nO-7,A,B,1,2026-03-03T06:00:00Z\n';
    expect(await service.post('/v1/messages', JSON.stringify([shipment]), plain)).toMatchObject({
      status: 202,
      json: { accepted: [{ index: 0 }] },
    });
    expect(await service.post('/v1/messages', table, csv)).toMatchObject({
      status: 202,
      json: { accepted: [{ index: 0 }] },
    });
    expect(
      await service.post('/v1/messages?format=csv', table, { 'content-type': 'application/x-whatever' }),
    ).toMatchObject({ json: { duplicates: [{ index: 0 }] } });
    expect(await service.post('/v1/messages', JSON.stringify(order('O-8')), structured)).toMatchObject({
      json: { accepted: [{ id: 'erp/O-8@1' }] },
    });
  });

  it('puts a message into the cell it names', async () => {
    await service.post('/v1/events?cell=genk', JSON.stringify(order('O-1')), structured);
    const other = await service.post('/v1/events', JSON.stringify(order('O-1')), {
      ...structured,
      'x-portolan-cell': 'liege',
    });
    expect(other).toMatchObject({ json: { accepted: [{ index: 0 }] } });
    expect((await service.records(topics.events)).map(({ key }) => key)).toEqual(['genk', 'liege']);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('a bomb in %s is refused at the limit, and never unpacked whole', async (encoding, compressed) => {
    const bomb = new Uint8Array(compressed(Buffer.alloc(30_000_000, '[')));
    expect(bomb.length).toBeLessThan(50_000);
    const [before, began] = [process.resourceUsage().maxRSS, performance.now()];
    const answer = await service.post('/v1/messages', bomb, { ...structured, 'content-encoding': encoding });
    expect(answer).toMatchObject({ status: 413, json: { code: 'body-too-large' } });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(100_000);
  });

  it('takes compressed bodies, and limits what they become', async () => {
    const gzip = { ...structured, 'content-encoding': 'gzip' };
    expect(await service.post('/v1/events', gzipSync(JSON.stringify(order('O-1'))), gzip)).toMatchObject({
      status: 202,
    });
    expect(await service.post('/v1/events', gzipSync(Buffer.alloc(5_000_000)), gzip)).toMatchObject({
      status: 413,
      json: { code: 'body-too-large' },
    });
    expect(await service.post('/v1/events', 'no gzip', gzip)).toMatchObject({
      status: 400,
      json: { code: 'malformed-encoding' },
    });
    expect(await service.post('/v1/events', 'x', { ...structured, 'content-encoding': 'zip' })).toMatchObject({
      status: 415,
      json: { code: 'unsupported-encoding' },
    });
  });

  it.each([
    ['malformed JSON', '/v1/events', '{"id": 1,\n  oops}', structured, 400, 'malformed-json', /line 2, column 3/],
    ['an empty body', '/v1/events', '', structured, 400, 'empty-body', /empty/],
    ['only white space', '/v1/messages', ' \n ', plain, 400, 'empty-body', /empty/],
    [
      'a content type that is none',
      '/v1/events',
      '{}',
      { 'content-type': 'nonsense' },
      415,
      'unsupported-media-type',
      /nonsense/,
    ],
    [
      'an image',
      '/v1/messages',
      'GIF89a',
      { 'content-type': 'image/gif' },
      415,
      'unsupported-media-type',
      /image\/gif.*text\/csv/,
    ],
    ['CSV where events belong', '/v1/events', 'a,b', csv, 415, 'unsupported-media-type', /text\/csv/],
    [
      'an unknown field',
      '/v1/events',
      JSON.stringify(order('O-1', { colour: 'red' })),
      structured,
      422,
      'validation',
      /None of the 1 items/,
    ],
    [
      'an absurd date',
      '/v1/events',
      JSON.stringify({ ...order('O-1'), time: '9026-03-02T07:00:00Z' }),
      structured,
      422,
      'validation',
      /None/,
    ],
    ['a text of no standard', '/v1/messages', 'hello', plain, 422, 'validation', /no standard known/],
    ['an unknown column', '/v1/messages', 'id,to,quantity,colour\n', csv, 422, 'validation', /not a column of orders/],
    ['an unknown format', '/v1/messages?format=dsca', '{}', plain, 400, 'invalid-parameter', /dcsa/],
    ['an impossible cell', '/v1/messages?cell=a/b', '{}', plain, 400, 'invalid-parameter', /cell \(a\/b\)/],
    ['brackets without an end', '/v1/events', '['.repeat(100_000), structured, 400, 'malformed-json', /nested deeper/],
    [
      'bytes that are no text',
      '/v1/messages',
      Buffer.from([0xff, 0x00, 0xfe]),
      plain,
      400,
      'malformed-encoding',
      /not UTF-8/,
    ],
  ])('refuses %s with a reason, and lives', async (_, path, body, headers, status, code, told) => {
    const answer = await service.post(path, body, headers as Record<string, string>);
    expect(answer).toMatchObject({
      status,
      type: expect.stringContaining('application/problem+json') as string,
      json: { code },
    });
    expect(JSON.stringify(answer.json)).toMatch(told);
    expect(await service.post('/v1/events', JSON.stringify(order('O-9')), structured)).toMatchObject({ status: 202 });
  });

  it('refuses a body of 50 MB, and one that does not say how long it is, and lives', async () => {
    const huge = Buffer.alloc(50_000_000, ' ');
    expect(await service.post('/v1/events', huge, structured)).toMatchObject({
      status: 413,
      json: { code: 'body-too-large' },
    });
    const stream = new ReadableStream({
      start: (controller) => {
        for (let part = 0; part < 50; part += 1) controller.enqueue(new Uint8Array(1_000_000));
        controller.close();
      },
    });
    const response = await fetch(`${service.url}/v1/events`, {
      method: 'POST',
      body: stream,
      headers: structured,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await service.post('/v1/events', JSON.stringify(order('O-9')), structured)).toMatchObject({ status: 202 });
  });

  it('is unharmed by keys that mean something to JavaScript', async () => {
    const body = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(order('O-1')).slice(1)}`;
    expect((await service.post('/v1/events', body, structured)).status).toBeLessThan(500);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('ingest with a log that fails or is slow', () => {
  const services: Service[] = [];
  afterEach(async () => Promise.all(services.splice(0).map((service) => service.close())));

  const start = async (append: EventLog['append'], options: { maxRequests?: number } = {}): Promise<Service> => {
    const log = { append, close: async () => undefined } as unknown as EventLog;
    const service = await startService({ ...options, log });
    services.push(service);
    return service;
  };

  it('says that the message may be sent again', async () => {
    const service = await start(async () => Promise.reject(new LogError('log-unreachable', 'no broker', true)));
    const answer = await service.post('/v1/events', JSON.stringify(order('O-1')), structured);
    expect(answer).toMatchObject({ status: 503, json: { code: 'log-unreachable', retriable: true } });
  });

  it('tells senders to come again instead of queueing without an end', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const service = await start(
      async (topic, records) => {
        await held;
        return records.map((_, offset) => ({ topic, partition: 0, offset, duplicate: false }));
      },
      { maxRequests: 2 },
    );
    const send = (id: string) => service.post('/v1/events', JSON.stringify(order(id)), structured);
    const waiting = ['O-1', 'O-2', 'O-3'].map(send);
    const first = await Promise.race(waiting).finally(release);
    expect(first).toMatchObject({ status: 429, json: { code: 'too-many-requests', retriable: true } });
    expect((await Promise.all(waiting)).map(({ status }) => status).sort()).toEqual([202, 202, 429]);
    expect(await send('O-4')).toMatchObject({ status: 202 });
  });
});
