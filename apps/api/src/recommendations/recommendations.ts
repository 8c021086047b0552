import type { Recommendation, RecommendationStatus } from '@portolan/domain';
import { ProblemError, cursorOf, placeOf } from '@portolan/platform';
import type { ReadModel } from '@portolan/store';
import { DEFAULT_LIMIT } from '../http/parameters.js';
import { type StoredTrace, cellKey, collections } from '../projection/documents.js';
import type { RecommendationRow } from '../projection/row.js';
import { DEFAULT_SORT, type RecommendationQuery, byPlace, matches, placeIn } from './query.js';

export interface Listed<T> {
  readonly data: readonly T[];
  /** Cursor of the next page; absent on the last one. */
  readonly next?: string;
}

const ROWS = 1000;

/** Recommendations as the read model has them. */
export class Recommendations {
  constructor(private readonly store: ReadModel) {}

  /** Throws `not-found`. */
  async one(id: string): Promise<Recommendation> {
    const found = id.length <= 200 ? await this.store.get<Recommendation>(collections.recommendations, id) : undefined;
    if (!found) throw new ProblemError('not-found', `There is no recommendation ${id.slice(0, 100)}.`);
    return found.document;
  }

  /** Where a recommendation came to be what it is; `undefined` where no traces were taken. */
  async traceOf(id: string): Promise<StoredTrace | undefined> {
    return (await this.store.get<StoredTrace>(collections.traces, id))?.document;
  }

  /** One page of a cell's recommendations that match, in the order asked for. */
  async list(query: RecommendationQuery, cell: string): Promise<Listed<Recommendation>> {
    const { status = ['open'], sort = DEFAULT_SORT, limit = DEFAULT_LIMIT } = query;
    const after = placeOf(query, 2);
    const compare = byPlace(sort);
    const rows = (await Promise.all([...new Set(status)].map((each) => this.rows(cell, each))))
      .flat()
      .filter(matches(query));
    const places = rows
      .map((row) => placeIn(sort, row))
      .filter((place) => after === undefined || compare(place, after) > 0)
      .sort(compare);
    const shown = places.slice(0, limit);
    const documents = await Promise.all(
      shown.map(([, id]) => this.store.get<Recommendation>(collections.recommendations, String(id))),
    );
    const data = documents.flatMap((stored) => (stored ? [stored.document] : []));
    return { data, ...(places.length > limit && { next: cursorOf(shown.at(-1)!, query) }) };
  }

  private async rows(cell: string, status: RecommendationStatus): Promise<RecommendationRow[]> {
    const rows: RecommendationRow[] = [];
    const prefix = `${cellKey(cell)}/${status}/`;
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
