import { parseDuration } from '../time/duration.js';
import { type Millis, parseInstant } from '../time/instant.js';
import type { Draft } from './draft.js';
import { type Fact, record, recordInTime } from './fact.js';
import { noGoods } from './goods.js';
import { containersOf } from './order-goods.js';
import { matchCall, namesGiven } from './run-names.js';
import { isSame } from './same.js';
import { hours } from './sensors.js';
import { settle } from './settle.js';
import { lotExpiry, shipmentConditions, shipmentPlaces } from './shipments.js';
import type { Lot, Order, Sighting, State } from './state.js';
import { placeName } from './network-facts.js';
import { inWords, touch } from './touches.js';

const instant = (text: string | undefined): Millis | undefined => (text === undefined ? undefined : parseInstant(text));

export function foldProduct(draft: Draft, fact: Fact<'org.portolan.product.described'>): void {
  const { id } = fact.data;
  draft.set('saidOfProducts', id, record(draft.state.saidOfProducts.get(id), fact));
  deriveProduct(draft, id);
}

export function deriveProduct(draft: Draft, id: string): void {
  const said = draft.state.saidOfProducts.get(id)?.[0];
  if (said) draft.set('products', id, said.data);
  else draft.delete('products', id);
  for (const lot of draft.state.lots.values()) if (lot.product === id) deriveLot(draft, lot.id);
}

type OrderFact = Fact<'org.portolan.order.placed' | 'org.portolan.order.cancelled'>;

export function foldOrder(draft: Draft, fact: OrderFact): void {
  const id = fact.type === 'org.portolan.order.placed' ? fact.data.id : fact.data.order;
  const before = draft.state.orders.get(id);
  draft.set('saidOfOrders', id, record(draft.state.saidOfOrders.get(id), fact));
  deriveOrder(draft, id);
  const after = draft.state.orders.get(id);
  if (!after || isSame(before, after)) return;
  touch(draft, fact, [`order:${id}`], orderInWords(draft.state, before, after));
}

function orderInWords(state: State, before: Order | undefined, after: Order): string {
  if (after.cancelled !== undefined) return `Order ${after.id} is cancelled: ${after.cancelled}`;
  const what = `${after.quantity} ${state.parameters.unit}${after.product === undefined ? '' : ` of ${after.product}`}`;
  if (!before || before.cancelled !== undefined)
    return `Order ${after.id} is placed: ${what} to ${placeName(state, after.to)}`;
  const fields = ['quantity', 'from', 'to', 'available', 'due', 'latest'] as const;
  const shown = (value: string | number | undefined, field: string) =>
    value === undefined ? 'open' : typeof value === 'number' && field !== 'quantity' ? inWords(value) : value;
  const changes = fields.flatMap((field) =>
    before[field] === after[field]
      ? []
      : [`${field} ${shown(before[field], field)} becomes ${shown(after[field], field)}`],
  );
  return `Order ${after.id} is revised${changes.length > 0 ? `: ${changes.join(', ')}` : ''}`;
}

export function deriveOrder(draft: Draft, id: string): void {
  const { state } = draft;
  const said = state.saidOfOrders.get(id) ?? [];
  const placed = said.find(
    (fact): fact is Fact<'org.portolan.order.placed'> => fact.type === 'org.portolan.order.placed',
  );
  const cancelled = said[0]?.type === 'org.portolan.order.cancelled' ? said[0] : undefined;
  const before = state.orders.get(id);
  for (const key of before ? keysOf(before) : []) draft.exclude('ordersBy', key, id);
  if (!placed) {
    draft.assign({ naming: {} });
    return draft.delete('orders', id);
  }
  const order = orderOf(placed.data, cancelled && (cancelled.data.reason ?? 'cancelled'));
  draft.set('orders', id, order);
  if (String(before && keysOf(before)) !== String(keysOf(order))) draft.assign({ naming: {} });
  for (const key of keysOf(order)) draft.include('ordersBy', key, id);
  if (!state.goods.has(id)) draft.set('goods', id, noGoods(id));
  for (const equipment of containersOf(state, order)) indexMoves(draft, id, equipment);
  settle(draft, id);
}

const keysOf = ({ id, equipment, references }: Order): string[] => [
  ...equipment.map((each) => `equipment:${each}`),
  ...[id, ...references].map((each) => `reference:${each}`),
];

function orderOf(data: Fact<'org.portolan.order.placed'>['data'], cancelled: string | undefined): Order {
  const { extensions: _, references = [], equipment = [], available, due, latest, minShelfLife, ...rest } = data;
  const order: Partial<Mutable<Order>> = rest;
  if (available !== undefined) order.available = parseInstant(available)!;
  if (due !== undefined) order.due = parseInstant(due)!;
  if (latest !== undefined) order.latest = parseInstant(latest)!;
  if (minShelfLife !== undefined) order.minShelfLife = parseDuration(minShelfLife)!;
  if (cancelled !== undefined) order.cancelled = cancelled;
  order.equipment = [...new Set(equipment)];
  order.references = references.map(({ reference }) => reference);
  return order as Order;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type LotFact = Fact<'org.portolan.lot.registered' | 'org.portolan.lot.withdrawn'>;

export function foldLot(draft: Draft, fact: LotFact): void {
  const id = fact.type === 'org.portolan.lot.registered' ? fact.data.id : fact.data.lot;
  const before = draft.state.lots.get(id);
  draft.set('saidOfLots', id, record(draft.state.saidOfLots.get(id), fact));
  deriveLot(draft, id);
  const after = draft.state.lots.get(id);
  if (!after || isSame(before, after)) return;
  touch(draft, fact, [`lot:${id}`], lotInWords(draft.state, before, after));
}

function lotInWords(state: State, before: Lot | undefined, after: Lot): string {
  if (after.withdrawn !== undefined) return `Lot ${after.id} is withdrawn: ${after.withdrawn}`;
  const what = `${after.quantity} ${state.parameters.unit} of ${after.product} at ${placeName(state, after.location)}`;
  return `Lot ${after.id} ${before ? 'is revised' : 'is there'}: ${what} from ${inWords(after.available)}`;
}

export function deriveLot(draft: Draft, id: string): void {
  const { state } = draft;
  const said = state.saidOfLots.get(id) ?? [];
  const registered = said.find(
    (fact): fact is Fact<'org.portolan.lot.registered'> => fact.type === 'org.portolan.lot.registered',
  );
  const withdrawn = said[0]?.type === 'org.portolan.lot.withdrawn' ? said[0] : undefined;
  for (const each of state.lots.get(id)?.equipment ?? []) draft.exclude('ordersBy', `lots:${each}`, id);
  if (registered) {
    const lot = lotOf(state, registered.data, withdrawn && (withdrawn.data.reason ?? 'withdrawn'));
    draft.set('lots', id, lot);
    for (const each of lot.equipment) draft.include('ordersBy', `lots:${each}`, id);
  } else draft.delete('lots', id);
  for (const order of state.ordersBy.get(`lot:${id}`) ?? []) settle(draft, order);
}

function lotOf(state: State, data: Fact<'org.portolan.lot.registered'>['data'], withdrawn: string | undefined): Lot {
  const { id, product, location, quantity, unitCost } = data;
  const shelfLife = parseDuration(state.products.get(product)?.shelfLife ?? '');
  const produced = instant(data.produced);
  const expires =
    instant(data.expires) ?? (produced === undefined || shelfLife === undefined ? undefined : produced + shelfLife);
  return {
    id,
    product,
    location,
    quantity,
    available: parseInstant(data.available)!,
    ...(expires !== undefined && { expires }),
    ...(unitCost !== undefined && { unitCost }),
    equipment: [...new Set(data.equipment ?? [])],
    ...(withdrawn !== undefined && { withdrawn }),
  };
}

/** Moves kept of one container. */
const MOVES = 64;

export function foldMove(draft: Draft, fact: Sighting): void {
  const { equipment, references = [] } = fact.data;
  if (equipment === undefined) return;
  const { state } = draft;
  for (const { reference } of references) draft.include('ordersBy', `containers:${reference}`, equipment);
  const orders = ordersWith(state, equipment, references);
  const before = orders.map((id) => shipmentPlaces(state, id));
  const moves = recordInTime(state.moves.get(equipment), fact, MOVES);
  draft.set('moves', equipment, moves);
  for (const id of orders) {
    indexMoves(draft, id, equipment);
    settle(draft, id);
  }
  const changed = orders.filter((id, index) => shipmentPlaces(state, id) !== before[index]);
  if (changed.length > 0)
    touch(
      draft,
      fact,
      changed.map((id) => `order:${id}`),
      moveInWords(state, fact),
    );
}

/** Orders a container may carry goods of: those that name it, that its moves name, or that are served from its lots. */
export function ordersWith(
  state: State,
  equipment: string,
  alsoReferred: readonly { reference: string }[] = [],
): string[] {
  const named = state.ordersBy.get(`equipment:${equipment}`) ?? [];
  const references = (state.moves.get(equipment) ?? []).flatMap(({ data }) => data.references ?? []);
  const referred = [...references, ...alsoReferred].flatMap(
    ({ reference }) => state.ordersBy.get(`reference:${reference}`) ?? [],
  );
  const lots = state.ordersBy.get(`lots:${equipment}`) ?? [];
  const served = lots.flatMap((lot) => state.ordersBy.get(`lot:${lot}`) ?? []);
  return [...new Set([...named, ...referred, ...served])].sort();
}

/** Leads from the runs a container was on, known or not yet, to the order. */
function indexMoves(draft: Draft, order: string, equipment: string): void {
  for (const { data, at } of draft.state.moves.get(equipment) ?? []) {
    if (!data.transport) continue;
    const which = 'move' in data && data.move === 'discharged' ? 'arrival' : 'departure';
    const { transport, place } = data;
    const match = matchCall(draft.state, { transport, place, which, at });
    if (match) draft.include('ordersBy', `service:${match.service}`, order);
    else for (const name of namesGiven(transport)) draft.include('ordersBy', `awaiting:${name}`, order);
  }
}

function moveInWords(state: State, { data }: Sighting): string {
  const { place, transport } = data;
  const location = place?.location === undefined ? undefined : placeName(state, place.location);
  const where = location ?? place?.name ?? place?.facility ?? place?.unlocode;
  const on = transport?.service ?? transport?.vesselName ?? transport?.callReference;
  const verb = 'move' in data ? (MOVE_WORDS[data.move] ?? data.move) : 'is on board';
  return `Container ${data.equipment} ${verb}${on === undefined ? '' : ` (${on})`}${where === undefined ? '' : ` at ${where}`}`;
}

const MOVE_WORDS: Record<string, string> = {
  'gate-in': 'came in',
  'gate-out': 'went out',
  loaded: 'was loaded',
  discharged: 'was discharged',
  stuffed: 'was stuffed',
  stripped: 'was stripped',
  'picked-up': 'was picked up',
  'dropped-off': 'was dropped off',
};

type Milestone = Fact<'org.portolan.milestone.reached'>;

/** Milestones kept of one subject. */
const MILESTONES = 32;

export function foldMilestone(draft: Draft, fact: Milestone): void {
  const { order, equipment, document, references = [] } = fact.data;
  const documents = [...(document ? [document] : []), ...references].map(({ reference }) => reference);
  const keys = [
    ...(order === undefined ? [] : [`order:${order}`]),
    ...(equipment === undefined ? [] : [`equipment:${equipment}`]),
    ...documents.map((reference) => `document:${reference}`),
  ];
  for (const key of keys) {
    const known = recordInTime(draft.state.milestones.get(key), fact, MILESTONES);
    draft.set('milestones', key, known);
  }
  const orders = ordersUnder(draft.state, order, equipment, documents);
  for (const id of orders) settle(draft, id);
  if (fact.data.classifier !== 'actual' || !['held', 'released'].includes(fact.data.milestone)) return;
  const things = orders.map((id) => `order:${id}`);
  touch(draft, fact, things, milestoneInWords(fact));
}

function ordersUnder(
  state: State,
  order: string | undefined,
  equipment: string | undefined,
  documents: readonly string[],
): string[] {
  const byDocument = documents.flatMap((each) => state.ordersBy.get(`reference:${each}`) ?? []);
  const byEquipment = equipment === undefined ? [] : ordersWith(state, equipment);
  return [...new Set([...(order === undefined ? [] : [order]), ...byDocument, ...byEquipment])].sort();
}

function milestoneInWords({ data }: Milestone): string {
  const what = data.order ?? data.equipment ?? data.document?.reference ?? 'the goods';
  const because = data.reason === undefined ? '' : `: ${data.reason}`;
  if (data.milestone === 'released') return `${what} is released${because}`;
  const until =
    data.expectedRelease === undefined ? '' : `, release expected on ${inWords(instant(data.expectedRelease)!)}`;
  return `${what} is held${because}${until}`;
}

type Reading = Fact<'org.portolan.sensor.read'>;

/** Readings kept of one container: a month, hour by hour. */
const READINGS = 750;

export function foldReading(draft: Draft, fact: Reading): void {
  const { equipment } = fact.data;
  const { state } = draft;
  const lots = state.ordersBy.get(`lots:${equipment}`) ?? [];
  const orders = ordersWith(state, equipment);
  const before = {
    expiry: lots.map((id) => lotExpiry(state, id)),
    flags: orders.map((id) => shipmentConditions(state, id)),
  };
  const readings = recordInTime(state.readings.get(equipment), fact, READINGS);
  draft.set('readings', equipment, readings);
  lots.forEach((id, index) => touchLot(draft, fact, id, before.expiry[index]));
  const changed = orders.filter((id, index) => shipmentConditions(state, id) !== before.flags[index]);
  const flags = changed.map((id) => shipmentConditions(state, id)).find((each) => each !== '');
  const things = changed.map((id) => `order:${id}`);
  if (changed.length > 0) touch(draft, fact, things, flags ?? `${equipment}: conditions are normal again`);
}

function touchLot(draft: Draft, fact: Reading, id: string, before: Millis | undefined): void {
  const after = lotExpiry(draft.state, id);
  if (before === undefined || after === undefined || after === before) return;
  const since = `${hours(before - after)} earlier than before`;
  const { equipment, temperature } = fact.data;
  const measured = temperature === undefined ? '' : ` at ${temperature} °C`;
  touch(
    draft,
    fact,
    [`lot:${id}`],
    `Lot ${id} expires on ${inWords(after)}, ${since}: ${equipment} was warm${measured}`,
  );
}
