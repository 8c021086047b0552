import type { Assignment } from '../events/decision.js';
import type { Draft } from './draft.js';
import type { Fact } from './fact.js';
import { type Goods, type InForce, type Part, type PathStep, noGoods, sameStep } from './goods.js';
import { restQuantity } from './order-goods.js';
import { putGoods, settle } from './settle.js';
import type { Decision, Order, State } from './state.js';
import { endOf, endsOf } from './travel.js';
import { standingOf } from './whereabouts.js';

const TRACE = 1e-6;

/** An accepted proposal becomes what is in force; a rejected one is remembered. */
export function foldDecision(draft: Draft, fact: Fact<'org.portolan.decision.made'>): void {
  const { recommendation, extensions: _, ...answer } = fact.data;
  const decision: Decision = { ...answer, position: fact.position };
  draft.set('decisions', recommendation, decision);
  if (decision.decision === 'reject') return draft.set('rejections', recommendation, decision);
  draft.delete('rejections', recommendation);
  for (const { shipment, assignments } of decision.proposal.shipments) putInForce(draft, shipment, assignments);
}

function putInForce(draft: Draft, shipment: string, assignments: readonly Assignment[]): void {
  const { state } = draft;
  const ofPart = orderOfPart(state, shipment);
  const id = ofPart ?? shipment;
  const goods = state.goods.get(id) ?? noGoods(id);
  const order = state.orders.get(id);
  if (ofPart === undefined) putGoods(draft, withRest(state, order, goods, assignments));
  else if (order) putGoods(draft, withPart(state, order, goods, shipment, assignments));
  settle(draft, id);
}

/** The order a shipment is a part of; `undefined` for an order's own id. */
function orderOfPart(state: State, shipment: string): string | undefined {
  if (state.orders.has(shipment)) return undefined;
  const slash = shipment.lastIndexOf('/');
  const order = shipment.slice(0, Math.max(0, slash));
  return state.goods.get(order)?.parts.some(({ id }) => id === shipment) ? order : undefined;
}

function withRest(state: State, order: Order | undefined, goods: Goods, assignments: readonly Assignment[]): Goods {
  const put = assignments.map(({ supply, quantity, itinerary }): InForce => {
    const before = goods.rest.filter((each) => each.supply === supply).flatMap(({ steps }) => steps);
    return {
      ...(supply !== undefined && { supply }),
      quantity,
      steps: putSteps(state, itinerary, before),
    };
  });
  return { ...goods, rest: order ? withinQuantity(state, put, restQuantity(state, order, goods)) : put };
}

/** Steps put in force now; those that already were stay so since then. */
const putSteps = (state: State, itinerary: Assignment['itinerary'], before: readonly PathStep[]): PathStep[] =>
  itinerary.map(({ service, leg }) => {
    const step = leg === undefined ? { service } : { service, leg };
    const since = before.filter((each) => sameStep(each, step)).map((each) => each.since);
    return { ...step, since: Math.min(Math.max(0, state.now), ...since) };
  });

/**
 * Where goods began to move between the plan and its acceptance, more is assigned than is left: what has left already
 * goes first, then the last.
 */
function withinQuantity(state: State, assigned: readonly InForce[], quantity: number): readonly InForce[] {
  let excess = assigned.reduce((sum, each) => sum + each.quantity, 0) - quantity;
  if (excess <= TRACE) return assigned;
  const gone = (each: InForce) => (endsOf(state, each.steps[0] ?? { service: '' })?.departs ?? Infinity) <= state.now;
  const order = [...assigned.filter(gone), ...assigned.filter((each) => !gone(each)).reverse()];
  const kept = new Map<InForce, number>();
  for (const each of order) {
    const taken = Math.min(excess, each.quantity);
    excess -= taken;
    kept.set(each, each.quantity - taken);
  }
  return assigned.flatMap((each) => (kept.get(each)! > TRACE ? [{ ...each, quantity: kept.get(each)! }] : []));
}

function withPart(state: State, order: Order, goods: Goods, id: string, assignments: readonly Assignment[]): Goods {
  const part = goods.parts.find((each) => each.id === id)!;
  const standing = standingOf(state, order, part);
  const { start, steps, origin } = standing;
  const travelled = steps.slice(0, start.kind === 'at' ? start.index : start.index + 1);
  const put = assignments.map(({ quantity, itinerary }) => {
    const ahead = putSteps(state, itinerary, steps);
    return { quantity, steps: aligned(state, travelled, ahead, endOf(start)) };
  });
  const changed: Part = { ...part, origin, path: travelled, inForce: withinQuantity(state, put, part.quantity) };
  return { ...goods, parts: goods.parts.map((each) => (each === part ? changed : each)) };
}

/** What of an itinerary is still ahead, where goods have gone on along it since it was planned. */
function aligned(
  state: State,
  travelled: readonly PathStep[],
  ahead: readonly PathStep[],
  location: string,
): readonly PathStep[] {
  const last = travelled.at(-1);
  const common = last ? ahead.findIndex((step) => sameStep(step, last)) : -1;
  if (common >= 0) return ahead.slice(common + 1);
  const fits = ahead.findIndex((step) => endsOf(state, step)?.from === location);
  return fits > 0 ? ahead.slice(fits) : ahead;
}
