import { setTimeout as pause } from 'node:timers/promises';
import { type Explanation, type PlanPublication, type Recommendation, planDocument } from '@portolan/domain';
import { openEmbeddedLog, topics } from '@portolan/streams';
import { planExample } from '../openapi/examples.js';
import { CELL, explanationOf, publish, recommendationOf, shipmentOf, stepOf } from '../testing/publications.js';
import { type Answer, Service } from '../testing/service.js';
import { changeOf } from './change.js';
import { type CellProgress, collections } from './documents.js';
import { shapeOf } from './projection.js';

const SHAPE = shapeOf(90);

const idsOf = ({ json }: Answer) => (json['data'] as { id: string }[]).map(({ id }) => id);

describe('the projection of plans', () => {
  let service: Service;
  beforeEach(async () => {
    service = await Service.start();
  });
  afterEach(() => service.dispose());

  const project = async (...steps: PlanPublication[]) => {
    await publish(service.log, ...steps);
    await service.settled();
  };
  const list = (query = '') => service.get(`/v1/recommendations${query}`);

  it('shows the newest plan as it was made, with its version and place in the log', async () => {
    await project(stepOf(1), stepOf(2, { now: '2026-03-05T06:40:00Z', plan: { ...planExample, problem: 'second' } }));
    const { status, json, headers } = await service.get('/v1/plans/current');
    expect([status, json]).toEqual([200, { ...planExample, problem: 'second' }]);
    expect(planDocument.safeParse(json).success).toBe(true);
    const shown = ['portolan-plan-version', 'portolan-plan-position', 'portolan-plan-now'].map((name) =>
      headers.get(name),
    );
    expect(shown).toEqual(['2', '1002', '2026-03-05T06:40:00Z']);
    expect((await service.get('/v1/plans/current', { 'if-none-match': headers.get('etag')! })).status).toBe(304);
  });

  it('has no plan before the first one, and says to try again', async () => {
    await service.settled();
    const { status, json, headers } = await service.get('/v1/plans/current');
    expect([status, json['code'], json['retriable'], headers.get('retry-after')]).toEqual([
      404,
      'no-plan-yet',
      true,
      '1',
    ]);
    await project(stepOf(1));
    expect((await service.get('/v1/plans/current?cell=other')).status).toBe(404);
  });

  it('moves a recommendation to the status it has now', async () => {
    await project(stepOf(1, { recommendations: [recommendationOf('a'), recommendationOf('b')] }));
    await project(stepOf(2, { recommendations: [recommendationOf('a', { status: 'expired' })] }));
    expect(idsOf(await list())).toEqual(['b']);
    expect(idsOf(await list('?status=expired'))).toEqual(['a']);
    await project(stepOf(3, { recommendations: [recommendationOf('a')] }));
    expect([idsOf(await list()), idsOf(await list('?status=expired'))]).toEqual([['a', 'b'], []]);
  });

  it('forgets shipments that are no more', async () => {
    await project(stepOf(1, { shipments: [shipmentOf('x'), shipmentOf('y')] }), stepOf(2, { gone: ['x'] }));
    expect(idsOf(await service.get('/v1/shipments'))).toEqual(['y']);
    await project(stepOf(3, { gone: ['y'] }), stepOf(4, { shipments: [shipmentOf('y')] }));
    expect(idsOf(await service.get('/v1/shipments'))).toEqual(['y']);
  });

  it('forgets the explanation of a shipment that looks different and has no other, or is no more', async () => {
    const marginalCostOf = async (id: string) => {
      const { status, json } = await service.get(`/v1/shipments/${id}/explanation`);
      return status === 404 ? undefined : (json['explanation'] as Explanation).marginalCost;
    };
    const shipments = [shipmentOf('x'), shipmentOf('y'), shipmentOf('z')];
    await project(stepOf(1, { shipments, explanations: shipments.map(({ id }) => explanationOf(id)) }));
    const x = explanationOf('x', { marginalCost: 2 });
    await project(stepOf(2, { shipments: [shipmentOf('y')], gone: ['z'], explanations: [x] }));
    expect([await marginalCostOf('x'), await marginalCostOf('y'), await marginalCostOf('z')]).toEqual([
      2,
      undefined,
      undefined,
    ]);
    const { explanations: _none, ...older } = stepOf(3, { shipments: [shipmentOf('x')] });
    await project(older);
    expect(await marginalCostOf('x')).toBeUndefined();
  });

  it('goes on after a restart, with what was published meanwhile, and doubles nothing', async () => {
    await project(stepOf(1, { recommendations: [recommendationOf('a')], shipments: [shipmentOf('x')] }));
    await service.stop();
    const log = await openEmbeddedLog({ directory: service.place('log') });
    await publish(log, stepOf(2, { recommendations: [recommendationOf('b')] }));
    await log.close();
    await service.start();
    await service.settled();
    expect(idsOf(await list())).toEqual(['a', 'b']);
    expect(await service.store.count(collections.rows)).toBe(2);
    expect(await service.store.count(collections.recommendations)).toBe(2);
  });

  it('fills an emptied store from the log, though its place in the log was further', async () => {
    await project(
      stepOf(1, { recommendations: [recommendationOf('a')] }),
      stepOf(2, { recommendations: [recommendationOf('b')] }),
    );
    await service.store.clear();
    await service.restart();
    await service.settled();
    expect(idsOf(await list())).toEqual(['a', 'b']);
    await service.store.clear();
    await project(stepOf(3, { recommendations: [recommendationOf('c')] }));
    expect(idsOf(await list())).toEqual(['a', 'b', 'c']);
  });

  it('notices that the store was emptied, also when no new plan comes, and is not ready until it is filled', async () => {
    await project(stepOf(1, { recommendations: [recommendationOf('a')], shipments: [shipmentOf('x')] }));
    await service.store.clear();
    const [lost, gone, ready] = await Promise.all([
      list(),
      service.get('/v1/recommendations/a'),
      service.get('/health/ready'),
    ]);
    for (const { status, json, headers } of [lost, gone, ready])
      expect([status, json['code'], headers.get('retry-after')]).toEqual([503, 'not-ready', '1']);
    expect(ready.json['detail']).toMatch(/projection: the store is .*filled from the log/);
    await service.settled();
    expect(idsOf(await list())).toEqual(['a']);
    expect(await service.text('/metrics')).toContain('portolan_store_fills_total 2');
  });

  it('looks after the store of itself, when nobody asks for anything', async () => {
    await project(stepOf(1, { recommendations: [recommendationOf('a')] }));
    await service.store.clear();
    for (let patience = 300; (await service.store.count(collections.rows)) === 0; patience--) {
      expect(patience).toBeGreaterThan(0);
      await pause(10);
    }
  });

  it('gets plans again that the store had and lost, and shows nothing older meanwhile', async () => {
    const steps = [1, 2, 3].map((version) => stepOf(version, { recommendations: [recommendationOf(`${version}`)] }));
    for (const step of steps) await project(step);
    const older = changeOf(steps.slice(0, 1), new Map());
    await service.store.clear();
    for (const change of [
      { scope: 'shape', position: SHAPE, puts: [], deletes: [] },
      { scope: 'filled', position: 1, puts: [], deletes: [] },
      { scope: `${topics.plans}/0`, position: 0, ...older },
    ])
      await service.store.apply(change);
    const { status, json } = await list();
    expect([status, json['detail']]).toEqual([
      503,
      'At the moment the store has lost its newest plans, and gets them from the log again.',
    ]);
    await service.settled();
    expect(idsOf(await list())).toEqual(['1', '2', '3']);
    expect(await service.text('/metrics')).toContain('portolan_store_fills_total 1');
  });

  it('keeps away from a store that another version has taken over', async () => {
    await project(stepOf(1, { recommendations: [recommendationOf('a')] }));
    await service.store.apply({ scope: 'shape', position: SHAPE + 1, puts: [], deletes: [] });
    const { status, json } = await list();
    expect([status, json['detail']]).toEqual([
      503,
      'At the moment the store is used by another version of this service.',
    ]);
    await pause(50);
    expect((await service.store.positions(['shape']))[0]).toBe(SHAPE + 1);
  });

  it('fills a store anew whose documents have another shape, or that is ahead of the log', async () => {
    await project(stepOf(1, { recommendations: [recommendationOf('a')] }));
    for (const [scope, position] of [
      ['shape', 99],
      [`${topics.plans}/0`, 500],
    ] as const) {
      const puts = [{ collection: collections.rows, id: `${CELL}/open/z`, document: { old: true } }];
      await service.store.apply({ scope, position, puts, deletes: [] });
      await service.restart();
      await service.settled();
      expect(idsOf(await list())).toEqual(['a']);
    }
  });

  it('forgets what was closed long ago by the planner’s now, the same however the log is read', async () => {
    const days = (count: number) => new Date(Date.parse('2026-03-05T06:00:00Z') + count * 86_400_000).toISOString();
    const closed = (id: string, day: number) => recommendationOf(id, { status: 'superseded', updatedAt: days(day) });
    const steps = [
      stepOf(1, { now: days(0), recommendations: [closed('old', 0), closed('again', 0), closed('reopened', 0)] }),
      stepOf(2, { now: days(60), recommendations: [closed('again', 60), closed('recent', 60)] }),
      stepOf(3, { now: days(70), recommendations: [recommendationOf('reopened', { updatedAt: days(70) })] }),
      stepOf(4, { now: days(91) }),
    ];
    for (const step of steps) await project(step);
    expect(idsOf(await list('?status=open,superseded')).sort()).toEqual(['again', 'recent', 'reopened']);
    expect((await service.get('/v1/recommendations/old')).status).toBe(404);
    const contents = async () => {
      const read = (collection: string) => service.store.list(collection, { limit: 1000 });
      const pages = await Promise.all(Object.values(collections).map(read));
      return pages.map(({ items }) => items.map(({ id, json }) => `${id} ${json}`));
    };
    const oneByOne = await contents();
    await service.store.clear();
    await service.restart();
    await service.settled();
    expect(await contents()).toEqual(oneByOne);
    expect(await service.store.count(collections.closed)).toBe(2);
  });

  it('ignores a step that is not newer than the last one of its cell', async () => {
    await project(stepOf(5, { recommendations: [recommendationOf('a')] }));
    await project(stepOf(4, { recommendations: [recommendationOf('a', { status: 'superseded' })] }));
    expect(idsOf(await list())).toEqual(['a']);
    expect((await service.get('/v1/plans/current')).headers.get('portolan-plan-version')).toBe('5');
  });

  it('passes over what is not a plan', async () => {
    await service.log.append(
      topics.plans,
      ['no JSON', 'null', '{}', '[1]'].map((value) => ({ key: CELL, value })),
    );
    await project(stepOf(1, { recommendations: [recommendationOf('a')] }));
    expect(idsOf(await list())).toEqual(['a']);
  });

  it('tells how far behind it is', async () => {
    await project(stepOf(1));
    const lag = 'portolan_consumer_lag_records{group="api",topic="portolan.plans",partition="0"} 0';
    for (let patience = 100; !(await service.text('/metrics')).includes(lag); patience--) {
      expect(patience).toBeGreaterThan(0);
      await pause(10);
    }
  });

  it('is ready only once it has caught up', async () => {
    await service.settled();
    expect((await service.get('/health/ready')).json).toEqual({
      status: 'ready',
      checks: ['log', 'caught-up', 'projection', 'store'],
    });
  });
});

describe('what steps change', () => {
  it('is the same, whether they come one by one or together', () => {
    const steps = [
      stepOf(1, { recommendations: [recommendationOf('a')], shipments: [shipmentOf('x'), shipmentOf('y')] }),
      stepOf(2, { recommendations: [recommendationOf('a', { status: 'accepted' })], gone: ['x'] }),
      stepOf(3, { shipments: [shipmentOf('x', { status: 'held' })], gone: ['y'] }),
    ];
    const together = changeOf(steps, new Map());
    const after = new Map<string, unknown>();
    const known = new Map<string, CellProgress>();
    for (const step of steps) {
      const { puts, deletes } = changeOf([step], known);
      for (const { collection, id, document } of puts) after.set(`${collection} ${id}`, document);
      for (const { collection, id } of deletes) after.delete(`${collection} ${id}`);
      known.set(step.cell, step);
    }
    expect(new Map(together.puts.map(({ collection, id, document }) => [`${collection} ${id}`, document]))).toEqual(
      after,
    );
  });

  it('has one row for each recommendation', () => {
    const { puts } = changeOf([stepOf(1, { recommendations: [recommendationOf('a')] as Recommendation[] })], new Map());
    expect(puts.filter(({ collection }) => collection === collections.rows)).toHaveLength(1);
  });
});
