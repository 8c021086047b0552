import { mkdirSync } from 'node:fs';
import { type Database, open, type RangeIterable, type RootDatabase } from 'lmdb';
import { assertChange } from '../change.js';
import { StoreError } from '../error.js';
import { pageOf, startOf } from '../page.js';
import type { Change, ListOptions, Page, ReadModel, Stored } from '../read-model.js';
import { writeFailure } from './write-failure.js';

/** On disk: position of the change that wrote it, document. */
type StoredDocument = [number, unknown];
type Key = [collection: string, id: string];

/** The read model on one machine without a server: LMDB in `directory`, which is made when missing. Processes may share it. */
export const openEmbeddedReadModel = async ({ directory }: { readonly directory: string }): Promise<ReadModel> => {
  mkdirSync(directory, { recursive: true });
  // Without overlapping syncs a change is on disk when `apply` resolves: the log's offset is committed after it. Of batches that LMDB would
  // gather by itself, nobody would hear that they failed: the process would end.
  const root = open({ path: directory, maxDbs: 4, overlappingSync: false, eventTurnBatching: false });
  return new EmbeddedReadModel(root, directory);
};

class EmbeddedReadModel implements ReadModel {
  private readonly documents: Database<StoredDocument, Key>;
  private readonly positions: Database<number, string>;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly root: RootDatabase,
    private readonly directory: string,
  ) {
    this.documents = root.openDB({ name: 'documents', encoding: 'json' });
    this.positions = root.openDB({ name: 'positions', encoding: 'json' });
  }

  async apply(change: Change): Promise<'applied' | 'stale'> {
    this.mustBeOpen();
    assertChange(change);
    return this.commit(() => this.write(change));
  }

  async position(scope: string): Promise<number | undefined> {
    this.mustBeOpen();
    return this.positions.get(scope);
  }

  async get<T>(collection: string, id: string): Promise<Stored<T> | undefined> {
    this.mustBeOpen();
    const stored = this.documents.get([collection, id]);
    return stored && asStored<T>(id, stored);
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
    await this.commit(() => {
      this.documents.clearSync();
      this.positions.clearSync();
    });
  }

  close(): Promise<void> {
    this.closing ??= this.root.close();
    return this.closing;
  }

  private write({ scope, position, puts, deletes }: Change): 'applied' | 'stale' {
    if (position <= (this.positions.get(scope) ?? -1)) return 'stale';
    for (const { collection, id, document } of puts) this.documents.putSync([collection, id], [position, document]);
    for (const { collection, id } of deletes) this.documents.removeSync([collection, id]);
    this.positions.putSync(scope, position);
    return 'applied';
  }

  /** A child transaction, since only that one is rolled back as a whole when a write fails. */
  private async commit<T>(work: () => T): Promise<T> {
    try {
      return await this.root.childTransaction(work);
    } catch (error) {
      throw await writeFailure(error, this.directory);
    }
  }

  private mustBeOpen(): void {
    if (this.closing) throw new StoreError('store-closed', `The store in ${this.directory} is closed.`, false);
  }
}

/** Behind every id of the collection, which are at most 512 bytes long. */
const endOf = (collection: string): Key => [collection, '\u{10ffff}'.repeat(130)];

const asStored = <T>(id: string, [position, document]: StoredDocument): Stored<T> => ({
  id,
  document: document as T,
  position,
});

const takeWhilePrefix = <T>(range: RangeIterable<{ key: Key; value: StoredDocument }>, prefix: string): Stored<T>[] => {
  const found: Stored<T>[] = [];
  for (const { key, value } of range) {
    if (!key[1].startsWith(prefix)) break;
    found.push(asStored<T>(key[1], value));
  }
  return found;
};
