import { type ShipmentView, shipmentView } from '@portolan/domain';
import { explanationOf, publish, shipmentOf, stepOf } from '../testing/publications.js';
import { type Answer, Service } from '../testing/service.js';
import { shipmentExplanation } from './explanation.js';

const idsOf = ({ json }: Answer) => (json['data'] as ShipmentView[]).map(({ id }) => id);
const LONG = 'é'.repeat(200);

describe('shipments', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
    await publish(
      service.log,
      stepOf(1, {
        shipments: [
          shipmentOf('O-1/1', { order: 'O-1', status: 'moving', equipment: ['MSCU1234566', 'TGHU0000001'] }),
          shipmentOf('O-1/2', { order: 'O-1', to: 'DEDUI', inForce: [], planned: [] }),
          shipmentOf('O-2', { status: 'held' }),
          shipmentOf(LONG),
        ],
        explanations: [explanationOf('O-1/1')],
      }),
      stepOf(1, { cell: 'a/b c', shipments: [shipmentOf('O-2', { whereabouts: 'elsewhere' })] }),
    );
    await service.settled();
  });
  afterAll(() => service.dispose());

  const list = (query = '') => service.get(`/v1/shipments${query}`);

  it('are listed by id, whole, those of one cell', async () => {
    const answer = await list();
    expect([answer.status, idsOf(answer)]).toEqual([200, ['O-1/1', 'O-1/2', 'O-2', LONG]]);
    for (const each of answer.json['data'] as unknown[]) expect(shipmentView.safeParse(each).success).toBe(true);
  });

  it.each([
    ['?status=moving,held', ['O-1/1', 'O-2']],
    ['?order=O-1', ['O-1/1', 'O-1/2']],
    ['?location=DEDUI', ['O-1/2']],
    ['?location=BEANR-LB&status=held', ['O-2']],
    ['?equipment=tghu%20000000-1', ['O-1/1']],
    ['?equipment=NONE', []],
    ['?cell=a/b%20c', ['O-2']],
    ['?cell=a', []],
  ])('%s finds %j', async (query, ids) => expect(idsOf(await list(query))).toEqual(ids));

  it('go on where a page ended', async () => {
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${String(first.json['next'])}`);
    expect([idsOf(first), idsOf(second), second.json['next']]).toEqual([['O-1/1', 'O-1/2'], ['O-2', LONG], undefined]);
    expect((await list(`?order=O-1&cursor=${String(first.json['next'])}`)).status).toBe(400);
  });

  it('name what is wrong with a query', async () => {
    const answer = await list('?status=lost&state=x');
    expect([answer.status, answer.json['code']]).toEqual([400, 'invalid-parameter']);
    expect(answer.json['detail']).toContain('status (lost) must be one or more of planned, moving, delivered');
  });

  it('are shown one by one, with timeline and itinerary, and an ETag', async () => {
    const { status, json, headers } = await service.get('/v1/shipments/O-1%2F1');
    expect([status, json['id']]).toEqual([200, 'O-1/1']);
    expect(json).toHaveProperty('timeline.0.actual');
    expect((await service.get('/v1/shipments/O-1%2F1', { 'if-none-match': headers.get('etag')! })).status).toBe(304);
    expect((await service.get(`/v1/shipments/${encodeURIComponent(LONG)}`)).json['id']).toBe(LONG);
    expect((await service.get('/v1/shipments/O-2?cell=a/b%20c')).json['whereabouts']).toBe('elsewhere');
  });

  it('are explained, facts and words in the language asked for, with an ETag', async () => {
    const { status, json, headers } = await service.get('/v1/shipments/O-1%2F1/explanation');
    expect(shipmentExplanation.safeParse(json).error).toBeUndefined();
    expect([status, json['shipment'], json['language'], json['plan']]).toEqual([
      200,
      'O-1/1',
      'en',
      { version: 1, position: 1001, now: '2026-03-05T06:30:00Z' },
    ]);
    expect(json['words']).toContain('Full: train RAIL-77, leg 1 (40 of 40\u00a0TEU).');
    const dutch = await service.get('/v1/shipments/O-1%2F1/explanation?lang=nl');
    expect(dutch.json['words']).toContain('Vol: trein RAIL-77, traject 1 (40 van 40\u00a0TEU).');
    expect(dutch.json['explanation']).toEqual(json['explanation']);
    const known = { 'if-none-match': headers.get('etag')! };
    expect((await service.get('/v1/shipments/O-1%2F1/explanation', known)).status).toBe(304);
    expect((await service.get('/v1/shipments/O-1%2F1/explanation?lang=nl', known)).status).toBe(200);
  });

  it('say why there is no explanation, and which languages there are', async () => {
    const unplanned = await service.get('/v1/shipments/O-2/explanation');
    expect([unplanned.status, unplanned.json['code'], unplanned.json['detail']]).toEqual([
      404,
      'not-found',
      'There is no explanation of shipment O-2 in cell antwerp-hinterland, which is held.',
    ]);
    const unknown = await service.get('/v1/shipments/O-9/explanation');
    expect([unknown.status, unknown.json['detail']]).toEqual([
      404,
      'There is no shipment O-9 in cell antwerp-hinterland.',
    ]);
    const spanish = await service.get('/v1/shipments/O-1%2F1/explanation?lang=es');
    expect([spanish.status, spanish.json['code']]).toEqual([400, 'invalid-parameter']);
    expect(spanish.json['detail']).toContain('lang (es) must be one of en, nl, fr, de');
  });

  it('that do not exist are not found', async () => {
    const answer = await service.get('/v1/shipments/O-9');
    expect([answer.status, answer.json['detail']]).toEqual([
      404,
      'There is no shipment O-9 in cell antwerp-hinterland.',
    ]);
    expect((await service.get('/v1/shipments/O-1?colour=red')).status).toBe(400);
  });
});
