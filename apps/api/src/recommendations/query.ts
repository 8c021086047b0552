import { kinds, parseInstant, statuses } from '@portolan/domain';
import type { Place } from '@portolan/platform';
import { z } from 'zod';
import { paging, parameter } from '../http/parameters.js';
import type { RecommendationRow } from '../projection/row.js';

const sorts = ['saving', '-saving', 'decideBy', '-decideBy', 'updatedAt', '-updatedAt'] as const;
export type Sort = (typeof sorts)[number];

export const DEFAULT_SORT: Sort = '-saving';

export const recommendationQuery = z.strictObject({
  status: parameter.someOf(statuses).optional().meta({ description: 'Default: open' }),
  kind: parameter.someOf(kinds).optional().meta({ description: 'Default: all kinds' }),
  shipment: parameter.text.optional().meta({ description: 'Id of a shipment, or of its order' }),
  location: parameter.text.optional().meta({ description: 'On the way of the goods, in force or proposed' }),
  cause: parameter.text.optional().meta({ description: 'Id or type of an event that caused it' }),
  minSaving: parameter.number.optional().meta({ description: "In the cell's currency" }),
  decideBefore: parameter.instant.optional().meta({ description: 'Those to be decided before then' }),
  sort: parameter
    .oneOf(sorts)
    .optional()
    .meta({ description: 'With `-` the greatest first; what has no decide-by comes last. Default: -saving' }),
  cell: parameter.text.optional().meta({ description: "Planning cell. Default: the service's own" }),
  ...paging,
});

export type RecommendationQuery = z.output<typeof recommendationQuery>;

export function matches(query: RecommendationQuery): (row: RecommendationRow) => boolean {
  const { kind, shipment, location, cause, minSaving = -Infinity, decideBefore } = query;
  const before = decideBefore === undefined ? undefined : parseInstant(decideBefore)!;
  return (row) =>
    (kind === undefined || kind.includes(row.kind)) &&
    (shipment === undefined || row.shipments.includes(shipment)) &&
    (location === undefined || row.locations.includes(location)) &&
    (cause === undefined || row.causes.includes(cause)) &&
    row.saving >= minSaving &&
    (before === undefined || (row.decideBy !== undefined && row.decideBy < before));
}

/** Sort key and id: what places a recommendation among others. */
export const placeIn = (sort: Sort, row: RecommendationRow): Place => [row[keyOf(sort)] ?? null, row.id];

/** By the key asked for, then by id; what lacks the key comes last, whichever way. */
export function byPlace(sort: Sort): (a: Place, b: Place) => number {
  const sign = sort.startsWith('-') ? -1 : 1;
  return ([a, idA], [b, idB]) => {
    if (a === b) return String(idA) < String(idB) ? -1 : idA === idB ? 0 : 1;
    if (a === null || b === null) return a === null ? 1 : -1;
    return sign * (Number(a) - Number(b));
  };
}

const keyOf = (sort: Sort): 'saving' | 'decideBy' | 'updatedAt' =>
  sort.replace('-', '') as 'saving' | 'decideBy' | 'updatedAt';
