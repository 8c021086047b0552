import { createHash } from 'node:crypto';
import {
  type ItineraryView,
  type Shipment,
  type ShipmentView,
  type Situation,
  formatInstant,
  plannedViews,
  round,
  shipmentsOf,
  timelineOf,
  viewsOf,
} from '@portolan/domain';
import type { PlannedState } from './situation.js';

/** By shipment, a digest of how it looked when it was last published. */
export type ShipmentDigests = Readonly<Record<string, string>>;

export interface ChangedShipments {
  readonly changed: ShipmentView[];
  readonly gone: string[];
  readonly digests: ShipmentDigests;
}

/** Shipments that look different since they were last published, whole, and those that are no more. */
export function changedShipments(
  planned: PlannedState,
  situation: Situation,
  before: ShipmentDigests,
): ChangedShipments {
  const views = shipmentViews(planned, situation);
  const digests = Object.fromEntries(views.map((view) => [view.id, digest(view)]));
  return {
    changed: views.filter(({ id }) => digests[id] !== before[id]),
    gone: Object.keys(before).filter((id) => digests[id] === undefined),
    digests,
  };
}

/** Nobody looked: what was published last is still what is known of them. */
export const unchanged = (digests: ShipmentDigests): ChangedShipments => ({ changed: [], gone: [], digests });

const digest = (view: ShipmentView): string =>
  createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 12);

function shipmentViews(planned: PlannedState, { demands, rating }: Situation): ShipmentView[] {
  const unplanned = new Map(planned.asked.unplanned.map(({ id, reason }) => [id, reason]));
  const byId = new Map(demands.map((demand) => [demand.id, demand]));
  return shipmentsOf(planned.state).map((shipment) => {
    const demand = byId.get(shipment.id);
    const inForce = demand ? viewsOf(demand.id, demand.inForce, rating) : [];
    return view(planned, shipment, inForce, demand ? plannedViews(demand, rating) : [], unplanned.get(shipment.id));
  });
}

function view(
  { state }: PlannedState,
  shipment: Shipment,
  inForce: ItineraryView[],
  planned: ItineraryView[],
  unplannedReason: string | undefined,
): ShipmentView {
  const { order } = shipment;
  const reason = shipment.statusReason ?? unplannedReason;
  return {
    id: shipment.id,
    order: order.id,
    ...(order.customer !== undefined && { customer: order.customer }),
    status: unplannedReason !== undefined && shipment.status === 'planned' ? 'unplanned' : shipment.status,
    ...(reason !== undefined && { statusReason: reason }),
    ...(order.product !== undefined && { product: order.product }),
    reefer: shipment.reefer,
    quantity: round(shipment.quantity),
    unit: state.parameters.unit,
    ...(order.from !== undefined && { from: order.from }),
    to: order.to,
    ...(order.available !== undefined && { available: formatInstant(order.available) }),
    ...(order.due !== undefined && { due: formatInstant(order.due) }),
    ...(order.latest !== undefined && { latest: formatInstant(order.latest) }),
    equipment: [...shipment.equipment],
    whereabouts: whereaboutsText(shipment),
    inForce,
    planned,
    ...(planned.length > 0 && {
      cost: { amount: round(planned.reduce((sum, { cost }) => sum + cost, 0)), currency: state.parameters.currency },
      co2eKg: round(planned.reduce((sum, { co2eKg }) => sum + co2eKg, 0)),
    }),
    risk: [...shipment.condition.flags, ...lateness(shipment, planned)],
    timeline: timelineOf(state, shipment),
  };
}

function whereaboutsText({ whereabouts, presumed }: Shipment): string {
  const sure = presumed ? ' (presumed)' : '';
  switch (whereabouts?.kind) {
    case undefined:
      return 'in the lots of its product';
    case 'at':
      return `at ${whereabouts.location}${sure}`;
    case 'on-leg':
      return `on leg ${whereabouts.leg} of ${whereabouts.service}${sure}`;
    case 'on-truck':
      return `on ${whereabouts.service}${sure}`;
    case 'delivered':
      return `delivered${sure}`;
    case 'unknown':
      return 'unknown';
  }
}

function lateness({ order }: Shipment, planned: readonly ItineraryView[]): string[] {
  const { due } = order;
  const last = planned
    .flatMap(({ delivered }) => delivered ?? [])
    .sort()
    .at(-1);
  return due !== undefined && last !== undefined && last > formatInstant(due)
    ? [`planned to arrive late, at ${last}`]
    : [];
}
