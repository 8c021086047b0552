import type { Assignment } from '../events/decision.js';
import { lotOf, lotQuantity } from '../state/order-goods.js';
import { type Shipment, lotExpiry, shipmentsOf } from '../state/shipments.js';
import type { Lot, State } from '../state/state.js';
import { demandOf, inForceOf } from './demands.js';
import type { ProblemDemand, ProblemDocument, ProblemSupply } from '../problem-format/document.js';
import { byId, clean, instantText } from './numbers.js';
import { locationsIn, servicesIn } from './network.js';

/** What a demand of the problem is in the state. */
export interface DemandOrigin {
  readonly order: string;
  /** Set for goods that have begun to move: then it is the demand's id, too. */
  readonly part?: string;
  readonly inForce: readonly Assignment[];
}

export interface ToProblem {
  readonly problem: ProblemDocument;
  readonly demands: ReadonlyMap<string, DemandOrigin>;
  /** Goods that should be planned and cannot be, each with its reason. */
  readonly unplanned: readonly { readonly id: string; readonly reason: string }[];
}

/**
 * The planning problem at the state's now (`portolan.problem/1`). It always passes `parseProblem`: what refers to unknown
 * things is left out, and said so. Lists are in order of id, so equal states give equal bytes.
 */
export function toProblem(state: State): ToProblem {
  const shipments = shipmentsOf(state);
  const asked = distinct(shipments).map((shipment) => ({ shipment, outcome: demandOf(state, shipment) }));
  const planned = asked.flatMap(({ shipment, outcome }) =>
    outcome.kind === 'demand' ? [{ shipment, demand: outcome.demand }] : [],
  );
  const origins = planned.map(({ shipment, demand }) => [demand.id, originOf(shipment, demand)] as const);
  const problem = documentOf(
    state,
    shipments,
    planned.map(({ demand }) => demand),
    origins,
  );
  return {
    problem,
    demands: new Map(origins),
    unplanned: asked.flatMap(({ shipment: { id }, outcome }) =>
      outcome.kind === 'unplanned' ? [{ id, reason: outcome.reason }] : [],
    ),
  };
}

function documentOf(
  state: State,
  shipments: readonly Shipment[],
  demands: readonly ProblemDemand[],
  origins: readonly (readonly [string, DemandOrigin])[],
): ProblemDocument {
  const { currency, unit, co2PricePerTonne, changePenaltyPerUnit, maxLegs } = state.parameters;
  return {
    format: 'portolan.problem/1',
    name: state.cell,
    currency,
    unit,
    parameters: { co2PricePerTonne, changePenaltyPerUnit, maxLegs },
    locations: locationsIn(state),
    services: servicesIn(state, shipments, demands),
    supplies: suppliesIn(state),
    demands: [...demands],
    current: currentOf(origins),
  };
}

/** One shipment for each id, in order of id: an order's own id goes before a part's that happens to be equal. */
function distinct(shipments: readonly Shipment[]): Shipment[] {
  const found = new Map<string, Shipment>();
  for (const each of shipments) if (!found.has(each.id) || each.part === undefined) found.set(each.id, each);
  return [...found.values()].sort(byId);
}

const originOf = (shipment: Shipment, demand: ProblemDemand): DemandOrigin => ({
  order: shipment.order.id,
  ...(shipment.part && { part: shipment.part.id }),
  inForce: inForceOf(shipment, demand),
});

const currentOf = (origins: readonly (readonly [string, DemandOrigin])[]): NonNullable<ProblemDocument['current']> =>
  origins.flatMap(([demand, { inForce }]) =>
    inForce.map(({ supply, quantity, itinerary }) => ({
      demand,
      ...(supply !== undefined && { supply }),
      itinerary: [...itinerary],
      quantity,
    })),
  );

/** Lots with something left, at places known. */
function suppliesIn(state: State): ProblemSupply[] {
  return [...state.lots.keys()].sort().flatMap((id) => {
    const lot = lotOf(state, id);
    const quantity = lot && state.locations.has(lot.location) ? lotQuantity(state, lot) : 0;
    return lot && quantity > 0 ? [supplyOf(state, lot, quantity)] : [];
  });
}

function supplyOf(state: State, lot: Lot, quantity: number): ProblemSupply {
  const expires = lotExpiry(state, lot.id);
  return {
    id: lot.id,
    product: lot.product,
    location: lot.location,
    quantity: clean(quantity),
    available: instantText(Math.max(lot.available, state.now)),
    ...(lot.unitCost !== undefined && { unitCost: clean(lot.unitCost) }),
    ...(expires !== undefined && { expires: instantText(expires) }),
  };
}
