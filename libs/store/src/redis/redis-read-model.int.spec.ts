import { randomUUID } from 'node:crypto';
import { NOWHERE } from '../read-model.js';
import { readModelContract } from '../testing/read-model-contract.js';
import { tell } from '../testing/redis.js';
import { describeWithServer } from '../testing/server.js';
import { raceOfProcesses } from '../testing/two-processes.js';
import { openRedisReadModel } from './redis-read-model.js';

describeWithServer('PORTOLAN_TEST_REDIS', (address) => {
  const url = `redis://${address}`;

  readModelContract('Redis', async () => {
    const prefix = `test-${randomUUID()}`;
    return {
      open: () => openRedisReadModel({ url, prefix }),
      dispose: async () => {
        const store = await openRedisReadModel({ url, prefix });
        await store.clear();
        await store.close();
      },
    };
  });

  describe('the Redis read model', () => {
    it('of two processes stays fenced: every position is applied by one of them, and the last one is there', async () => {
      const prefix = `race-${randomUUID()}`;
      const applied = await raceOfProcesses(`${url}#${prefix}`, 800);
      const store = await openRedisReadModel({ url, prefix });
      const latest = await store.get('race', 'latest');
      await store.clear();
      await store.close();
      expect(applied.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 800 }, (_, i) => i));
      expect(latest).toMatchObject({ position: 799, document: { position: 799 } });
    });

    it.each(['positions', 'sizes', 'documents:c', 'ids:c'])('notices that its %s were evicted', async (gone) => {
      const prefix = randomUUID();
      const store = await openRedisReadModel({ url, prefix });
      await store.apply({ scope: 's', position: 1, puts: [{ collection: 'c', id: 'a', document: 1 }], deletes: [] });
      expect(await store.isWhole()).toBe(true);
      await tell(Number(address.split(':')[1]), 'DEL', `{${prefix}}:${gone}`);
      expect(await store.isWhole()).toBe(false);
      await store.clear();
      expect([await store.isWhole(), await store.positions(['s'])]).toEqual([true, [NOWHERE]]);
      await store.close();
    });

    it('keeps the documents of two prefixes apart', async () => {
      const [one, two] = await Promise.all([1, 2].map(() => openRedisReadModel({ url, prefix: randomUUID() })));
      await one?.apply({ scope: 's', position: 1, puts: [{ collection: 'c', id: 'a', document: 1 }], deletes: [] });
      expect([await one?.count('c'), await two?.count('c')]).toEqual([1, 0]);
      await one?.clear();
      await Promise.all([one?.close(), two?.close()]);
    });
  });
});
