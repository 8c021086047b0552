import { setTimeout as pause } from 'node:timers/promises';
import { openRedisReadModel } from '@portolan/store';
import {
  ask,
  canRunRedis,
  freePort,
  killProcess,
  runRedis,
  startWatchedRedis,
  stopProcess,
} from '../../../../tools/servers/servers.mjs';
import { publish, recommendationOf, shipmentOf, stepOf } from '../testing/publications.js';
import { type Answer, Service } from '../testing/service.js';

const present = canRunRedis() || process.env['CI'] === 'true';
const run = present ? describe : describe.skip;
const why = present ? '' : ' (skipped: no redis-server)';

const idsOf = ({ json }: Answer) => (json['data'] as { id: string }[]).map(({ id }) => id);
const ids = Array.from({ length: 120 }, (_, i) => `r-${String(i).padStart(3, '0')}`);
const steps = ids.map((id, i) =>
  stepOf(i + 1, { recommendations: [recommendationOf(id)], shipments: [shipmentOf(`s-${id}`)] }),
);

/** Asks all the time: an answer is either whole, or says when to ask again. Gives the reasons of those that say so. */
const watchUntilWhole = async (service: Service, whole: readonly string[]): Promise<Set<string>> => {
  const reasons = new Set<string>();
  for (const end = Date.now() + 20_000; ;) {
    const answer = await service.get('/v1/recommendations?limit=500&sort=updatedAt');
    const ready = await service.get('/health/ready');
    if (answer.status === 200) {
      expect(idsOf(answer)).toEqual(whole);
      if (ready.status === 200) return reasons;
    } else {
      expect([answer.status, answer.json['retriable']]).toEqual([503, true]);
      expect(answer.headers.get('retry-after')).toMatch(/^[12]$/);
      reasons.add(String(answer.json['code']));
    }
    expect(Date.now()).toBeLessThan(end);
    await pause(5);
  }
};

run(`the api on a Redis that loses its data${why}`, () => {
  let redis: Awaited<ReturnType<typeof runRedis>>;
  let service: Service;
  beforeAll(async () => {
    redis = await runRedis({ port: await freePort() });
    service = await Service.start({ openStore: () => openRedisReadModel({ url: `redis://${redis.address}` }) });
    await publish(service.log, ...steps);
    await service.settled();
  });
  afterAll(async () => {
    await service.dispose();
    await stopProcess(redis);
  });

  it('says not ready when Redis was emptied, and fills it', async () => {
    await service.store.clear();
    expect([...(await watchUntilWhole(service, ids))]).toEqual(['not-ready']);
  }, 30_000);

  it('says that the store cannot be reached when Redis is gone, and fills it when it comes back empty', async () => {
    await killProcess(redis);
    const { json } = await service.get('/health/ready');
    expect(json['detail']).toContain('store: failed: The store cannot be reached');
    redis = await runRedis({ port: redis.port }, redis.folder);
    const reasons = await watchUntilWhole(service, ids);
    expect(reasons).toContain('not-ready');
  }, 30_000);

  it('answers within seconds while Redis is silent, and goes on when it speaks again', async () => {
    process.kill(redis.pid, 'SIGSTOP');
    const began = Date.now();
    const answers = await Promise.all([service.get('/v1/recommendations'), service.get('/v1/shipments/s-r-001')]);
    process.kill(redis.pid, 'SIGCONT');
    for (const { status, json, headers } of answers)
      expect([status, json['code'], headers.get('retry-after')]).toEqual([503, 'store-unreachable', '2']);
    expect(Date.now() - began).toBeLessThan(6_000);
    await watchUntilWhole(service, ids);
  }, 40_000);
});

run(`the api on a Redis that fails over${why}`, () => {
  let redis: Awaited<ReturnType<typeof startWatchedRedis>>;
  let service: Service;
  beforeAll(async () => {
    redis = await startWatchedRedis();
    const hosts = redis.sentinels.map(({ port }) => ({ host: '127.0.0.1', port }));
    const openStore = () => openRedisReadModel({ sentinel: { hosts, primary: redis.name } });
    service = await Service.start({ openStore });
  }, 60_000);
  afterAll(async () => {
    await service.dispose();
    const { primary, replica, sentinels } = redis;
    await Promise.all([...sentinels, primary, replica].map((server) => stopProcess(server)));
  }, 30_000);

  it('shows nothing older than before, and gets from the log what the new primary lacks', async () => {
    await publish(service.log, ...steps.slice(0, 60));
    await service.settled();
    await ask(redis.primary.port, 'WAIT 1 5000\r\n');
    process.kill(redis.replica.pid, 'SIGSTOP');
    await ask(redis.primary.port, 'CLIENT KILL TYPE replica\r\n');
    // What is written from here on does not reach the replica.
    await publish(service.log, ...steps.slice(60));
    await service.settled();
    await killProcess(redis.primary);
    process.kill(redis.replica.pid, 'SIGCONT');
    const reasons = await watchUntilWhole(service, ids);
    expect(reasons).toContain('not-ready');
  }, 60_000);
});
