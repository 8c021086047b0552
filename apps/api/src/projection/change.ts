import { type Recommendation, statuses } from '@portolan/domain';
import type { Change, DocumentKey, Put } from '@portolan/store';
import {
  type CellProgress,
  type ClosedRecommendation,
  type CurrentPlan,
  type StoredExplanation,
  cellKey,
  closedKey,
  collections,
  keyIn,
  rowKey,
} from './documents.js';
import { rowOf } from './row.js';
import type { TracedStep } from './traced-step.js';

/**
 * What planning steps change in the read model, as one write: of what they change more than once, the last. A step of a
 * cell that is not newer than what is known of the cell changes nothing.
 * @param known how far each cell had been planned before
 */
export function changeOf(
  steps: readonly TracedStep[],
  known: ReadonlyMap<string, CellProgress>,
): Pick<Change, 'puts' | 'deletes'> {
  const progress = new Map(known);
  const last = new Map<string, Put | DocumentKey>();
  for (const step of steps) {
    if (step.position <= (progress.get(step.cell)?.position ?? -1)) continue;
    progress.set(step.cell, step);
    for (const write of writesOf(step)) last.set(`${write.collection} ${write.id}`, write);
  }
  const writes = [...last.values()];
  return { puts: writes.filter(isPut), deletes: writes.filter((write) => !isPut(write)) };
}

const isPut = (write: Put | DocumentKey): write is Put => 'document' in write;

function writesOf({
  cell,
  version,
  position,
  now,
  plan,
  recommendations,
  shipments,
  gone,
  explanations = [],
  trace,
}: TracedStep): (Put | DocumentKey)[] {
  const current: CurrentPlan = { version, position, now, plan };
  const progress: CellProgress = { cell, version, position, now };
  return [
    { collection: collections.plans, id: cellKey(cell), document: current },
    { collection: collections.cells, id: cellKey(cell), document: progress },
    ...recommendations.flatMap((each) => writesOfRecommendation(cell, each)),
    ...recommendations.map(({ id }) => ({ collection: collections.traces, id, ...(trace && { document: trace }) })),
    ...shipments.map((document) => ({ collection: collections.shipments, id: keyIn(cell, document.id), document })),
    ...gone.map((id) => ({ collection: collections.shipments, id: keyIn(cell, id) })),
    // Of a shipment that looks different an older explanation would be wrong.
    ...[...shipments.map(({ id }) => id), ...gone].map((id) => explanationKey(cell, id)),
    ...explanations.map((explanation) => ({
      ...explanationKey(cell, explanation.demand),
      document: { explanation, plan: { version, position, now } } satisfies StoredExplanation,
    })),
  ];
}

const explanationKey = (cell: string, shipment: string): DocumentKey => ({
  collection: collections.explanations,
  id: keyIn(cell, shipment),
});

/** A recommendation has one row, under the status it has now. */
const writesOfRecommendation = (cell: string, document: Recommendation): (Put | DocumentKey)[] => [
  { collection: collections.recommendations, id: document.id, document },
  ...(document.status === 'open' ? [] : [closedPut(cell, document)]),
  ...statuses.map((status) => {
    const key = { collection: collections.rows, id: rowKey(cell, status, document.id) };
    return status === document.status ? { ...key, document: rowOf(document) } : key;
  }),
];

const closedPut = (cell: string, recommendation: Recommendation): Put => ({
  collection: collections.closed,
  id: closedKey(cell, recommendation),
  document: { id: recommendation.id, at: recommendation.updatedAt } satisfies ClosedRecommendation,
});
