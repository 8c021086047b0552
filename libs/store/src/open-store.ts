import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedReadModel } from './embedded/embedded-read-model.js';
import { StoreError } from './error.js';
import { DEFAULT_URL } from './redis/client.js';
import type { ReadModel } from './read-model.js';
import type { HostPort, RedisReadModelOptions, RedisTls } from './redis/options.js';
import { openRedisReadModel } from './redis/redis-read-model.js';

/** Where a service's read model is: Redis, or embedded in a folder. */
export interface StoreSettings {
  readonly store: 'embedded' | 'redis';
  /** The folder of all data; the embedded store is in `store` below it. */
  readonly data: string;
  readonly redisUrl?: string | undefined;
  /** host:port. */
  readonly redisSentinels?: readonly string[] | undefined;
  readonly redisPrimary?: string | undefined;
  readonly redisSentinelPassword?: string | undefined;
  /** host:port. */
  readonly redisCluster?: readonly string[] | undefined;
  readonly redisUsername?: string | undefined;
  readonly redisPassword?: string | undefined;
  readonly redisTls?: 'off' | 'on' | undefined;
  /** Files, PEM. */
  readonly redisCa?: string | undefined;
  readonly redisCertificate?: string | undefined;
  readonly redisKey?: string | undefined;
  readonly redisPrefix?: string | undefined;
}

/** Throws a `StoreError` when the store is not there, or the settings do not go together. */
export const openStore = async (settings: StoreSettings, onWarning?: (message: string) => void): Promise<ReadModel> =>
  settings.store === 'redis'
    ? openRedisReadModel({ ...redisOptions(settings), ...(onWarning && { onWarning }) })
    : openEmbeddedReadModel({ directory: join(settings.data, 'store') });

/** Where the settings say that Redis is, for people: hosts alone. */
export const redisPlaces = ({ redisUrl, redisSentinels = [], redisCluster = [] }: StoreSettings): string =>
  [...redisCluster, ...redisSentinels].join(', ') || new URL(redisUrl ?? DEFAULT_URL).host;

/** The options of the store on Redis; its files are read. */
export const redisOptions = (settings: StoreSettings): RedisReadModelOptions => {
  const { redisUrl, redisUsername, redisPassword, redisPrefix } = settings;
  const tls = tlsOf(settings);
  return {
    ...(placeIn(settings) ?? (redisUrl && { url: redisUrl })),
    ...(redisUsername !== undefined && { username: redisUsername }),
    ...(redisPassword !== undefined && { password: redisPassword }),
    ...(tls && { tls }),
    ...(redisPrefix && { prefix: redisPrefix }),
  };
};

/** More than one server; `undefined` when there is just the one of the URL. */
const placeIn = ({
  redisSentinels = [],
  redisPrimary,
  redisSentinelPassword,
  redisCluster = [],
}: StoreSettings): Pick<RedisReadModelOptions, 'sentinel' | 'cluster'> | undefined => {
  if (redisSentinels.length > 0 && redisCluster.length > 0)
    throw refused('PORTOLAN_REDIS_SENTINELS and PORTOLAN_REDIS_CLUSTER are both given: Redis is one or the other.');
  if (redisCluster.length > 0) return { cluster: redisCluster.map(hostPortOf) };
  if (redisSentinels.length === 0) return undefined;
  return {
    sentinel: {
      hosts: redisSentinels.map(hostPortOf),
      primary: redisPrimary ?? 'mymaster',
      ...(redisSentinelPassword !== undefined && { password: redisSentinelPassword }),
    },
  };
};

const hostPortOf = (text: string): HostPort => {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
};

const tlsOf = ({ redisUrl, redisTls, redisCa, redisCertificate, redisKey }: StoreSettings): RedisTls | undefined => {
  if (redisTls !== 'on' && !redisUrl?.startsWith('rediss:')) return undefined;
  if ((redisCertificate === undefined) !== (redisKey === undefined))
    throw refused('PORTOLAN_REDIS_CERTIFICATE and PORTOLAN_REDIS_KEY belong together; one of them is missing.');
  return {
    ...(redisCa !== undefined && { ca: contentOf(redisCa, 'PORTOLAN_REDIS_CA') }),
    ...(redisCertificate !== undefined && { cert: contentOf(redisCertificate, 'PORTOLAN_REDIS_CERTIFICATE') }),
    ...(redisKey !== undefined && { key: contentOf(redisKey, 'PORTOLAN_REDIS_KEY') }),
  };
};

const contentOf = (file: string, variable: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw refused(`${variable} (${file}) cannot be read: ${(error as Error).message}.`, error);
  }
};

const refused = (message: string, cause?: unknown): StoreError =>
  new StoreError('store-refused', message, false, { cause });
