import { createServer, type AddressInfo } from 'node:net';
import { openRedisReadModel } from './redis-read-model.js';

describe('opening the Redis read model', () => {
  it('says where no server answered and what to do, without the password', async () => {
    const port = await closedPort();
    const refused = await openRedisReadModel({ url: `redis://user:secret@127.0.0.1:${port}` }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ name: 'StoreError', code: 'store-unreachable', retriable: true });
    expect(String(refused)).toContain(`127.0.0.1:${port}`);
    expect(String(refused)).toContain('PORTOLAN_REDIS_URL');
    expect(String(refused)).not.toContain('secret');
  });
});

const closedPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
