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
  /**
   * Position that the scope has to have, `NOWHERE` for none: otherwise the change is `moved` and ignored, so that none is missing before it when
   * the store was emptied, or fell back to an older state, behind the writer's back. Default: any.
   */
  readonly after?: number;
  readonly puts: readonly Put[];
  /** Carried out after the puts. What is not there is passed over. */
  readonly deletes: readonly DocumentKey[];
}

/** Position of a scope that has none: nothing of it was ever applied. */
export const NOWHERE = -1;

/** `stale`: the scope is there or beyond. `moved`: it is not at `after`. Either way nothing changed. */
export type Outcome = 'applied' | 'stale' | 'moved';

/** A document with the position of the change that wrote it. */
export interface Stored<T> {
  readonly id: string;
  readonly position: number;
  /** The document as text, byte for byte as it was put: what only passes it on needs not parse it. */
  readonly json: string;
  /** Parsed each time it is asked for. */
  readonly document: T;
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
  /**
   * Atomic and fenced. After a connection was lost meanwhile, `stale` or `moved` may also mean that this very change was applied.
   */
  apply(change: Change): Promise<Outcome>;
  /** Positions of the scopes' last applied changes, all as of one moment; `NOWHERE` for none. */
  positions(scopes: readonly string[]): Promise<number[]>;
  get<T>(collection: string, id: string): Promise<Stored<T> | undefined>;
  /** One for each id, in the same order. */
  getMany<T>(collection: string, ids: readonly string[]): Promise<(Stored<T> | undefined)[]>;
  /** By id ascending, in the order of their UTF-8 bytes. */
  list<T>(collection: string, options: ListOptions): Promise<Page<T>>;
  count(collection: string): Promise<number>;
  /** Forgets all documents and positions, so that the projection can begin anew. What was kept for a time stays. */
  clear(): Promise<void>;
  /** Keeps something that is not of the log, for this time. */
  keep(key: DocumentKey, document: unknown, milliseconds: number): Promise<void>;
  /** What was kept under this key last, while its time is not over. */
  kept<T>(key: DocumentKey): Promise<T | undefined>;
  close(): Promise<void>;
}
