import type { Assignment } from '../events/decision.js';
import { stepOf } from '../recommendation/assignments.js';
import type { Millis } from '../time/instant.js';
import { lastingHold, lotExpiry, type Shipment } from '../state/shipments.js';
import type { State } from '../state/state.js';
import { type Spot, endOf, handlingTime, landedFrom } from '../state/travel.js';
import type { ProblemDemand } from '../problem-format/document.js';
import { clean, durationText, given, instantText } from './numbers.js';

/** A shipment as a demand; or why it should be one and cannot; or nothing, where nothing is left to decide. */
export type DemandOutcome =
  | { readonly kind: 'demand'; readonly demand: ProblemDemand }
  | { readonly kind: 'unplanned'; readonly reason: string }
  | { readonly kind: 'settled' };

/** As long as an identifier of a problem may be; the id of a part is its order's and a little. */
const LONGEST_ID = 200;

/** Less than this is rounding, not goods. */
const TRACE = 1e-6;

export function demandOf(state: State, shipment: Shipment): DemandOutcome {
  const { order, status, statusReason, quantity } = shipment;
  if (status === 'cancelled' || status === 'delivered' || quantity <= TRACE) return { kind: 'settled' };
  if (shipment.id.length > LONGEST_ID) return unplanned(`its id has more than ${LONGEST_ID} characters`);
  if (status === 'unknown') return unplanned(`whereabouts unknown: ${statusReason}`);
  const hold = lastingHold(shipment.holds, state.now);
  if (hold?.to === Infinity) return unplanned(`held${hold.reason === undefined ? '' : `: ${hold.reason}`}`);
  if (!state.locations.has(order.to)) return unplanned(`its destination (${order.to}) is not a known location`);
  const start = shipment.part ? startOf(state, shipment, hold?.to) : restStart(state, shipment, hold?.to);
  if ('kind' in start) return start;
  return { kind: 'demand', demand: { id: shipment.id, ...start, ...termsOf(state, shipment) } };
}

const unplanned = (reason: string): DemandOutcome => ({ kind: 'unplanned', reason });

type Start = Pick<ProblemDemand, 'from' | 'product' | 'onBoard' | 'available'>;

/** What has not begun to move starts at its origin when ready, or from any lot of its product. */
function restStart(state: State, { order }: Shipment, released = -Infinity): Start | DemandOutcome {
  const ready = Math.max(order.available ?? -Infinity, released, state.now);
  if (ready > state.now + state.parameters.horizon)
    return unplanned(`ready on ${instantText(ready)}, after the planning horizon`);
  if (order.from === undefined)
    return { product: order.product!, ...(ready > state.now && { available: instantText(ready) }) };
  if (!state.locations.has(order.from)) return unplanned(`its origin (${order.from}) is not a known location`);
  if (order.from === order.to) return { kind: 'settled' };
  return { from: order.from, available: instantText(ready) };
}

/** What moves starts where it is, or behind the leg or truck it is on or as good as on. */
function startOf(state: State, { order, start }: Shipment, released = -Infinity): Start | DemandOutcome {
  const spot = start!;
  const place = endOf(spot);
  if (!state.locations.has(place)) return unplanned(`on its way to a location that is not known (${place})`);
  if (spot.kind === 'on-leg' && released <= spot.leg.arrives) return onBoard(state, spot);
  if (place === order.to) return { kind: 'settled' };
  return { from: place, available: instantText(Math.max(readyFrom(state, spot), released, state.now)) };
}

function onBoard(state: State, spot: Spot & { kind: 'on-leg' }): Start | DemandOutcome {
  const { service, leg } = spot;
  if (state.locations.has(leg.from)) return { onBoard: { service, leg: leg.id } };
  return { from: leg.to, available: instantText(Math.max(readyFrom(state, spot), state.now)) };
}

/** Loading from here on, goods can leave when a transfer from what brought them would let them: not before, not later. */
function readyFrom(state: State, spot: Spot): Millis {
  const there = spot.kind === 'at' ? spot : landedFrom(state, spot);
  return there.loadable - handlingTime(state, there.location, 'load');
}

function termsOf(state: State, { order, part, quantity, reefer, condition }: Shipment): Omit<ProblemDemand, 'id'> {
  const product = state.products.get(order.product ?? '');
  const spoilage = order.spoilagePerUnitHour ?? product?.spoilagePerUnitHour;
  const latest = latestOf(state, order.latest, order.minShelfLife, part?.supply);
  return {
    to: order.to,
    quantity: clean(quantity),
    ...given({
      due: instant(order.due),
      latest: instant(latest),
      latePerUnitHour: number(order.latePerUnitHour),
      revenue: number(order.revenue),
      unservedPenalty: clean(order.unservedPenalty ?? state.parameters.unservedPenalty),
      spoilagePerUnitHour: spoilage === undefined ? undefined : clean(spoilage * condition.rate),
      minShelfLife:
        part || order.from !== undefined || order.minShelfLife === undefined
          ? undefined
          : durationText(order.minShelfLife),
      reefer: reefer || undefined,
      unitSize: number(order.unitSize) || undefined,
    }),
  };
}

/** Goods from a lot must arrive with enough life left, as they would if the lot still supplied them. */
function latestOf(
  state: State,
  latest: Millis | undefined,
  minShelfLife = 0,
  supply: string | undefined,
): Millis | undefined {
  const expires = supply === undefined ? undefined : lotExpiry(state, supply);
  return expires === undefined ? latest : Math.min(latest ?? Infinity, expires - minShelfLife);
}

const instant = (at: Millis | undefined): string | undefined => (at === undefined ? undefined : instantText(at));
const number = (value: number | undefined): number | undefined => (value === undefined ? undefined : clean(value));

/** What is in force for a demand, one assignment for each itinerary, not more than there is. */
export function inForceOf(shipment: Shipment, demand: ProblemDemand): Assignment[] {
  let left = demand.quantity;
  const merged = new Map<string, Assignment>();
  for (const { supply, quantity, steps } of shipment.inForce) {
    const taken = clean(Math.min(quantity, left));
    if (taken <= TRACE || (demand.product === undefined) !== (supply === undefined)) continue;
    left -= taken;
    const itinerary = steps.map(stepOf);
    const key = shipment.inForce.length === 1 ? '' : JSON.stringify([supply, itinerary]);
    const before = merged.get(key)?.quantity ?? 0;
    merged.set(key, { ...(supply !== undefined && { supply }), quantity: clean(before + taken), itinerary });
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, assignment]) => assignment);
}
