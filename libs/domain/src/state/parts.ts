import { type Goods, type InForce, type Part, carriesAll } from './goods.js';
import type { Order, State } from './state.js';
import type { Spot } from './travel.js';
import { type Standing, type Whereabouts, standingOf } from './whereabouts.js';

const TRACE = 1e-6;

/** Takes goods from the rest, and from the itinerary in force they were on, into a part of their own. */
export function separate(
  state: State,
  order: Order,
  goods: Goods,
  piece: Pick<Part, 'quantity' | 'equipment' | 'origin' | 'supply'>,
  branch: InForce | undefined,
): Goods {
  const inForce = branch ? [{ ...branch, quantity: piece.quantity }] : [];
  const rest = goods.rest.flatMap((each) => (each === branch ? lessened(each, piece.quantity) : [each]));
  const numbered = nextNumber(state, goods);
  const part: Part = { id: `${goods.order}/${numbered}`, ...piece, path: [], inForce };
  const twin = twinOf(state, order, goods.parts, part);
  if (!twin) return { ...goods, rest, parts: [...goods.parts, part], numbered };
  const parts = goods.parts.map((each) => (each === twin ? joined(twin, part) : each));
  return { ...goods, rest, parts };
}

const lessened = (branch: InForce, by: number): InForce[] =>
  branch.quantity - by > TRACE ? [{ ...branch, quantity: branch.quantity - by }] : [];

/** The next number whose id no order has. */
export function nextNumber(state: State, { order, numbered }: Goods): number {
  let number = numbered + 1;
  while (state.orders.has(`${order}/${number}`)) number++;
  return number;
}

/** Parts that start at the same place with the same way ahead are one; the older number stays. */
export function joinParts(state: State, order: Order, goods: Goods): Goods {
  if (goods.parts.length < 2) return goods;
  const kept: Part[] = [];
  for (const part of goods.parts) {
    const twin = twinOf(state, order, kept, part);
    if (twin) kept.splice(kept.indexOf(twin), 1, joined(twin, part));
    else kept.push(part);
  }
  return kept.length < goods.parts.length ? { ...goods, parts: kept } : goods;
}

function twinOf(state: State, order: Order, parts: readonly Part[], part: Part): Part | undefined {
  return parts.find((each) => standAlike(state, order, each, part));
}

/**
 * Do both stand at the same place with the same way ahead? Where nobody saw one of them there, it is known by its way alone, which
 * the other has to share: together they would have but one.
 */
export function standAlike(state: State, order: Order, a: Part, b: Part): boolean {
  if (branches(a) || branches(b)) return false;
  const [one, other] = [standingOf(state, order, a), standingOf(state, order, b)];
  if (standingKey(one, a.supply) !== standingKey(other, b.supply)) return false;
  return !(one.presumed || other.presumed) || wayKey(a) === wayKey(b);
}

const wayKey = ({ origin, path, inForce }: Part): string =>
  JSON.stringify([origin, path, inForce.map(({ steps }) => steps)]);

const branches = ({ inForce, quantity }: Part): boolean => inForce.length > 0 && !carriesAll(inForce, quantity);

/** Equal for goods that a plan need not tell apart. */
function standingKey({ whereabouts, start, ahead }: Standing, supply: string | undefined): string {
  const itineraries = ahead.map(({ steps }) => steps.map(({ service, leg }) => [service, leg]));
  return JSON.stringify([supply, placeKey(whereabouts, start), itineraries]);
}

function placeKey(whereabouts: Whereabouts, start: Spot): string {
  if (whereabouts.kind === 'unknown') return `unknown: ${whereabouts.reason}`;
  return whereabouts.kind === 'delivered' ? 'delivered' : spotKey(start);
}

function spotKey(spot: Spot): string {
  if (spot.kind === 'at') return `at ${spot.location}`;
  return spot.kind === 'on-leg' ? `on ${spot.service}/${spot.leg.id}` : `on ${spot.relation.id} until ${spot.arrives}`;
}

function joined(twin: Part, part: Part): Part {
  const quantity = twin.quantity + part.quantity;
  return {
    ...twin,
    quantity,
    equipment: [...twin.equipment, ...part.equipment],
    inForce: twin.inForce.map((branch) => ({ ...branch, quantity })),
  };
}
