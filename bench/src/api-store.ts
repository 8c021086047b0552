import { openRedisReadModel, type Put } from '@portolan/store';
import type { Redis } from 'ioredis';
import { stepsFor } from './api-inputs.js';
import { median, quantile } from './statistics.js';

/** The store on Redis by itself; times in milliseconds. */
export interface StoreFigures {
  readonly documents: number;
  readonly bytes: number;
  /** Of one change with all documents. */
  readonly large: number;
  /** How long a reader waited for a page meanwhile, at most. */
  readonly waited: number;
  /** A change of ten documents: median, and what 99 of 100 stay below. */
  readonly small: number;
  readonly small99: number;
  /** A page of 50. */
  readonly list: number;
  readonly list99: number;
  /** Bytes that Redis takes for a document, with its id and the order of ids. */
  readonly memory: number;
}

const REPEATS = 500;

/** `documents` recommendations in one change, then small changes and pages. */
export const storeFigures = async (client: Redis, address: string, documents: number): Promise<StoreFigures> => {
  const open = (prefix: string) => openRedisReadModel({ url: `redis://${address}`, prefix });
  const [store, reader] = await Promise.all([open('bench'), open('bench')]);
  const puts = stepsFor(documents, 0)
    .flatMap(({ recommendations }) => recommendations)
    .map((document): Put => ({ collection: 'recommendations', id: document.id, document }));
  await store.apply({ scope: 's', position: 0, puts: puts.slice(0, 50), deletes: [] });
  const before = await memoryOf(client);
  const page = () => reader.list('recommendations', { limit: 50 });
  let isDone = false;
  const began = performance.now();
  const applying = store.apply({ scope: 's', position: 1, puts, deletes: [] }).finally(() => (isDone = true));
  let waited = 0;
  while (!isDone) waited = Math.max(waited, await timeOf(page));
  await applying;
  const large = performance.now() - began;
  const memory = ((await memoryOf(client)) - before) / documents;
  const small: number[] = [];
  const list: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const change = { scope: 's', position: 2 + i, puts: puts.slice(i, i + 10), deletes: [] };
    small.push(await timeOf(() => store.apply(change)));
    list.push(await timeOf(page));
  }
  const bytes = Buffer.byteLength(JSON.stringify(puts[0]!.document));
  await store.clear();
  await Promise.all([store.close(), reader.close()]);
  const of99 = (times: readonly number[]) =>
    quantile(
      times.toSorted((a, b) => a - b),
      0.99,
    );
  return {
    documents,
    bytes,
    large,
    waited,
    small: median(small),
    small99: of99(small),
    list: median(list),
    list99: of99(list),
    memory,
  };
};

const memoryOf = async (client: Redis): Promise<number> =>
  Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))![1]);

const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
