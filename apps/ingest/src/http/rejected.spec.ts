import { rejectedMessage, rejection, rejectionDetail, retried, retriedAll } from '@portolan/domain';
import { topics } from '@portolan/streams';
import { type ReadIncoming, readIncoming } from '../intake/message.js';
import { type Service, startService } from '../testing/service.js';

const orders = `id,from,to,quantity,available
O-1,BEANR-869,BELGG,2,2026-03-03T06:00:00Z
O-2,BEANR-869,BELGG,two,2026-03-03T06:00:00Z
O-3,BEANR-869,BELGG,3,2026-03-03T06:00:00Z
`;

/** As an adapter that was mended would: it knows numbers in words. */
const mended: ReadIncoming = (message, received) => {
  const text = Buffer.from(message.body).toString().replace(',two,', ',2,');
  return readIncoming({ ...message, body: Buffer.from(text) }, received);
};

describe('rejections over HTTP', () => {
  let service: Service;
  let read = readIncoming;
  beforeEach(async () => {
    read = readIncoming;
    service = await startService({ read: (message, received) => read(message, received) });
    const headers = { 'content-type': 'text/csv', 'x-portolan-source': encodeURIComponent('bestellingen/März.csv') };
    await service.post('/v1/messages', orders, headers);
  });
  afterEach(() => service.close());

  const listed = async (query = '') => (await service.get(`/v1/rejected${query}`)).json['data'] as { id: string }[];

  it('a row that is wrong is listed, shown in its table, and an event once its adapter is mended', async () => {
    const [one] = await listed();
    expect(rejection.parse(one)).toMatchObject({
      format: 'csv-orders',
      source: 'bestellingen/März.csv',
      pointer: '/rows/1',
      faults: [{ pointer: '/rows/1/quantity', value: 'two' }],
    });
    const { json } = await service.get(`/v1/rejected/${one!.id}`);
    expect(rejectedMessage.parse(rejectionDetail.parse(json).message)).toMatchObject({
      line: 3,
      column: 1,
      from: 1,
      excerpt: orders.trimEnd(),
    });
    expect(await service.post(`/v1/rejected/${one!.id}/retry`, '')).toMatchObject({
      status: 200,
      json: { status: 'rejected' },
    });
    expect(await listed()).toHaveLength(1);
    read = mended;
    const again = await service.post(`/v1/rejected/${one!.id}/retry`, '');
    expect(retried.parse(again.json)).toMatchObject({ status: 'resolved', accepted: 1 });
    expect(await service.records(topics.events)).toHaveLength(3);
    expect([await listed(), await listed('?all=true')]).toMatchObject([[], [{ resolved: true }]]);
  });

  it('those that are meant are tried together', async () => {
    read = mended;
    const others = await service.post('/v1/rejected/retry?format=dcsa', '');
    const all = await service.post('/v1/rejected/retry?reason=NUMBER&source=m%C3%A4rz', '');
    expect([others, all].map(({ json }) => retriedAll.parse(json).tried)).toEqual([0, 1]);
  });

  it.each([
    ['?since=2026-03-02T08:00:00Z', 1],
    ['?since=2026-03-02T08:00:01Z', 0],
    ['?reason=must%20be%20a%20number', 1],
    ['?reason=colour', 0],
    ['?format=csv', 1],
    ['?format=unknown', 0],
    ['?source=M%C3%84RZ.csv', 1],
  ])('%s finds %d', async (query, count) => expect(await listed(query)).toHaveLength(count));

  it.each([
    ['/v1/rejected?since=yesterday', 400, 'invalid-parameter', /since \(yesterday\) must be an RFC 3339/],
    ['/v1/rejected?limit=0', 400, 'invalid-parameter', /1 or more/],
    [
      '/v1/rejected?colour=red',
      400,
      'invalid-parameter',
      /there are since, reason, format, source, all, cursor, limit/,
    ],
    ['/v1/rejected?cursor=abc', 400, 'invalid-parameter', /not one that this service gave/],
    ['/v1/rejected/0-99', 404, 'not-found', /no rejection 0-99/],
    ['/v1/rejected/9-0', 404, 'not-found', /no rejection/],
    ['/v1/rejected/nonsense', 404, 'not-found', /no rejection/],
  ])('%s is told what is wrong', async (path, status, code, told) => {
    const answer = await service.get(path);
    expect(answer).toMatchObject({ status, json: { code, detail: expect.stringMatching(told) as string } });
  });

  it('a cursor belongs to its query', async () => {
    await service.post('/v1/messages', orders, { 'content-type': 'text/csv' });
    const { next } = (await service.get('/v1/rejected?limit=1')).json as { next: string };
    expect(await listed(`?limit=1&cursor=${next}`)).toHaveLength(1);
    expect(await service.get(`/v1/rejected?limit=1&format=csv&cursor=${next}`)).toMatchObject({ status: 400 });
  });
});
