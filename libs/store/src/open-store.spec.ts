import { redisOptions } from './open-store.js';

const settings = { store: 'redis' as const, data: '', redisUrl: 'redis://a:1', redisTls: 'off' as const };

describe('the settings of the store', () => {
  it('name one server by its URL', () => {
    expect(redisOptions({ ...settings, redisUsername: 'u', redisPassword: 'p', redisPrefix: 'x' })).toEqual({
      url: 'redis://a:1',
      username: 'u',
      password: 'p',
      prefix: 'x',
    });
  });

  it('name Sentinels and their primary, or nodes of a cluster, instead', () => {
    const hosts = [
      { host: 's1', port: 26379 },
      { host: '::1', port: 26380 },
    ];
    const sentinels = { ...settings, redisSentinels: ['s1:26379', '[::1]:26380'] };
    expect(redisOptions({ ...sentinels, redisPrimary: 'x', redisSentinelPassword: 'p' })).toEqual({
      sentinel: { hosts, primary: 'x', password: 'p' },
    });
    expect(redisOptions({ ...sentinels, redisSentinels: [], redisCluster: ['s1:26379', '[::1]:26380'] })).toEqual({
      cluster: hosts,
    });
  });

  it('turn TLS on by the URL or of themselves', () => {
    expect(redisOptions({ ...settings, redisUrl: 'rediss://a:1' })).toMatchObject({ tls: {} });
    expect(redisOptions({ ...settings, redisCluster: ['a:1'], redisTls: 'on' })).toMatchObject({ tls: {} });
  });

  it('are refused where they do not go together, with the name of what is missing', () => {
    const both = { ...settings, redisSentinels: ['a:1'], redisCluster: ['b:2'] };
    expect(() => redisOptions(both)).toThrow(/PORTOLAN_REDIS_SENTINELS and PORTOLAN_REDIS_CLUSTER/);
    expect(() => redisOptions({ ...settings, redisTls: 'on', redisCertificate: 'c.pem' })).toThrow(
      /PORTOLAN_REDIS_KEY belong together/,
    );
    expect(() => redisOptions({ ...settings, redisTls: 'on', redisCa: '/none.pem' })).toThrow(
      /PORTOLAN_REDIS_CA \(\/none\.pem\) cannot be read: ENOENT/,
    );
  });
});
