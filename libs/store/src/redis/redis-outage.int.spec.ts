import { setTimeout as pause } from 'node:timers/promises';
import { freePort, killProcess, runRedis, stopProcess } from '../../../../tools/servers/servers.mjs';
import type { ReadModel } from '../read-model.js';
import { describeWithOwnRedis, tell } from '../testing/redis.js';
import { openRedisReadModel } from './redis-read-model.js';

const MOST_MS = 6_000;

describeWithOwnRedis('a server that fails', () => {
  let server: Awaited<ReturnType<typeof runRedis>>;
  let store: ReadModel;
  beforeEach(async () => {
    server = await runRedis({ port: await freePort(), appendonly: 'yes', appendfsync: 'always' });
    store = await openRedisReadModel({ url: `redis://${server.address}` });
    await store.apply(change(1));
  });
  afterEach(async () => {
    await store.close();
    await stopProcess(server);
  });

  const change = (position: number) => ({
    scope: 's',
    position,
    puts: [{ collection: 'c', id: `${position}`, document: { note: 'x'.repeat(10_000) } }],
    deletes: [],
  });

  /** Fails, within some seconds, as something to be tried again. */
  const fails = async (command: Promise<unknown>, code: string, reason: RegExp) => {
    const began = Date.now();
    const error = await command.then(
      () => undefined,
      (failure: unknown) => failure,
    );
    expect(error).toMatchObject({ name: 'StoreError', code, retriable: true });
    expect(String(error)).toMatch(reason);
    expect(String(error)).toContain(server.address);
    expect(Date.now() - began).toBeLessThan(MOST_MS);
  };
  const eventually = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (const end = Date.now() + 15_000; ; await pause(50)) {
      try {
        return await ask();
      } catch (error) {
        if (Date.now() > end) throw error;
        expect(error).toMatchObject({ name: 'StoreError', retriable: true });
      }
    }
  };

  it('by dying is found again by itself, with what it had on disk', async () => {
    await killProcess(server);
    await fails(store.get('c', '1'), 'store-unreachable', /PORTOLAN_REDIS_URL/);
    await fails(store.apply(change(2)), 'store-unreachable', /ECONNREFUSED/);
    server = await runRedis({ port: server.port, appendonly: 'yes' }, server.folder);
    expect(await eventually(() => store.apply(change(2)))).toBe('applied');
    expect(await store.count('c')).toBe(2);
  }, 30_000);

  it('by falling silent does not hold anybody up, and is used again once it speaks', async () => {
    process.kill(server.pid, 'SIGSTOP');
    try {
      const commands = [
        store.get('c', '1'),
        store.list('c', { limit: 5 }),
        store.apply(change(2)),
        openRedisReadModel({ url: `redis://${server.address}` }),
      ];
      await Promise.all(commands.map((command) => fails(command, 'store-unreachable', /No answer/)));
      await fails(store.get('c', '1'), 'store-unreachable', /No answer/);
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    // The change that nobody heard an answer to may have been carried out: once.
    expect(['applied', 'stale']).toContain(await eventually(() => store.apply(change(2))));
    expect(await store.count('c')).toBe(2);
  }, 40_000);

  it('by what it answers is told apart: replica, full memory, wants a password', async () => {
    await tell(server.port, 'REPLICAOF', '127.0.0.1', '1');
    await fails(store.apply(change(2)), 'store-unavailable', /READONLY.*failover/);
    await tell(server.port, 'REPLICAOF', 'NO', 'ONE');
    await tell(server.port, 'CONFIG', 'SET', 'maxmemory', '1');
    await fails(store.apply(change(2)), 'store-unavailable', /OOM.*maxmemory/);
    expect((await store.get('c', '1'))?.position).toBe(1);
    await tell(server.port, 'CONFIG', 'SET', 'maxmemory', '0');
    expect(await store.apply(change(2))).toBe('applied');
    await tell(server.port, 'CONFIG', 'SET', 'requirepass', 'secret');
    const refused = openRedisReadModel({ url: `redis://:wrong@${server.address}` });
    await expect(refused).rejects.toMatchObject({ code: 'store-refused', retriable: false });
    await expect(refused).rejects.toThrow(/WRONGPASS.*PORTOLAN_REDIS_PASSWORD/);
    const nobody = openRedisReadModel({ url: `redis://${server.address}` });
    await expect(nobody).rejects.toThrow(/NOAUTH.*PORTOLAN_REDIS_PASSWORD/);
  });

  it('by evicting what it likes is warned of', async () => {
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    await (await openRedisReadModel({ url: `redis://${server.address}`, onWarning })).close();
    expect(warnings).toEqual([]);
    await tell(server.port, 'CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await (await openRedisReadModel({ url: `redis://${server.address}`, onWarning })).close();
    expect(warnings).toEqual([expect.stringMatching(/maxmemory-policy allkeys-lru.*Set noeviction/)]);
  });
});
