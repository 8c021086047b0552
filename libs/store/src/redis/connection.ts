import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../error.js';
import { type Client, DEFAULT_URL, clientOf } from './client.js';
import { failureOf } from './failure.js';
import type { HostPort, RedisReadModelOptions } from './options.js';

const OPENING_MS = 5_000;

/** The way to Redis: runs commands, and tells their failures as `StoreError`s that say where and what to do. */
export class Connection {
  /** Without passwords. */
  readonly place: string;
  private readonly client: Client;
  private readonly setting: string;
  private closed = false;
  /** What the commands that fail do not say themselves. */
  private trouble: Error | undefined;

  constructor(options: RedisReadModelOptions) {
    this.client = clientOf(options);
    this.place = placeOf(options);
    this.setting = settingOf(options);
    const note = (error: Error) => (this.trouble = error);
    this.client.on('error', note).on('node error', note).on('sentinelError', note);
    this.client.on('ready', () => (this.trouble = undefined));
  }

  open(): Promise<void> {
    return this.run(async (client) => {
      const late = new AbortController();
      const tooLate = pause(OPENING_MS, undefined, { signal: late.signal }).then(() => {
        throw new Error(`not connected within ${OPENING_MS / 1000} s`);
      });
      tooLate.catch(() => {});
      await Promise.race([client.connect(), tooLate]).finally(() => late.abort());
    });
  }

  async run<T>(command: (client: Client) => Promise<T>): Promise<T> {
    if (this.closed) throw new StoreError('store-closed', `The store at ${this.place} is closed.`, false);
    try {
      return await command(this.client);
    } catch (error) {
      const failure = error as Error;
      throw failureOf(isAnswer(failure) ? failure : (this.trouble ?? failure), this.place, this.setting);
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.client.disconnect();
  }
}

/** Redis itself said no. */
const isAnswer = ({ name }: Error): boolean => name === 'ReplyError';

const placeOf = ({ url, sentinel, cluster }: RedisReadModelOptions): string => {
  if (cluster) return `the cluster of ${listed(cluster)}`;
  if (sentinel) return `${sentinel.primary} of the Sentinels ${listed(sentinel.hosts)}`;
  const { hostname, port } = new URL(url ?? DEFAULT_URL);
  return `${hostname}:${port || 6379}`;
};

/** The setting that says where it is. */
const settingOf = ({ sentinel, cluster }: RedisReadModelOptions): string =>
  cluster ? 'PORTOLAN_REDIS_CLUSTER' : sentinel ? 'PORTOLAN_REDIS_SENTINELS' : 'PORTOLAN_REDIS_URL';

const listed = (hosts: readonly HostPort[]): string => hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
