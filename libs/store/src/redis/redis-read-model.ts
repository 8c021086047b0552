import { Redis } from 'ioredis';
import { assertChange } from '../change.js';
import { StoreError } from '../error.js';
import { pageOf, startOf } from '../page.js';
import type { Change, ListOptions, Page, ReadModel, Stored } from '../read-model.js';
import { applyScript, clearScript } from './scripts.js';

export interface RedisReadModelOptions {
  /** `redis://[user:password@]host:port[/database]`, or `rediss://` for TLS. */
  readonly url: string;
  /** Begins every key, in braces, so that a cluster keeps them on one node. Default `portolan`. */
  readonly prefix?: string;
}

/** Redis 6.2 or newer, with our two scripts. */
type Client = Redis & {
  portolanApply(positions: string, collections: string, ...args: string[]): Promise<'applied' | 'stale'>;
  portolanClear(positions: string, collections: string): Promise<void>;
};

/** The read model on a Redis server. Throws `StoreError` with `store-unreachable` when the server does not answer within 5 s. */
export const openRedisReadModel = async (options: RedisReadModelOptions): Promise<ReadModel> => {
  const client = connectable(options.url);
  const model = new RedisReadModel(client, `{${options.prefix ?? 'portolan'}}`, placeOf(options.url));
  try {
    await model.reach(() => client.connect());
    return model;
  } catch (error) {
    await model.close();
    throw error;
  }
};

const connectable = (url: string): Client => {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 5_000, maxRetriesPerRequest: 3 });
  // Reported by the commands that fail; without a listener the client prints them.
  client.on('error', () => {});
  client.defineCommand('portolanApply', { numberOfKeys: 2, lua: applyScript });
  client.defineCommand('portolanClear', { numberOfKeys: 2, lua: clearScript });
  return client as Client;
};

/**
 * Per collection a hash of documents and a sorted set of their ids (all scores 0, so by bytes); one hash of positions.
 * A change is one script, which Redis runs as a whole.
 */
class RedisReadModel implements ReadModel {
  private closed = false;

  constructor(
    private readonly client: Client,
    private readonly prefix: string,
    private readonly place: string,
  ) {}

  async apply(change: Change): Promise<'applied' | 'stale'> {
    assertChange(change);
    const puts = change.puts.flatMap(({ collection, id, document }) => [
      'put',
      collection,
      id,
      JSON.stringify([change.position, document]),
    ]);
    const deletes = change.deletes.flatMap(({ collection, id }) => ['delete', collection, id, '']);
    const steps = [...puts, ...deletes];
    return this.reach(() =>
      this.client.portolanApply(
        this.positions,
        this.collections,
        this.prefix,
        change.scope,
        `${change.position}`,
        ...steps,
      ),
    );
  }

  async position(scope: string): Promise<number | undefined> {
    const position = await this.reach(() => this.client.hget(this.positions, scope));
    return position === null ? undefined : Number(position);
  }

  async get<T>(collection: string, id: string): Promise<Stored<T> | undefined> {
    const stored = await this.reach(() => this.client.hget(this.documents(collection), id));
    return stored === null ? undefined : asStored<T>(id, stored);
  }

  async list<T>(collection: string, { after, limit, prefix = '' }: ListOptions): Promise<Page<T>> {
    const start = startOf(prefix, after);
    const from = `${start.behind ? '(' : '['}${start.id}`;
    // No byte of UTF-8 is 0xff, so this is behind every id with the prefix.
    const to = Buffer.concat([Buffer.from(`[${prefix}`), Buffer.from([0xff])]);
    const ids = await this.reach(() => this.client.zrangebylex(this.ids(collection), from, to, 'LIMIT', 0, limit + 1));
    const { shown, next } = pageOf(ids, limit, (id) => id);
    return { items: await this.documentsOf<T>(collection, shown), ...next };
  }

  count(collection: string): Promise<number> {
    return this.reach(() => this.client.hlen(this.documents(collection)));
  }

  async clear(): Promise<void> {
    await this.reach(() => this.client.portolanClear(this.positions, this.collections));
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.client.disconnect();
  }

  /** Runs a command; that the server cannot be reached becomes an error that says where and what to do. */
  async reach<T>(command: () => Promise<T>): Promise<T> {
    if (this.closed) throw new StoreError('store-closed', `The store at ${this.place} is closed.`, false);
    try {
      return await command();
    } catch (error) {
      throw isReply(error) ? error : this.unreachable(error);
    }
  }

  /** A document that was deleted after its id was listed is passed over. */
  private async documentsOf<T>(collection: string, ids: readonly string[]): Promise<Stored<T>[]> {
    if (ids.length === 0) return [];
    const documents = await this.reach(() => this.client.hmget(this.documents(collection), ...ids));
    return ids.flatMap((id, i) => (documents[i] ? [asStored<T>(id, documents[i])] : []));
  }

  private unreachable(cause: unknown): StoreError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `No answer from Redis at ${this.place} (${reason}). Start it, or set PORTOLAN_REDIS_URL to where it runs.`;
    return new StoreError('store-unreachable', message, true, { cause });
  }

  private get positions(): string {
    return `${this.prefix}:positions`;
  }

  private get collections(): string {
    return `${this.prefix}:collections`;
  }

  private documents(collection: string): string {
    return `${this.prefix}:documents:${collection}`;
  }

  private ids(collection: string): string {
    return `${this.prefix}:ids:${collection}`;
  }
}

const asStored = <T>(id: string, stored: string): Stored<T> => {
  const [position, document] = JSON.parse(stored) as [number, T];
  return { id, document, position };
};

/** Redis itself said no: a fault of ours or of its configuration, not of the way there. */
const isReply = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';

/** Where the server is, without the password. */
const placeOf = (url: string): string => {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || 6379}`;
};
