import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { HostPort, RedisReadModelOptions } from './options.js';
import { type Scripts, scripts } from './scripts.js';

/** Redis 6.2 or newer, with our scripts. */
export type Client = (Redis | Cluster) & Scripts;

/** How long a command may take, with all that is tried again on its behalf; a server that says nothing for longer is taken for dead. */
const PATIENCE_MS = 3_000;
const SILENCE_MS = 4_000;
const CONNECT_MS = 2_000;
const DISCONNECT_MS = 500;
const [SHORTEST_PAUSE, LONGEST_PAUSE] = [50, 500];

const pauseBefore = (attempt: number): number => Math.min(SHORTEST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE);

/** A client that is still to be connected. It connects again by itself, and its commands fail within some seconds meanwhile. */
export const clientOf = (options: RedisReadModelOptions): Client =>
  (options.cluster ? clusterOf(options.cluster, options) : new Redis(serverOf(options))) as Client;

export const DEFAULT_URL = 'redis://127.0.0.1:6379';

const common = ({ username, password, tls }: RedisReadModelOptions) =>
  ({
    connectTimeout: CONNECT_MS,
    disconnectTimeout: DISCONNECT_MS,
    commandTimeout: PATIENCE_MS,
    socketTimeout: SILENCE_MS,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: { ...tls } }),
  }) satisfies RedisOptions;

const serverOf = (options: RedisReadModelOptions): RedisOptions => ({
  ...(options.sentinel ? behindSentinels(options.sentinel, options) : atUrl(options)),
  lazyConnect: true,
  scripts,
  retryStrategy: pauseBefore,
  // What waits for a connection fails with the second attempt in vain, instead of piling up.
  maxRetriesPerRequest: 1,
});

const atUrl = (options: RedisReadModelOptions): RedisOptions => {
  const { protocol, hostname, port, username, password, pathname } = new URL(options.url ?? DEFAULT_URL);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
    ...common(options),
  };
};

const behindSentinels = (
  { hosts, primary, password }: NonNullable<RedisReadModelOptions['sentinel']>,
  options: RedisReadModelOptions,
): RedisOptions => ({
  sentinels: hosts.map((each) => ({ ...each })),
  name: primary,
  ...(password !== undefined && { sentinelPassword: password }),
  sentinelCommandTimeout: CONNECT_MS,
  sentinelRetryStrategy: pauseBefore,
  ...(options.tls && { enableTLSForSentinelMode: true, sentinelTLS: { ...options.tls } }),
  // A server that became a replica while we were connected: ask the Sentinels again.
  reconnectOnError: ({ message }) => message.includes('READONLY'),
  ...common(options),
});

const clusterOf = (nodes: readonly HostPort[], options: RedisReadModelOptions): Cluster => {
  const settings: ClusterOptions = {
    lazyConnect: true,
    scripts,
    clusterRetryStrategy: pauseBefore,
    // Commands of an unreachable cluster fail at once: its queue knows no time limit.
    enableOfflineQueue: false,
    slotsRefreshTimeout: CONNECT_MS,
    redisOptions: common(options),
    // Names of nodes are what their certificates are for.
    ...(options.tls && { dnsLookup: (address, callback) => callback(null, address) }),
  };
  return new Cluster(
    nodes.map((each) => ({ ...each })),
    settings,
  );
};
