import { type Recommendation, type RecommendationStatus, parseInstant } from '@portolan/domain';
import { type Place, ProblemError, cursorOf, placeOf } from '@portolan/platform';
import type { ReadModel, Stored } from '@portolan/store';
import { type Version, etagOfText } from '../http/conditional.js';
import { DEFAULT_LIMIT } from '../http/parameters.js';
import { VersionedCache } from '../http/versioned-cache.js';
import { type StoredTrace, cellKey, collections } from '../projection/documents.js';
import type { RecommendationRow } from '../projection/row.js';
import { DEFAULT_SORT, type RecommendationQuery, type Sort, byPlace, matches, placeIn } from './query.js';

export interface Listed<T> {
  readonly data: readonly T[];
  /** Cursor of the next page; absent on the last one. */
  readonly next?: string;
}

/** JSON as text, with what its headers say. */
export interface Answer extends Version {
  readonly json: Buffer;
  /** Of the planning step that made it so. */
  readonly trace?: StoredTrace;
}

const ROWS = 1000;
const MEGABYTE = 1024 ** 2;

/**
 * Recommendations as the read model has them. Rows and answers are kept while the store's version stays, so that most
 * requests cost one small question to the store; documents go through as text.
 */
export class Recommendations {
  private readonly rowsOf = new VersionedCache<readonly RecommendationRow[]>(32 * MEGABYTE, sizeOfRows);
  /** Pages that show the same documents have them read, encoded and hashed once. */
  private readonly documents = new VersionedCache<Answer>(32 * MEGABYTE, ({ json }) => json.length);
  /** Few: a page is put together of its documents in less time than collecting a large one as garbage takes. */
  private readonly answers = new VersionedCache<Answer>(8 * MEGABYTE, ({ json }) => json.length);

  constructor(private readonly store: ReadModel) {}

  /** Throws `not-found`. */
  async one(id: string): Promise<Stored<Recommendation>> {
    const found = id.length <= 200 ? await this.store.get<Recommendation>(collections.recommendations, id) : undefined;
    if (!found) throw new ProblemError('not-found', `There is no recommendation ${id.slice(0, 100)}.`);
    return found;
  }

  /** Where a recommendation came to be what it is; `undefined` where no traces were taken. */
  async traceOf(id: string): Promise<StoredTrace | undefined> {
    return (await this.store.get<StoredTrace>(collections.traces, id))?.document;
  }

  /** The same as JSON. @param version of the store */
  answer(id: string, version: string): Answer | Promise<Answer> {
    return this.answers.get(`/${id}`, version, async () => {
      const [{ json, document }, trace] = await Promise.all([this.one(id), this.traceOf(id)]);
      const modified = parseInstant(document.updatedAt)!;
      return { json: Buffer.from(json), etag: etagOfText(json), modified, ...(trace && { trace }) };
    });
  }

  /**
   * One page of a cell's recommendations that match, in the order asked for.
   * @param name a text that begins with ? and is always of the same query
   * @param version of the store
   */
  list(
    name: string,
    version: string,
    query: () => RecommendationQuery & { readonly cell: string },
  ): Answer | Promise<Answer> {
    return this.answers.get(name, version, () => this.page(query(), version));
  }

  private async page(query: RecommendationQuery & { readonly cell: string }, version: string): Promise<Answer> {
    const { status = ['open'], sort = DEFAULT_SORT, limit = DEFAULT_LIMIT } = query;
    const after = placeOf(query, 2);
    const compare = byPlace(sort);
    const isMatch = matches(query);
    const shown: Place[] = [];
    let isLast = true;
    for (const row of await this.sorted(query.cell, [...new Set(status)].sort(), sort, version)) {
      const place = placeIn(sort, row);
      if (!isMatch(row) || (after !== undefined && compare(place, after) <= 0)) continue;
      isLast = shown.length < limit;
      if (!isLast) break;
      shown.push(place);
    }
    const documents = await this.documentsOf(
      shown.map(([, id]) => String(id)),
      version,
    );
    return pageOf(documents, isLast ? undefined : cursorOf(shown.at(-1)!, query));
  }

  private async documentsOf(ids: readonly string[], version: string): Promise<readonly Answer[]> {
    const found = await this.documents.getMany(ids, version, async (missing) => {
      const stored = await this.store.getMany(collections.recommendations, missing);
      return stored.map((each) => each && { json: Buffer.from(each.json), etag: etagOfText(each.json) });
    });
    return found.filter((each) => each !== undefined);
  }

  /** Rows of some states together, in the order asked for. */
  private sorted(
    cell: string,
    status: readonly RecommendationStatus[],
    sort: Sort,
    version: string,
  ): readonly RecommendationRow[] | Promise<readonly RecommendationRow[]> {
    return this.rowsOf.get(`${cellKey(cell)}/${status.join()}/${sort}`, version, async () => {
      const rows = (await Promise.all(status.map((each) => this.rows(cell, each, version)))).flat();
      const compare = byPlace(sort);
      return rows.sort((a, b) => compare(placeIn(sort, a), placeIn(sort, b)));
    });
  }

  private async rows(
    cell: string,
    status: RecommendationStatus,
    version: string,
  ): Promise<readonly RecommendationRow[]> {
    const prefix = `${cellKey(cell)}/${status}/`;
    return this.rowsOf.get(prefix, version, () => this.read(prefix));
  }

  private async read(prefix: string): Promise<RecommendationRow[]> {
    const rows: RecommendationRow[] = [];
    let after: string | undefined;
    do {
      const options = { prefix, limit: ROWS, ...(after !== undefined && { after }) };
      const page = await this.store.list<RecommendationRow>(collections.rows, options);
      rows.push(...page.items.map(({ document }) => document));
      after = page.next;
    } while (after !== undefined);
    return rows;
  }
}

const [HEAD, COMMA, TAIL] = ['{"data":[', ',', ']'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

/** `Listed<Recommendation>` as JSON. @param next cursor of the next page */
function pageOf(documents: readonly Answer[], next: string | undefined): Answer {
  const end = Buffer.from(next === undefined ? '}' : `,"next":${JSON.stringify(next)}}`);
  const parts = documents.flatMap(({ json }, at) => (at === 0 ? [json] : [COMMA, json]));
  const etag = etagOfText([...documents.map((each) => each.etag), next ?? ''].join());
  return { json: Buffer.concat([HEAD, ...parts, TAIL, end]), etag };
}

/** Roughly, in bytes. */
const sizeOfRows = (rows: readonly RecommendationRow[]): number =>
  rows.reduce(
    (sum, { shipments, locations, causes }) => sum + 250 + 50 * (shipments.length + locations.length + causes.length),
    0,
  );
