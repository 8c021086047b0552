import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type RunMessage, kindOf, messageIn, runRecord } from '@portolan/replay';
import { topics } from '@portolan/streams';
import { CELL } from '../testing/publications.js';
import { Service } from '../testing/service.js';
import type { RunRow } from './view.js';

const scenario = `format: portolan.scenario/1
name: Strike
variants:
  - name: strike
    changes:
      - close: { location: QUAY, from: 2026-03-05T06:00:00Z, to: 2026-03-06T06:00:00Z }
`;
const yaml = { 'content-type': 'application/yaml' };
const progress = { done: 1, runs: 2 };

describe('what-if over HTTP', () => {
  let service: Service;
  beforeEach(async () => void (service = await Service.start()));
  afterEach(() => service.dispose());

  const requested = async () => {
    const answer = await service.post('/v1/what-if', scenario, yaml);
    const [record] = await service.log.read(topics.whatIf, 0, 0, 1);
    return { answer, location: answer.headers.get('location')!, key: record!.key };
  };
  const tell = (key: string, message: RunMessage) => service.log.append(topics.whatIf, [runRecord(key, message)]);

  it('is a message in the log, with a place where the run is', async () => {
    const { answer, location } = await requested();
    expect([answer.status, answer.json]).toEqual([
      202,
      { id: location.split('/').at(-1), name: 'Strike', status: 'requested', requestedAt: '2026-03-05T07:00:00Z' },
    ]);
    const [record] = await service.log.read(topics.whatIf, 0, 0, 10);
    expect([kindOf(record!), messageIn(record!)]).toEqual([
      'requested',
      { kind: 'requested', name: 'Strike', scenario, cell: CELL, at: '2026-03-05T07:00:00Z' },
    ]);
    expect((await service.get(location)).json).toEqual(answer.json);
  });

  it('shows how far a run is, and what it has come to, also after a restart', async () => {
    const { location, key } = await requested();
    await tell('another', { kind: 'progress', progress: { done: 9, runs: 9 } });
    await tell(key, { kind: 'progress', progress });
    const running = await service.get(location);
    expect([running.json['status'], running.json['progress'], running.headers.get('retry-after')]).toEqual([
      'running',
      progress,
      '2',
    ]);
    await tell(key, { kind: 'failed', errors: [{ pointer: '/base', message: 'line 1: wrong' }] });
    await service.restart();
    expect((await service.get(location)).json).toMatchObject({
      status: 'failed',
      errors: [{ pointer: '/base', message: 'line 1: wrong' }],
    });
    expect((await service.get(`${location}/report`)).status).toBe(404);
  });

  it('forgets a run that is cancelled', async () => {
    const { location, key } = await requested();
    await tell(key, { kind: 'finished', comparison: { name: 'x' } as never });
    expect((await service.get(location)).json).toMatchObject({ status: 'finished', comparison: { name: 'x' } });
    expect(await service.delete(location)).toBe(204);
    while ((await service.get(location)).json['status'] !== 'cancelled') await pause(5);
    expect((await service.get(location)).json).not.toHaveProperty('comparison');
    expect(await service.delete(location)).toBe(204);
  });

  it('tells everything that is wrong with a scenario, with its lines, and asks for nothing', async () => {
    const wrong = scenario.replace('QUAY', '""').replace('name: Strike', 'base: { log: old.jsonl }\nname: Strike');
    const { status, json } = await service.post('/v1/what-if', wrong.replace('close', 'shut'), yaml);
    expect([status, json['type']]).toEqual([422, 'urn:portolan:problem:validation']);
    expect((json['errors'] as { message: string }[]).map(({ message }) => message.slice(0, 15))).toEqual([
      'line 7, column ',
      'line 7, column ',
    ]);
    const other = await service.post(
      '/v1/what-if',
      scenario.replace('name: Strike', 'base: { log: a }\nname: s'),
      yaml,
    );
    expect(other.json['detail']).toBe('line 2, column 14: /base/log (a) must be live: a service knows no other log.');
    expect((await service.post('/v1/what-if', scenario, { 'content-type': 'text/csv' })).status).toBe(415);
    expect((await service.post('/v1/what-if', '', yaml)).status).toBe(400);
    expect(await service.log.read(topics.whatIf, 0, 0, 10)).toEqual([]);
  });

  it('is one run for one idempotency key, whoever is asked again, and whatever it has come to', async () => {
    const ask = (body: string, key: string) => service.post('/v1/what-if', body, { ...yaml, 'idempotency-key': key });
    const [first, other] = [await ask(scenario, 'k-1'), await ask(scenario, 'k-2')];
    expect(other.json['id']).not.toBe(first.json['id']);
    const again = await ask(scenario, 'k-1');
    expect([again.status, again.json, again.headers.get('location')]).toEqual([
      202,
      first.json,
      first.headers.get('location'),
    ]);
    const [record] = await service.log.read(topics.whatIf, 0, 0, 1);
    await tell(record!.key, { kind: 'progress', progress });
    await service.restart();
    expect((await ask(scenario, 'k-1')).json).toEqual({ ...first.json, status: 'running', progress });
    const others = await ask(scenario.replace('Strike', 'Another'), 'k-1');
    expect([others.status, others.json['code'], others.json['detail']]).toEqual([
      422,
      'idempotency-key-reused',
      'Idempotency-Key (k-1) was used for another scenario: make a new one for each.',
    ]);
    expect((await ask(scenario, 'two words')).json['code']).toBe('invalid-parameter');
    expect((await service.log.ends(topics.whatIf))[0]).toBe(3);
  });

  it('are listed, the newest first, page by page, without what they have come to', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const times = ['05:00:00Z', '06:00:00Z', '06:00:00.500Z', '06:00:00.500Z'];
    for (const [index, name] of names.entries())
      await tell(randomUUID(), { kind: 'requested', name, scenario, cell: CELL, at: `2026-03-05T${times[index]}` });
    const keys = (await service.log.read(topics.whatIf, 0, 0, 9)).map((record) => record.key);
    await tell(keys[1]!, { kind: 'progress', progress });
    await tell(keys[2]!, { kind: 'progress', progress });
    await tell(keys[2]!, { kind: 'cancelled' });
    await tell(keys[3]!, { kind: 'finished', comparison: { name: 'x' } as never });
    const list = async (query: string) =>
      (await service.get(`/v1/what-if?${query}`)).json as { data: RunRow[]; next?: string };
    const { data, next } = await list('limit=3');
    expect(data.map(({ name, status, progress: far }) => [name, status, far])).toEqual([
      ['four', 'finished', undefined],
      ['three', 'cancelled', undefined],
      ['two', 'running', progress],
    ]);
    expect(data[2]).toEqual((await service.get(`/v1/what-if/${data[2]!.id}`)).json);
    const last = await list(`limit=3&cursor=${next}`);
    expect([last.data.map(({ name }) => name), last.next]).toEqual([['one'], undefined]);
    expect((await list('status=running,requested')).data.map(({ name }) => name)).toEqual(['two', 'one']);
    expect((await list('')).data).toHaveLength(4);
    expect((await service.get('/v1/what-if?status=over')).status).toBe(400);
  });

  it('knows no other runs', async () => {
    for (const id of ['none', '0-0-6f1c7c1e-3d0b-4f7e-9d59-0a5a3d0f7a52', '99-0-6f1c7c1e-3d0b-4f7e-9d59-0a5a3d0f7a52'])
      expect((await service.get(`/v1/what-if/${id}`)).status).toBe(404);
  });
});
