import type { Assignment, Step } from '../events/decision.js';

/** Quantities below are rounding, not goods. */
export const TRACE = 1e-6;

export const round = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

/** The step of a leg that says more than that. */
export const stepOf = ({ service, leg }: { service: string; leg?: string | undefined }): Step =>
  leg === undefined ? { service } : { service, leg };

export const stepKey = ({ service, leg }: Step): string => (leg === undefined ? service : `${service}/${leg}`);

export const itineraryKey = ({ supply, itinerary }: Pick<Assignment, 'supply' | 'itinerary'>): string =>
  `${supply ?? ''}|${itinerary.map(stepKey).join('>')}`;

export const totalQuantity = (assignments: readonly Assignment[]): number =>
  assignments.reduce((sum, { quantity }) => sum + quantity, 0);

/** How the goods of one shipment would move from the itineraries in force to the planned ones. */
export interface Shift {
  readonly kept: readonly Assignment[];
  /** Quantities that leave an itinerary in force. */
  readonly removed: readonly Assignment[];
  /** Quantities that take a new itinerary. */
  readonly added: readonly Assignment[];
}

export function shiftBetween(inForce: readonly Assignment[], planned: readonly Assignment[]): Shift {
  const [only, other] = [inForce[0], planned[0]];
  // Most go on as they do: told without comparing texts.
  if (only && other && inForce.length === 1 && planned.length === 1 && isSame(only, other))
    return { kept: [{ ...only, quantity: round(only.quantity) }], removed: [], added: [] };
  const before = byItinerary(inForce);
  const after = byItinerary(planned);
  const kept: Assignment[] = [];
  const removed: Assignment[] = [];
  const added: Assignment[] = [];
  for (const [key, assignment] of before) {
    const staying = Math.min(assignment.quantity, after.get(key)?.quantity ?? 0);
    if (staying > TRACE) kept.push({ ...assignment, quantity: round(staying) });
    if (assignment.quantity - staying > TRACE)
      removed.push({ ...assignment, quantity: round(assignment.quantity - staying) });
  }
  for (const [key, assignment] of after) {
    const more = assignment.quantity - (before.get(key)?.quantity ?? 0);
    if (more > TRACE) added.push({ ...assignment, quantity: round(more) });
  }
  return { kept, removed, added };
}

const isSame = (a: Assignment, b: Assignment): boolean =>
  a.supply === b.supply &&
  a.quantity === b.quantity &&
  a.quantity > TRACE &&
  a.itinerary.length === b.itinerary.length &&
  a.itinerary.every(({ service, leg }, at) => service === b.itinerary[at]!.service && leg === b.itinerary[at]!.leg);

function byItinerary(assignments: readonly Assignment[]): Map<string, Assignment> {
  const merged = new Map<string, Assignment>();
  for (const assignment of assignments) {
    const key = itineraryKey(assignment);
    merged.set(key, { ...assignment, quantity: assignment.quantity + (merged.get(key)?.quantity ?? 0) });
  }
  return merged;
}
