import { type Millis, type PlanPublication, type Recommendation, parseInstant } from '@portolan/domain';
import type { DocumentKey, Put, ReadModel } from '@portolan/store';
import { type ClosedRecommendation, cellKey, closedPrefix, collections, rowKey } from './documents.js';

const PAGE = 500;
const DAY_MS = 24 * 3600 * 1000;

/**
 * Forgets recommendations that were closed long ago by the planner's now, not by the clock of a machine: so that the same log makes the same
 * store, whenever and in whichever portions it is read.
 */
export class History {
  /** @param days that closed recommendations are kept */
  constructor(
    private readonly store: ReadModel,
    private readonly days: number,
  ) {}

  /** What is to be deleted with these steps. @param puts of the steps */
  async overdue(steps: readonly PlanPublication[], puts: readonly Put[]): Promise<DocumentKey[]> {
    const nows = new Map<string, Millis>();
    for (const { cell, now } of steps) nows.set(cell, Math.max(nows.get(cell) ?? 0, parseInstant(now)!));
    const keys = await Promise.all(
      [...nows].map(([cell, now]) => this.overdueIn(cell, now - this.days * DAY_MS, puts)),
    );
    return keys.flat();
  }

  private async overdueIn(cell: string, before: Millis, puts: readonly Put[]): Promise<DocumentKey[]> {
    const entries = [...(await this.stored(cell, before)), ...closedBy(puts, cell, before)];
    const ids = [...new Set(entries.map(({ closed }) => closed.id))];
    const found = await this.store.getMany<Recommendation>(collections.recommendations, ids);
    const current = new Map(found.flatMap((each) => (each ? [[each.id, each.document] as const] : [])));
    for (const { collection, id, document } of puts)
      if (collection === collections.recommendations) current.set(id, document as Recommendation);
    return entries.flatMap(({ key, closed }) => {
      const recommendation = current.get(closed.id);
      // It may have been opened, or closed otherwise, since.
      const isAsClosed = recommendation?.updatedAt === closed.at && recommendation.status !== 'open';
      return [{ collection: collections.closed, id: key }, ...(isAsClosed ? keysOf(recommendation) : [])];
    });
  }

  private async stored(cell: string, before: Millis): Promise<Entry[]> {
    const [prefix, end] = [`${cellKey(cell)}/`, closedPrefix(cell, before)];
    const entries: Entry[] = [];
    for (let after: string | undefined; ;) {
      const options = { prefix, limit: PAGE, ...(after !== undefined && { after }) };
      const { items, next } = await this.store.list<ClosedRecommendation>(collections.closed, options);
      const overdue = items.filter(({ id }) => id < end);
      entries.push(...overdue.map(({ id, document }) => ({ key: id, closed: document })));
      if (next === undefined || overdue.length < items.length) return entries;
      after = next;
    }
  }
}

interface Entry {
  readonly key: string;
  readonly closed: ClosedRecommendation;
}

const closedBy = (puts: readonly Put[], cell: string, before: Millis): Entry[] => {
  const [prefix, end] = [`${cellKey(cell)}/`, closedPrefix(cell, before)];
  return puts
    .filter(({ collection, id }) => collection === collections.closed && id.startsWith(prefix) && id < end)
    .map(({ id, document }) => ({ key: id, closed: document as ClosedRecommendation }));
};

const keysOf = ({ id, cell, status }: Recommendation): DocumentKey[] => [
  { collection: collections.recommendations, id },
  { collection: collections.traces, id },
  { collection: collections.rows, id: rowKey(cell, status, id) },
];
