import type { Alternative, Recommendation } from './recommendation.js';
import type { Recommended } from './recommend.js';

const isOpen = ({ status }: Recommendation): boolean => status === 'open';

/** Shipments of what is new or changed and still open: those whose alternatives are asked for. */
export const shipmentsShown = ({ changed }: Recommended): string[] => [
  ...new Set(changed.filter(isOpen).flatMap(({ changes }) => changes.map(({ shipment }) => shipment))),
];

/** The same with the next best itineraries of the shipments shown; what has not changed or has ended keeps what it had. */
export function withAlternatives(
  { changed, ledger }: Recommended,
  alternativesOf: (shipment: string) => readonly Alternative[],
): Recommended {
  const filled = new Map(
    changed.filter(isOpen).map((each) => [
      each.id,
      {
        ...each,
        changes: each.changes.map((change) => ({ ...change, alternatives: [...alternativesOf(change.shipment)] })),
      },
    ]),
  );
  const fill = (each: Recommendation): Recommendation => filled.get(each.id) ?? each;
  return { changed: changed.map(fill), ledger: { ...ledger, open: ledger.open.map(fill) } };
}
