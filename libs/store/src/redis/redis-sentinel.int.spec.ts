import { setTimeout as pause } from 'node:timers/promises';
import { killProcess, startWatchedRedis, stopProcess } from '../../../../tools/servers/servers.mjs';
import { NOWHERE, type ReadModel } from '../read-model.js';
import { describeWithOwnRedis, hostPort, tell } from '../testing/redis.js';
import { openRedisReadModel } from './redis-read-model.js';

describeWithOwnRedis('a primary and a replica behind three Sentinels', () => {
  let watched: Awaited<ReturnType<typeof startWatchedRedis>>;
  let store: ReadModel;
  beforeAll(async () => {
    watched = await startWatchedRedis();
    const hosts = watched.sentinels.map(({ address }) => hostPort(address));
    store = await openRedisReadModel({
      sentinel: { hosts: [hostPort('127.0.0.1:1'), ...hosts], primary: watched.name },
    });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    const { primary, replica, sentinels } = watched;
    await Promise.all([...sentinels, primary, replica].map((server) => stopProcess(server)));
  }, 30_000);

  const write = (position: number, after = position - 1) =>
    store.apply({
      scope: 'plans/0',
      position,
      after,
      puts: ['latest', `step-${position}`].map((id) => ({ collection: 'steps', id, document: { position } })),
      deletes: [],
    });

  it('goes on at the new primary, whole but older; what the failover lost is seen missing and can be written again', async () => {
    expect(await write(0, NOWHERE)).toBe('applied');
    for (let position = 1; position < 5; position++) expect(await write(position)).toBe('applied');
    await tell(watched.primary.port, 'WAIT', '1', '5000');
    // From here on nothing reaches the replica: what is written is lost.
    process.kill(watched.replica.pid, 'SIGSTOP');
    await tell(watched.primary.port, 'CLIENT', 'KILL', 'TYPE', 'replica');
    for (let position = 5; position < 8; position++) expect(await write(position)).toBe('applied');
    await killProcess(watched.primary);
    process.kill(watched.replica.pid, 'SIGCONT');
    const began = Date.now();
    let lost = 0;
    const position = async (): Promise<number> => {
      try {
        return (await store.positions(['plans/0']))[0]!;
      } catch (error) {
        expect(error).toMatchObject({ name: 'StoreError', retriable: true });
        lost++;
        await pause(50);
        return position();
      }
    };
    expect(await position()).toBe(4);
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(lost).toBeGreaterThan(0);
    expect((await store.get('steps', 'latest'))?.document).toEqual({ position: 4 });
    expect(await store.count('steps')).toBe(6);
    // The next one in order would leave a gap: it is refused until the gap is filled. The Sentinels may still be turning the replica round.
    const applied = async (position: number) => {
      for (;;) {
        try {
          return await write(position);
        } catch (error) {
          expect(error).toMatchObject({ name: 'StoreError', retriable: true });
          await pause(50);
        }
      }
    };
    expect(await applied(8)).toBe('moved');
    for (let position = 5; position < 9; position++) expect(await applied(position)).toBe('applied');
    expect(await store.count('steps')).toBe(10);
  }, 60_000);

  it('says of Sentinels that do not know the primary, and of such that are not there, where it looked', async () => {
    const hosts = watched.sentinels.map(({ address }) => hostPort(address));
    const ways = [
      { hosts, primary: 'other' },
      { hosts: [hostPort('127.0.0.1:1')], primary: 'mymaster' },
    ];
    const failures = await Promise.all(
      ways.map((sentinel) => openRedisReadModel({ sentinel }).catch((failure: unknown) => failure)),
    );
    for (const failure of failures) expect(failure).toMatchObject({ code: 'store-unreachable', retriable: true });
    expect(String(failures[0])).toMatch(/other of the Sentinels 127\.0\.0\.1:\d+, .*PORTOLAN_REDIS_SENTINELS/);
    expect(String(failures[1])).toMatch(/mymaster of the Sentinels 127\.0\.0\.1:1 /);
  }, 20_000);
});
