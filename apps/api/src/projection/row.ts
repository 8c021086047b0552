import { type Kind, type Millis, type Recommendation, type RecommendationStatus, parseInstant } from '@portolan/domain';

/** What a recommendation is found and sorted by: small, so that the history of a cell can be searched. */
export interface RecommendationRow {
  readonly id: string;
  readonly kind: Kind;
  readonly status: RecommendationStatus;
  readonly saving: number;
  readonly decideBy?: Millis;
  readonly updatedAt: Millis;
  /** Ids of its shipments and of their orders. */
  readonly shipments: readonly string[];
  /** Where its goods are, go, or would go. */
  readonly locations: readonly string[];
  /** Ids and types of the events that caused it. */
  readonly causes: readonly string[];
}

export function rowOf({
  id,
  kind,
  status,
  saving,
  decideBy,
  updatedAt,
  changes,
  causes,
}: Recommendation): RecommendationRow {
  return {
    id,
    kind,
    status,
    saving: saving.amount,
    ...(decideBy !== undefined && { decideBy: parseInstant(decideBy)! }),
    updatedAt: parseInstant(updatedAt)!,
    shipments: distinct(changes.flatMap(({ shipment, order }) => [shipment, order])),
    locations: distinct(
      changes.flatMap(({ from, to, inForce, proposed }) => [
        from,
        to,
        ...[...inForce, ...proposed].flatMap(({ legs }) => legs.flatMap((leg) => [leg.from, leg.to])),
      ]),
    ),
    causes: distinct(causes.flatMap((cause) => [cause.id, cause.type])),
  };
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
