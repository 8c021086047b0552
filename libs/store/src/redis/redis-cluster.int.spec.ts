import { randomUUID } from 'node:crypto';
import { startRedisCluster, stopProcess } from '../../../../tools/servers/servers.mjs';
import { readModelContract } from '../testing/read-model-contract.js';
import { describeWithOwnRedis, hostPort, tell } from '../testing/redis.js';
import { openRedisReadModel } from './redis-read-model.js';

describeWithOwnRedis('a cluster of three nodes', () => {
  let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  }, 60_000);
  afterAll(() => Promise.all(cluster.nodes.map((node) => stopProcess(node))), 30_000);

  const open = (prefix: string) => openRedisReadModel({ cluster: cluster.addresses.slice(0, 1).map(hostPort), prefix });

  readModelContract('Redis cluster', async () => {
    const prefix = `test-${randomUUID()}`;
    return { open: () => open(prefix), dispose: async () => {} };
  });

  it('keeps an installation in one slot, and installations on all nodes', async () => {
    await tell(cluster.nodes[0]!.port, 'FLUSHALL');
    for (let i = 0; i < 12; i++) {
      const store = await open(`installation-${i}`);
      await store.apply({ scope: 's', position: 1, puts: [{ collection: 'c', id: 'a', document: i }], deletes: [] });
      expect((await store.get('c', 'a'))?.document).toBe(i);
      await store.close();
    }
    const sizes = await Promise.all(cluster.nodes.map(({ port }) => tell(port, 'DBSIZE')));
    expect(sizes.every((size) => Number(size) > 0)).toBe(true);
  });

  it('whose part is away says so at once, and may be tried again', async () => {
    const store = await open('away');
    const [slot] = await Promise.all([tell(cluster.nodes[0]!.port, 'CLUSTER', 'KEYSLOT', '{away}')]);
    for (const { port } of cluster.nodes) await tell(port, 'CLUSTER', 'DELSLOTS', `${slot as number}`).catch(() => {});
    await expect(store.positions(['s'])).rejects.toMatchObject({ code: 'store-unavailable', retriable: true });
    await store.close();
  }, 15_000);
});
