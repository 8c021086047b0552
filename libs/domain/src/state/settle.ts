import type { Millis } from '../time/instant.js';
import type { Draft } from './draft.js';
import { evidenceOf } from './evidence.js';
import { type Goods, type InForce, type Part, carriesAll, noGoods } from './goods.js';
import { holdsOn } from './holds.js';
import { lotOf, lotQuantity, originOf, restQuantity, unclaimed, unitsPerContainer } from './order-goods.js';
import { joinParts, nextNumber, separate } from './parts.js';
import { seenApart } from './seen-apart.js';
import type { Order, State } from './state.js';
import { type GoodsAt, type Spot, type Travel, departureOf, endsOf, handlingTime, landedFrom } from './travel.js';
import { atOrigin, placesAround } from './way.js';
import { type Standing, standingBy, standingOf } from './whereabouts.js';

const TRACE = 1e-6;

/**
 * Brings an order's goods up to what is known now: what has begun to move, or is as good as begun, becomes a part; what
 * turns out to travel otherwise becomes another. Done after every event that matters to the order, and when its time has
 * come, so that the parts and their numbers follow from the log alone.
 */
export function settle(draft: Draft, id: string): void {
  const { state } = draft;
  const order = state.orders.get(id);
  if (!order || order.cancelled !== undefined) return draft.delete('nextBegin', id);
  const before = state.goods.get(id) ?? noGoods(id);
  const after = [seenApart, takeSeen, takeBegun, splitBranches, joinParts].reduce(
    (goods, step) => step(state, order, goods),
    before,
  );
  if (after !== before) putGoods(draft, after);
  const next = nextBegin(state, order, after);
  if (next === Infinity) return draft.delete('nextBegin', id);
  if (state.nextBegin.get(id) !== next) draft.set('nextBegin', id, next);
  if (next < state.earliestBegin) draft.assign({ earliestBegin: next });
}

/** Puts an order's goods in the state, and the order where its services and lots lead to it. */
export function putGoods(draft: Draft, goods: Goods): void {
  draft.set('goods', goods.order, goods);
  const itineraries = [...goods.rest, ...goods.parts.flatMap(({ inForce }) => inForce)];
  for (const { supply, steps } of itineraries) {
    if (supply !== undefined) draft.include('ordersBy', `lot:${supply}`, goods.order);
    for (const { service } of steps) draft.include('ordersBy', `service:${service}`, goods.order);
  }
  for (const { path, supply } of goods.parts) {
    if (supply !== undefined) draft.include('ordersBy', `lot:${supply}`, goods.order);
    for (const { service } of path) draft.include('ordersBy', `service:${service}`, goods.order);
  }
}

/** Settles orders whose goods begin to move, or are frozen, by now. */
export function settleDue(draft: Draft): void {
  if (draft.state.now < draft.state.earliestBegin) return;
  const due = [...draft.state.nextBegin].filter(([, at]) => at <= draft.state.now);
  for (const [id] of due.sort(([a], [b]) => (a < b ? -1 : 1))) settle(draft, id);
  draft.assign({ earliestBegin: Math.min(Infinity, ...draft.state.nextBegin.values()) });
}

/** Containers of the rest that were seen on their way. */
function takeSeen(state: State, order: Order, goods: Goods): Goods {
  if (state.moves.size === 0 || restQuantity(state, order, goods) <= TRACE) return goods;
  return unclaimed(state, order, goods).reduce((left, { equipment, supply }) => {
    const candidates = left.rest.filter((each) => each.supply === supply);
    const around = placesAround(state, order, restGoods(state, order, supply, candidates));
    if (!state.moves.has(equipment)) return left;
    const evidence = evidenceOf(state, order, equipment, around);
    const origin = originOf(state, order, supply);
    if (!evidence || origin === undefined) return left;
    if (evidence.kind === 'at' && evidence.location === origin) return left;
    const chosen = candidates.find((each) => carries(state, each, evidence)) ?? candidates[0];
    if (supply !== undefined && !(chosen && carries(state, chosen, evidence))) return left;
    const quantity = Math.min(unitsPerContainer(state, order, supply), restQuantity(state, order, left));
    if (quantity <= TRACE) return left;
    return separate(state, order, left, { quantity, equipment: [equipment], origin, ...supplied(supply) }, chosen);
  }, goods);
}

const supplied = (supply: string | undefined) => (supply === undefined ? {} : { supply });

/** Does an itinerary lead over what was seen? */
function carries(state: State, { steps }: InForce, evidence: NonNullable<ReturnType<typeof evidenceOf>>): boolean {
  if (evidence.kind === 'gone') return false;
  if (evidence.kind === 'on')
    return steps.some(({ service, leg }) => service === evidence.service && leg === evidence.leg);
  return steps.some((step) => {
    const ends = endsOf(state, step);
    return ends?.to === evidence.location || (evidence.kind === 'left' && ends?.from === evidence.location);
  });
}

const restGoods = (state: State, order: Order, supply: string | undefined, inForce: readonly InForce[]): GoodsAt => ({
  origin: originOf(state, order, supply) ?? '',
  path: [],
  inForce,
  quantity: inForce.reduce((sum, { quantity }) => sum + quantity, 0),
  equipment: [],
  ...supplied(supply),
});

/** Goods of the rest whose first step has begun, or is frozen, by the timetable. */
function takeBegun(state: State, order: Order, goods: Goods): Goods {
  return goods.rest.reduce((left, branch) => {
    const present = left.rest.find((each) => each === branch);
    if (!present || !begins(state, order, branch)) return left;
    const { equipment, most } = readyContainers(state, order, left, branch);
    const quantity = Math.min(branch.quantity, restQuantity(state, order, left), most, inLot(state, branch.supply));
    if (quantity <= TRACE) return left;
    const origin = originOf(state, order, branch.supply)!;
    return separate(state, order, left, { quantity, equipment, origin, ...supplied(branch.supply) }, branch);
  }, goods);
}

function begins(state: State, order: Order, branch: InForce): boolean {
  const origin = originOf(state, order, branch.supply);
  if (origin === undefined || (branch.supply !== undefined && !lotOf(state, branch.supply))) return false;
  const departs = branch.steps[0] && endsOf(state, branch.steps[0])?.departs;
  if (departs !== undefined && departs - window(state, origin) > state.now) return false;
  return hasBegun(standingBy(state, order, restGoods(state, order, branch.supply, [branch])));
}

const hasBegun = ({ start, whereabouts }: Standing): boolean =>
  start.kind !== 'at' || start.index > 0 || whereabouts.kind === 'delivered';

/** How long before a departure from a place goods are as good as gone. */
const window = (state: State, location: string): Millis =>
  Math.max(state.parameters.freezeWindow, handlingTime(state, location, 'load'));

/** What a lot can give at most: it may be promised more often than it is there. */
function inLot(state: State, supply: string | undefined): number {
  const lot = supply === undefined ? undefined : state.lots.get(supply);
  return lot ? lotQuantity(state, lot) : Infinity;
}

/** Containers that can be on this itinerary as far as anybody knows; `most`, the quantity they hold. */
function readyContainers(
  state: State,
  order: Order,
  goods: Goods,
  branch: InForce,
): { equipment: readonly string[]; most: number } {
  const free = unclaimed(state, order, goods).filter(({ supply }) => supply === branch.supply);
  if (free.length === 0) return { equipment: [], most: Infinity };
  const each = unitsPerContainer(state, order, branch.supply);
  const at = restGoods(state, order, branch.supply, [branch]);
  const around = placesAround(state, order, at);
  const ready = free.filter(({ equipment }) => {
    const evidence = evidenceOf(state, order, equipment, around);
    return hasBegun(standingBy(state, order, { ...at, equipment: [equipment] }, evidence));
  });
  const count = Math.min(ready.length, Math.ceil(branch.quantity / each - TRACE));
  return { equipment: ready.slice(0, count).map(({ equipment }) => equipment), most: ready.length * each };
}

/** Where parts of a part have different itineraries in force, the one that begins goes apart. */
function splitBranches(state: State, order: Order, goods: Goods): Goods {
  return goods.parts.reduce((left, part) => {
    if (part.inForce.length === 0 || carriesAll(part.inForce, part.quantity)) return left;
    return part.inForce.reduce((rest, branch) => splitBegun(state, order, rest, part.id, branch), left);
  }, goods);
}

function splitBegun(state: State, order: Order, goods: Goods, id: string, branch: InForce): Goods {
  const part = goods.parts.find((each) => each.id === id);
  if (!part || carriesAll(part.inForce, part.quantity)) return goods;
  const alone: GoodsAt = { ...part, inForce: [branch], quantity: branch.quantity };
  const { start } = standingOf(state, order, alone);
  const common = standingOf(state, order, { ...part, inForce: [] });
  if (start.index <= common.start.index && start.kind === common.start.kind) return goods;
  const count = Math.round((part.equipment.length * branch.quantity) / part.quantity);
  const equipment = part.equipment.slice(0, count);
  const remaining: Part = {
    ...part,
    quantity: part.quantity - branch.quantity,
    equipment: part.equipment.slice(count),
    inForce: part.inForce.filter((each) => each !== branch),
  };
  const others = goods.parts.map((each) => (each === part ? remaining : each));
  const numbered = nextNumber(state, goods);
  const { origin, path, supply } = part;
  const split: Part = {
    id: `${order.id}/${numbered}`,
    quantity: branch.quantity,
    equipment,
    origin,
    path,
    inForce: [branch],
    ...supplied(supply),
  };
  return { ...goods, parts: [...others, split], numbered };
}

/** When the clock alone makes goods of an order begin to move or freeze; Infinity where it does not. */
function nextBegin(state: State, order: Order, goods: Goods): Millis {
  const ofRest = goods.rest.map((branch) => {
    if (originOf(state, order, branch.supply) === undefined) return Infinity;
    const travel = {
      state,
      order,
      goods: restGoods(state, order, branch.supply, []),
      holds: holdsOn(state, order, []),
    };
    return beginOf(travel, atOrigin(travel), branch);
  });
  const ofParts = goods.parts.flatMap((part) => {
    if (part.inForce.length === 0 || carriesAll(part.inForce, part.quantity)) return [];
    const common = { ...part, inForce: [] };
    const { start, holds } = standingOf(state, order, common);
    const spot = start.kind === 'at' ? start : landedFrom(state, start);
    return part.inForce.map((branch) => beginOf({ state, order, goods: common, holds }, spot, branch));
  });
  return Math.min(Infinity, ...ofRest, ...ofParts);
}

function beginOf(travel: Travel, spot: Spot & { kind: 'at' }, branch: InForce): Millis {
  const { state } = travel;
  const [first] = branch.steps;
  if (!first) return later(state, spot.since);
  const departs = departureOf(travel, first, spot)?.when ?? endsOf(state, first)?.departs;
  return departs === undefined ? Infinity : later(state, departs - window(state, spot.location));
}

const later = ({ now }: State, at: Millis): Millis => (at > now ? at : Infinity);
