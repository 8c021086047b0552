import { mkdirSync } from 'node:fs';
import { type Database, open, type RangeIterable, type RootDatabase } from 'lmdb';
import { assertChange, assertKey } from '../change.js';
import { StoreError } from '../error.js';
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
import { storedOf, textOf } from '../stored.js';

type Key = [collection: string, id: string];
/** Until when, in milliseconds since 1970, and what. */
type Kept = [until: number, document: unknown];

/** The read model on one machine without a server: LMDB in `directory`, which is made when missing. Processes may share it. */
export const openEmbeddedReadModel = async ({ directory }: { readonly directory: string }): Promise<ReadModel> => {
  mkdirSync(directory, { recursive: true });
  // Without overlapping syncs a change is on disk when `apply` resolves: the log's offset is committed after it.
  return new EmbeddedReadModel(open({ path: directory, maxDbs: 4, overlappingSync: false }), directory);
};

class EmbeddedReadModel implements ReadModel {
  private readonly documents: Database<string, Key>;
  private readonly places: Database<number, string>;
  private readonly keeping: Database<Kept, Key>;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly root: RootDatabase,
    private readonly directory: string,
  ) {
    this.documents = root.openDB({ name: 'documents', encoding: 'string' });
    this.places = root.openDB({ name: 'positions', encoding: 'json' });
    this.keeping = root.openDB({ name: 'keeping', encoding: 'json' });
    this.forgetOverdue();
  }

  async apply(change: Change): Promise<Outcome> {
    this.mustBeOpen();
    assertChange(change);
    // A child transaction, since only that one is rolled back as a whole when a write fails.
    return this.root.childTransaction(() => this.write(change));
  }

  async positions(scopes: readonly string[]): Promise<number[]> {
    this.mustBeOpen();
    return scopes.map((scope) => this.positionOf(scope));
  }

  async get<T>(collection: string, id: string): Promise<Stored<T> | undefined> {
    return (await this.getMany<T>(collection, [id]))[0];
  }

  async getMany<T>(collection: string, ids: readonly string[]): Promise<(Stored<T> | undefined)[]> {
    this.mustBeOpen();
    return ids.map((id) => {
      const text = this.documents.get([collection, id]);
      return text === undefined ? undefined : storedOf<T>(id, text);
    });
  }

  async list<T>(collection: string, { after, limit, prefix = '' }: ListOptions): Promise<Page<T>> {
    this.mustBeOpen();
    const { id, behind } = startOf(prefix, after);
    const bounds = { start: [collection, id] as Key, exclusiveStart: behind, end: endOf(collection) };
    const found = takeWhilePrefix<T>(this.documents.getRange({ ...bounds, limit: limit + 1 }), prefix);
    const { shown, next } = pageOf(found, limit, (stored) => stored.id);
    return { items: shown, ...next };
  }

  async count(collection: string): Promise<number> {
    this.mustBeOpen();
    return this.documents.getKeysCount({ start: [collection, ''], end: endOf(collection) });
  }

  async clear(): Promise<void> {
    this.mustBeOpen();
    await this.root.childTransaction(() => {
      this.documents.clearSync();
      this.places.clearSync();
    });
  }

  async keep({ collection, id }: DocumentKey, document: unknown, milliseconds: number): Promise<void> {
    this.mustBeOpen();
    assertKey({ collection, id });
    await this.keeping.put([collection, id], [Date.now() + milliseconds, document]);
  }

  async kept<T>({ collection, id }: DocumentKey): Promise<T | undefined> {
    this.mustBeOpen();
    const [until, document] = this.keeping.get([collection, id]) ?? [0, undefined];
    return until > Date.now() ? (document as T) : undefined;
  }

  close(): Promise<void> {
    this.closing ??= this.root.close();
    return this.closing;
  }

  private write({ scope, position, after, puts, deletes }: Change): Outcome {
    const before = this.positionOf(scope);
    if (position <= before) return 'stale';
    if (after !== undefined && after !== before) return 'moved';
    for (const { collection, id, document } of puts)
      this.documents.putSync([collection, id], textOf(position, document));
    for (const { collection, id } of deletes) this.documents.removeSync([collection, id]);
    this.places.putSync(scope, position);
    return 'applied';
  }

  private positionOf(scope: string): number {
    return this.places.get(scope) ?? NOWHERE;
  }

  /** At each opening: what people do in between, such as deciding, takes little room. */
  private forgetOverdue(): void {
    const now = Date.now();
    for (const { key, value } of this.keeping.getRange()) if (value[0] <= now) this.keeping.removeSync(key);
  }

  private mustBeOpen(): void {
    if (this.closing) throw new StoreError('store-closed', `The store in ${this.directory} is closed.`, false);
  }
}

/** Behind every id of the collection, which are at most 512 bytes long. */
const endOf = (collection: string): Key => [collection, '\u{10ffff}'.repeat(130)];

const takeWhilePrefix = <T>(range: RangeIterable<{ key: Key; value: string }>, prefix: string): Stored<T>[] => {
  const found: Stored<T>[] = [];
  for (const { key, value } of range) {
    if (!key[1].startsWith(prefix)) break;
    found.push(storedOf<T>(key[1], value));
  }
  return found;
};
