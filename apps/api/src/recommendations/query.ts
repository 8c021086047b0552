import { type Recommendation, kinds, parseInstant, statuses } from '@portolan/domain';
import { z } from 'zod';
import { paging } from '../listing.js';

const listOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .pipe(z.array(z.enum(values, { error: `must be one or more of ${values.join(', ')}, separated by commas` })));

const sorts = ['saving', '-saving', 'decideBy', '-decideBy', 'updatedAt', '-updatedAt'] as const;

export const recommendationQuery = z.strictObject({
  status: listOf(statuses).optional().meta({ description: 'Default: open' }),
  kind: listOf(kinds).optional(),
  shipment: z.string().optional(),
  location: z.string().optional().meta({ description: 'A location on an itinerary in force or proposed' }),
  cause: z.string().optional().meta({ description: 'Id of an event' }),
  minSaving: z.coerce.number({ error: 'must be a number' }).optional(),
  decideBefore: z
    .string()
    .refine((text) => parseInstant(text) !== undefined, 'must be an RFC 3339 instant with an offset')
    .optional(),
  sort: z.enum(sorts, { error: `must be one of ${sorts.join(', ')}` }).default('-saving'),
  ...paging,
});

export type RecommendationQuery = z.infer<typeof recommendationQuery>;

export function matches(query: RecommendationQuery): (each: Recommendation) => boolean {
  const { status = ['open'], kind, shipment, location, cause, minSaving = -Infinity, decideBefore } = query;
  const before = decideBefore === undefined ? undefined : parseInstant(decideBefore)!;
  return (each) =>
    status.includes(each.status) &&
    (!kind || kind.includes(each.kind)) &&
    (shipment === undefined ||
      each.changes.some((change) => change.shipment === shipment || change.order === shipment)) &&
    (location === undefined || locationsOn(each).has(location)) &&
    (cause === undefined || each.causes.some(({ id }) => id === cause)) &&
    each.saving.amount >= minSaving &&
    (before === undefined || (each.decideBy !== undefined && parseInstant(each.decideBy)! < before));
}

const locationsOn = ({ changes }: Recommendation): Set<string> =>
  new Set(
    changes.flatMap(({ from, to, inForce, proposed }) => [
      from,
      to,
      ...[...inForce, ...proposed].flatMap(({ legs }) => legs.flatMap((leg) => [leg.from, leg.to])),
    ]),
  );

/** By the key asked for, then by id; what has no decide-by comes last. */
export function ordered(sort: RecommendationQuery['sort']): (a: Recommendation, b: Recommendation) => number {
  const [key, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1];
  const value = (each: Recommendation): number =>
    key === 'saving'
      ? each.saving.amount
      : key === 'updatedAt'
        ? parseInstant(each.updatedAt)!
        : (parseInstant(each.decideBy ?? '') ?? sign * Infinity);
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    return x === y ? (a.id < b.id ? -1 : 1) : sign * (x - y);
  };
}
