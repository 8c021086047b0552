import { type Recommendation, recommendation } from '@portolan/domain';
import { publish, recommendationOf, stepOf } from '../testing/publications.js';
import { type Answer, Service } from '../testing/service.js';

const idsOf = ({ json }: Answer) => (json['data'] as Recommendation[]).map(({ id }) => id);

describe('the list of recommendations', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
    const other = {
      type: 'org.portolan.location.closed',
      id: 'closed/7',
      time: '2026-03-05T06:00:00Z',
      position: 9,
      summary: 'closed',
    };
    await publish(
      service.log,
      stepOf(1, {
        recommendations: [
          recommendationOf('small', {
            saving: 30,
            kind: 'book',
            decideBy: '2026-03-05T09:00:00Z',
            updatedAt: '2026-03-05T06:20:00Z',
          }),
          recommendationOf('large', {
            saving: 900,
            decideBy: '2026-03-07T09:00:00Z',
            updatedAt: '2026-03-05T06:10:00Z',
          }),
          recommendationOf('same', {
            saving: 900,
            causes: [other],
            decideBy: undefined,
            updatedAt: '2026-03-05T06:30:00Z',
          }),
          recommendationOf('cost', {
            saving: -40,
            kind: 'accept-delay',
            change: { shipment: 'X/1', order: 'X', to: 'DEDUI' },
          }),
          recommendationOf('gone', { saving: 5000, status: 'superseded', statusReason: 'the best plan has changed' }),
        ],
      }),
      stepOf(1, {
        cell: 'rotterdam',
        position: 5,
        recommendations: [recommendationOf('there', { cell: 'rotterdam' })],
      }),
    );
    await service.settled();
  });
  afterAll(() => service.dispose());

  const list = (query = '') => service.get(`/v1/recommendations${query}`);

  it('shows the open ones of the cell, whole, the greatest saving first', async () => {
    const answer = await list();
    expect([answer.status, idsOf(answer)]).toEqual([200, ['large', 'same', 'small', 'cost']]);
    expect(answer.json).not.toHaveProperty('next');
    for (const each of answer.json['data'] as unknown[]) expect(recommendation.safeParse(each).success).toBe(true);
  });

  it.each([
    ['?status=superseded', ['gone']],
    ['?status=open,superseded&minSaving=900', ['gone', 'large', 'same']],
    ['?status=open&status=superseded&minSaving=900.5', ['gone']],
    ['?kind=book,accept-delay', ['small', 'cost']],
    ['?shipment=X/1', ['cost']],
    ['?shipment=X', ['cost']],
    ['?location=DEDUI', ['cost']],
    ['?location=BELGG', ['large', 'same', 'small', 'cost']],
    ['?cause=closed/7', ['same']],
    ['?cause=org.portolan.location.closed', ['same']],
    ['?minSaving=-40&kind=accept-delay', ['cost']],
    ['?decideBefore=2026-03-05T11:00:00%2B01:00', ['small']],
    ['?sort=saving', ['cost', 'small', 'large', 'same']],
    ['?sort=decideBy', ['small', 'cost', 'large', 'same']],
    ['?sort=-decideBy', ['large', 'cost', 'small', 'same']],
    ['?sort=-updatedAt&limit=2', ['same', 'small']],
    ['?cell=rotterdam', ['there']],
    ['?cell=nowhere', []],
  ])('%s finds %j', async (query, ids) => expect(idsOf(await list(query))).toEqual(ids));

  it.each(['-saving', 'saving', 'decideBy', '-decideBy', '-updatedAt'])(
    'goes on where a page ended, by %s',
    async (sort) => {
      const seen: string[] = [];
      let path = `?sort=${sort}&limit=1`;
      for (let next: unknown = ''; next !== undefined; path = `?sort=${sort}&limit=1&cursor=${String(next)}`) {
        const page = await list(path);
        seen.push(...idsOf(page));
        next = page.json['next'];
      }
      expect(seen).toEqual(idsOf(await list(`?sort=${sort}`)));
    },
  );

  it('takes a cursor with the query it was made for only', async () => {
    const { json } = await list('?limit=1');
    const cursor = String(json['next']);
    expect((await list(`?limit=3&cursor=${cursor}`)).status).toBe(200);
    for (const query of [
      `?sort=saving&cursor=${cursor}`,
      '?cursor=hello',
      '?cursor=W10',
      '?cursor=',
      `?cell=x&cursor=${cursor}`,
    ]) {
      const answer = await list(query);
      expect([answer.status, answer.json['code']]).toEqual([400, 'invalid-parameter']);
    }
  });

  it('names every wrong parameter, its value and what would be right', async () => {
    const answer = await list(
      '?status=opne&minSaving=much&decideBefore=tomorrow&limit=501&sort=size&colour=red&kind=&shipment=a&shipment=b',
    );
    expect([answer.status, answer.json['type']]).toEqual([400, 'urn:portolan:problem:invalid-parameter']);
    expect(answer.json['errors']).toEqual([
      {
        pointer: '/status',
        value: 'opne',
        message: 'must be one or more of open, accepted, rejected, expired, superseded, separated by commas',
      },
      {
        pointer: '/kind',
        value: '',
        message: 'must be one or more of book, reroute, reallocate, hold, expedite, accept-delay, separated by commas',
      },
      { pointer: '/shipment', value: ['a', 'b'], message: 'must be given once' },
      { pointer: '/minSaving', value: 'much', message: 'must be a number, such as 250' },
      {
        pointer: '/decideBefore',
        value: 'tomorrow',
        message: expect.stringMatching(/^must be an RFC 3339 instant/) as string,
      },
      {
        pointer: '/sort',
        value: 'size',
        message: 'must be one of saving, -saving, decideBy, -decideBy, updatedAt, -updatedAt',
      },
      { pointer: '/limit', value: '501', message: 'must be 500 or less' },
      {
        pointer: '/colour',
        value: 'red',
        message: expect.stringMatching(/^is not a parameter here; there are status, kind/) as string,
      },
    ]);
    expect(answer.json['detail']).toMatch(
      /^status \(opne\) must be one or more of open, .*; minSaving \(much\) must be a number/,
    );
  });

  it.each([
    '?limit=0',
    '?limit=-1',
    '?limit=1e2',
    '?limit=',
    '?minSaving=',
    '?minSaving=Infinity',
    '?__proto__=1',
    '?toString=1',
    '?limit=10&limit=10',
  ])('%s is refused', async (query) => expect((await list(query)).status).toBe(400));
});

describe('one recommendation', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
    await publish(service.log, stepOf(1, { recommendations: [recommendationOf('one')] }));
    await service.settled();
  });
  afterAll(() => service.dispose());

  it('is what was published, with when it was changed', async () => {
    const { status, json, headers } = await service.get('/v1/recommendations/one');
    expect([status, json]).toEqual([200, recommendationOf('one')]);
    expect(headers.get('last-modified')).toBe('Thu, 05 Mar 2026 06:10:00 GMT');
    expect(headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
  });

  it('is not sent again to who has it', async () => {
    const etag = (await service.get('/v1/recommendations/one')).headers.get('etag')!;
    const known: Record<string, string>[] = [
      { 'if-none-match': `"other", ${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': 'Thu, 05 Mar 2026 06:10:00 GMT' },
    ];
    for (const headers of known) {
      const answer = await service.get('/v1/recommendations/one', headers);
      expect([answer.status, answer.json, answer.headers.get('etag')]).toEqual([304, {}, etag]);
    }
    const older: Record<string, string>[] = [
      { 'if-none-match': '"other"', 'if-modified-since': 'Fri, 06 Mar 2026 06:10:00 GMT' },
      { 'if-modified-since': 'Thu, 05 Mar 2026 06:09:59 GMT' },
    ];
    for (const headers of older) expect((await service.get('/v1/recommendations/one', headers)).status).toBe(200);
  });

  it('has another ETag once it has changed, and the same one after a restart', async () => {
    const before = (await service.get('/v1/recommendations/one')).headers.get('etag');
    await service.restart();
    await service.settled();
    expect((await service.get('/v1/recommendations/one')).headers.get('etag')).toBe(before);
    const changed = recommendationOf('one', { status: 'expired', updatedAt: '2026-03-05T12:00:00Z' });
    await publish(service.log, stepOf(2, { recommendations: [changed] }));
    await service.settled();
    const after = await service.get('/v1/recommendations/one', { 'if-none-match': before! });
    expect([after.status, after.json['status']]).toEqual([200, 'expired']);
  });

  it.each(['none', 'x'.repeat(900), '%2e%2e', 'a%2Fb', '%00', '__proto__'])(
    'that does not exist (%s) is not found',
    async (id) => {
      const answer = await service.get(`/v1/recommendations/${id}`);
      expect([answer.status, answer.json['code']]).toEqual([404, 'not-found']);
    },
  );
});
