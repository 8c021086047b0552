import { startSecuredRedis, stopProcess } from '../../../../tools/servers/servers.mjs';
import { openStore } from '../open-store.js';
import { describeWithOwnRedis } from '../testing/redis.js';

describeWithOwnRedis('a server that wants TLS and a login', () => {
  let server: Awaited<ReturnType<typeof startSecuredRedis>>;
  beforeAll(async () => {
    server = await startSecuredRedis();
  });
  afterAll(() => stopProcess(server));

  const settings = () => ({
    store: 'redis' as const,
    data: '',
    redisUrl: `rediss://${server.address}`,
    redisCa: server.caFile,
    redisUsername: server.user.username,
    redisPassword: server.user.password,
    redisPrefix: 'secured',
  });
  const put = { collection: 'c', id: 'a', document: 'kept safe' };

  it('takes us, with no right but those on keys of our prefix', async () => {
    const store = await openStore(settings());
    await store.clear();
    await store.apply({ scope: 's', position: 1, puts: [put], deletes: [] });
    await store.keep(put, 1, 1000);
    expect((await store.get('c', 'a'))?.document).toBe('kept safe');
    await store.close();
  });

  it('takes a login in the URL', async () => {
    const { username, password } = server.user;
    const { redisUsername: _name, redisPassword: _password, ...rest } = settings();
    const redisUrl = `rediss://${username}:${encodeURIComponent(password)}@${server.address}`;
    await (await openStore({ ...rest, redisUrl })).close();
  });

  it('refuses a wrong password and other keys, and we say so without the password', async () => {
    const wrong = openStore({ ...settings(), redisPassword: 'do-not-tell' });
    await expect(wrong).rejects.toMatchObject({ code: 'store-refused', retriable: false });
    await expect(wrong).rejects.not.toThrow(/do-not-tell/);
    const store = await openStore({ ...settings(), redisPrefix: 'others' });
    await expect(store.get('c', 'a')).rejects.toThrow(/NOPERM.*keys of the prefix/);
    await store.close();
  });

  it('is not spoken to when its certificate is unknown', async () => {
    const { redisCa: _ca, ...rest } = settings();
    await expect(openStore(rest)).rejects.toThrow(/self-signed certificate/);
  });
});
