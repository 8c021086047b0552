import { type Recommendation, type RecommendationStatus, parseInstant } from '@portolan/domain';
import { ProblemError, cursorOf, placeOf } from '@portolan/platform';
import type { ReadModel, Stored } from '@portolan/store';
import { type Version, etagOfText } from '../http/conditional.js';
import { DEFAULT_LIMIT } from '../http/parameters.js';
import { VersionedCache } from '../http/versioned-cache.js';
import { type StoredTrace, cellKey, collections } from '../projection/documents.js';
import type { RecommendationRow } from '../projection/row.js';
import { DEFAULT_SORT, type RecommendationQuery, byPlace, matches, placeIn } from './query.js';

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
  private readonly answers = new VersionedCache<Answer>(64 * MEGABYTE, ({ json }) => json.length);

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
   * One page of a cell's recommendations that match, in the order asked for: `Listed<Recommendation>` as JSON.
   * @param name a text that begins with ? and is always of the same query
   * @param version of the store
   */
  list(
    name: string,
    version: string,
    query: () => RecommendationQuery & { readonly cell: string },
  ): Answer | Promise<Answer> {
    return this.answers.get(name, version, async () => {
      const json = await this.page(query(), version);
      return { json: Buffer.from(json), etag: etagOfText(json) };
    });
  }

  private async page(query: RecommendationQuery & { readonly cell: string }, version: string): Promise<string> {
    const { status = ['open'], sort = DEFAULT_SORT, limit = DEFAULT_LIMIT } = query;
    const after = placeOf(query, 2);
    const compare = byPlace(sort);
    const rows = (await Promise.all([...new Set(status)].map((each) => this.rows(query.cell, each, version))))
      .flat()
      .filter(matches(query));
    const places = rows
      .map((row) => placeIn(sort, row))
      .filter((place) => after === undefined || compare(place, after) > 0)
      .sort(compare);
    const shown = places.slice(0, limit);
    const found = await this.store.getMany(
      collections.recommendations,
      shown.map(([, id]) => String(id)),
    );
    const data = found.flatMap((stored) => (stored ? [stored.json] : []));
    const next = places.length > limit ? `,"next":${JSON.stringify(cursorOf(shown.at(-1)!, query))}` : '';
    return `{"data":[${data.join(',')}]${next}}`;
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

/** Roughly, in bytes. */
const sizeOfRows = (rows: readonly RecommendationRow[]): number =>
  rows.reduce(
    (sum, { shipments, locations, causes }) => sum + 250 + 50 * (shipments.length + locations.length + causes.length),
    0,
  );
