import { randomUUID } from 'node:crypto';
import { assertChange, assertKey } from '../change.js';
import { pageOf, startOf } from '../page.js';
import {
  type Change,
  type DocumentKey,
  type ListOptions,
  NOWHERE,
  type Outcome,
  type Page,
  type ReadModel,
  type Stored,
} from '../read-model.js';
import { storedOf } from '../stored.js';
import { Connection } from './connection.js';
import { evictionOf } from './eviction.js';
import type { RedisReadModelOptions } from './options.js';
import { stepsOf } from './steps.js';

/** What was staged for a change that never came is forgotten after this time. */
const STAGED_MS = 60_000;

/**
 * The read model on Redis. Throws `StoreError`: `store-unreachable` when nothing answers within 5 s, `store-refused` when the login is wrong.
 */
export const openRedisReadModel = async (options: RedisReadModelOptions): Promise<ReadModel> => {
  const connection = new Connection(options);
  try {
    await connection.open();
    const warning = await evictionOf(connection);
    if (warning !== undefined) options.onWarning?.(warning);
    return new RedisReadModel(connection, options.prefix ?? 'portolan');
  } catch (error) {
    connection.close();
    throw error;
  }
};

/**
 * Per collection a hash of documents and a sorted set of their ids (all scores 0, so by bytes); one hash of positions. A change is one script,
 * which Redis runs as a whole and gives to its replicas as a whole.
 */
class RedisReadModel implements ReadModel {
  private readonly keys: Keys;

  constructor(
    private readonly connection: Connection,
    prefix: string,
  ) {
    this.keys = new Keys(prefix);
  }

  async apply(change: Change): Promise<Outcome> {
    assertChange(change);
    const { scope, position, after } = change;
    const { collections, portions } = stepsOf(change);
    const staged = this.keys.staged(randomUUID());
    for (const portion of portions.slice(0, -1)) await this.stage(staged, portion);
    const stagedValues = portions.slice(0, -1).reduce((sum, portion) => sum + portion.length, 0);
    const { positions, collections: known } = this.keys;
    const names = [positions, known, staged, ...collections.flatMap((each) => this.keys.of(each))];
    const values = [scope, `${position}`, `${after ?? ''}`, `${stagedValues}`, ...portions.at(-1)!];
    return this.connection.run((client) => client.portolanApply(names.length, names, values));
  }

  async positions(scopes: readonly string[]): Promise<number[]> {
    const found = await this.connection.run((client) => client.hmget(this.keys.positions, ...scopes));
    return found.map((position) => (position === null ? NOWHERE : Number(position)));
  }

  async get<T>(collection: string, id: string): Promise<Stored<T> | undefined> {
    const text = await this.connection.run((client) => client.hget(this.keys.documents(collection), id));
    return text === null ? undefined : storedOf<T>(id, text);
  }

  async getMany<T>(collection: string, ids: readonly string[]): Promise<(Stored<T> | undefined)[]> {
    if (ids.length === 0) return [];
    const texts = await this.connection.run((client) => client.hmget(this.keys.documents(collection), ...ids));
    return ids.map((id, i) => (texts[i] ? storedOf<T>(id, texts[i]) : undefined));
  }

  async list<T>(collection: string, { after, limit, prefix = '' }: ListOptions): Promise<Page<T>> {
    const start = startOf(prefix, after);
    const from = `${start.behind ? '(' : '['}${start.id}`;
    // No byte of UTF-8 is 0xff, so this is behind every id with the prefix.
    const to = Buffer.concat([Buffer.from(`[${prefix}`), Buffer.from([0xff])]);
    const ids = await this.connection.run((client) =>
      client.zrangebylex(this.keys.ids(collection), from, to, 'LIMIT', 0, limit + 1),
    );
    const { shown, next } = pageOf(ids, limit, (id) => id);
    const documents = await this.getMany<T>(collection, shown);
    // A document that was deleted after its id was listed is passed over.
    return { items: documents.filter((stored) => stored !== undefined), ...next };
  }

  count(collection: string): Promise<number> {
    return this.connection.run((client) => client.hlen(this.keys.documents(collection)));
  }

  async clear(): Promise<void> {
    const { positions, collections } = this.keys;
    const isClear = await this.connection.run(async (client) => {
      const names = [positions, collections, ...(await client.smembers(collections))];
      return client.portolanClear(names.length, names);
    });
    if (!isClear) await this.clear();
  }

  async keep(key: DocumentKey, document: unknown, milliseconds: number): Promise<void> {
    assertKey(key);
    await this.connection.run((client) =>
      client.set(this.keys.kept(key), JSON.stringify(document), 'PX', milliseconds),
    );
  }

  async kept<T>(key: DocumentKey): Promise<T | undefined> {
    const json = await this.connection.run((client) => client.get(this.keys.kept(key)));
    return json === null ? undefined : (JSON.parse(json) as T);
  }

  async close(): Promise<void> {
    this.connection.close();
  }

  private async stage(staged: string, portion: readonly string[]): Promise<void> {
    await this.connection.run((client) =>
      Promise.all([client.rpush(staged, ...portion), client.pexpire(staged, STAGED_MS)]),
    );
  }
}

/** Names of our keys. What is in braces decides a key's slot in a cluster: all are in one (docs/adr/0013-redis.md). */
class Keys {
  private readonly tag: string;

  constructor(prefix: string) {
    this.tag = `{${prefix}}`;
  }

  get positions(): string {
    return `${this.tag}:positions`;
  }

  get collections(): string {
    return `${this.tag}:collections`;
  }

  documents(collection: string): string {
    return `${this.tag}:documents:${collection}`;
  }

  ids(collection: string): string {
    return `${this.tag}:ids:${collection}`;
  }

  of(collection: string): [documents: string, ids: string] {
    return [this.documents(collection), this.ids(collection)];
  }

  staged(change: string): string {
    return `${this.tag}:staged:${change}`;
  }

  kept({ collection, id }: DocumentKey): string {
    return `${this.tag}:kept:${collection}:${id}`;
  }
}
