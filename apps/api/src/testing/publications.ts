import type { Explanation, PlanPublication, Recommendation, RecommendedChange, ShipmentView } from '@portolan/domain';
import { type EventLog, topics } from '@portolan/streams';
import { explanationExample, planExample, recommendationExample, shipmentExample } from '../openapi/examples.js';

export const CELL = 'antwerp-hinterland';
export const NOW = Date.UTC(2026, 2, 5, 7);

type Wanted = Partial<Omit<Recommendation, 'saving' | 'changes'>> & {
  readonly saving?: number;
  readonly change?: Partial<RecommendedChange>;
};

/** A recommendation as the example's, but for what is wanted otherwise. */
export function recommendationOf(id: string, { saving = 250, change, ...rest }: Wanted = {}): Recommendation {
  const [first] = recommendationExample.changes;
  return {
    ...recommendationExample,
    id,
    ...rest,
    changes: [{ ...first!, ...change }],
    saving: { ...recommendationExample.saving, amount: saving },
  };
}

export const shipmentOf = (id: string, wanted: Partial<ShipmentView> = {}): ShipmentView => ({
  ...shipmentExample,
  id,
  order: id,
  ...wanted,
});

export const explanationOf = (shipment: string, wanted: Partial<Explanation> = {}): Explanation => ({
  ...explanationExample.explanation,
  demand: shipment,
  ...wanted,
});

/** A planning step of the cell; `version` also makes its position. */
export const stepOf = (version: number, wanted: Partial<PlanPublication> = {}): PlanPublication => ({
  cell: CELL,
  version,
  position: 1000 + version,
  now: '2026-03-05T06:30:00Z',
  plan: planExample,
  recommendations: [],
  shipments: [],
  gone: [],
  unplanned: [],
  ledger: null,
  ...wanted,
});

export async function publish(log: EventLog, ...steps: readonly PlanPublication[]): Promise<void> {
  await log.append(
    topics.plans,
    steps.map((step) => ({
      key: step.cell,
      value: JSON.stringify(step),
      dedupe: `plan/${step.cell}/${step.position}`,
    })),
  );
}
