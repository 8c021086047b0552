/**
 * The read model as a port: documents in collections, written in fenced steps. It is derived from the log and can be deleted.
 * Adapters: `embedded` (LMDB, one process) and `redis`. Both pass `testing/read-model-contract.ts`.
 */

export interface DocumentKey {
  readonly collection: string;
  /** 1 to 512 bytes of UTF-8. */
  readonly id: string;
}

export interface Put extends DocumentKey {
  /** Anything JSON can hold. */
  readonly document: unknown;
}

/** One step of a projection: all of it or nothing. */
export interface Change {
  /** Who writes, in log order: a topic's partition, or a planning cell. */
  readonly scope: string;
  /** Position in the log, ascending per scope; a change at or behind the scope's position is ignored. Integer, 0 or more. */
  readonly position: number;
  readonly puts: readonly Put[];
  /** Carried out after the puts. What is not there is passed over. */
  readonly deletes: readonly DocumentKey[];
}

/** A document with the position of the change that wrote it, which makes a good ETag together with its id. */
export interface Stored<T> {
  readonly id: string;
  readonly document: T;
  readonly position: number;
}

export interface ListOptions {
  /** Begin behind this id. */
  readonly after?: string;
  /** Most documents in the page, 1 or more. */
  readonly limit: number;
  /** Only ids that begin with this. */
  readonly prefix?: string;
}

export interface Page<T> {
  readonly items: readonly Stored<T>[];
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

export interface ReadModel {
  /** Atomic and fenced: `stale` when the scope's position is already there or beyond, and then nothing changed. */
  apply(change: Change): Promise<'applied' | 'stale'>;
  /** Position of the scope's last applied change. */
  position(scope: string): Promise<number | undefined>;
  get<T>(collection: string, id: string): Promise<Stored<T> | undefined>;
  /** By id ascending, in the order of their UTF-8 bytes. */
  list<T>(collection: string, options: ListOptions): Promise<Page<T>>;
  count(collection: string): Promise<number>;
  /** Forgets all documents and positions, so that the projection can begin anew. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
