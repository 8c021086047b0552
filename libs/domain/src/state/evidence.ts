import { DAY, type Millis } from '../time/instant.js';
import { locationsOf } from './places.js';
import { type CallMatch, matchCall, namesGiven } from './run-names.js';
import type { Order, Sighting, State } from './state.js';

/** A leg that goods were loaded on. */
export interface Boarding {
  readonly service: string;
  readonly leg: string;
}

/** What the newest move that counts says of where a container is; `via`, the leg it was loaded on before. */
export type Evidence = { readonly at: Millis; readonly via?: Boarding } & (
  | { readonly kind: 'at'; readonly location: string; readonly delivered: boolean }
  | { readonly kind: 'on'; readonly service: string; readonly leg: string; readonly from: string }
  /** Left a place by road or by whatever was to come next. */
  | { readonly kind: 'left'; readonly location: string }
  /** Loaded on a transport that nobody announced. */
  | { readonly kind: 'gone'; readonly transport: string }
);

/** Places on the way of goods, worked out where they are needed. */
export type Around = () => ReadonlySet<string>;

/** Moves this long before goods are ready are of the container's journey before. */
const BEFORE = 14 * DAY;

const ARRIVALS = new Set<string>(['gate-in', 'discharged', 'dropped-off', 'stripped']);
const DEPARTURES = new Set<string>(['gate-out', 'picked-up']);
const PRESENCES = new Set<string>([...ARRIVALS, 'stuffed', 'inspected', 'resealed']);

/**
 * The newest word on a container that carries an order's goods. Only actual moves count. Once it was at the order's
 * destination it is delivered: what the container does afterwards is another journey.
 * @param around places on the goods' way: a UN/LOCODE with several terminals means the one among them
 */
export function evidenceOf(state: State, order: Order, equipment: string, around: Around): Evidence | undefined {
  const moves = state.moves.get(equipment);
  if (!moves) return undefined;
  const known = remembered.get(moves)?.get(order.id);
  if (known?.naming === state.naming && known.order === order) return known.evidence;
  let ambiguous = false;
  const evidence = readMoves(state, order, equipment, moves, () => {
    ambiguous = true;
    return around();
  });
  if (!ambiguous) remember(moves, { naming: state.naming, order, evidence });
  return evidence;
}

interface Remembered {
  readonly naming: object;
  readonly order: Order;
  readonly evidence: Evidence | undefined;
}

/** Evidence follows from moves and what their references mean: it is read once, as long as neither changes. */
const remembered = new WeakMap<readonly Sighting[], Map<string, Remembered>>();

function remember(moves: readonly Sighting[], read: Remembered): void {
  const known = remembered.get(moves) ?? new Map<string, Remembered>();
  remembered.set(moves, known.set(read.order.id, read));
}

function readMoves(
  state: State,
  order: Order,
  equipment: string,
  moves: readonly Sighting[],
  around: Around,
): Evidence | undefined {
  let newest: Evidence | undefined;
  for (const move of moves) {
    if (!concerns(state, order, equipment, move)) continue;
    const evidence = interpret(state, order, move, around, newest !== undefined);
    if (!evidence || isTold(newest, evidence)) continue;
    newest = { ...evidence, ...viaOf(newest) };
    if (evidence.kind === 'at' && evidence.delivered) break;
  }
  return newest;
}

/** Of moves at the same moment the one that leads away is the later: in by the gate and loaded, discharged and out. */
const isTold = (newest: Evidence | undefined, { at, kind }: Evidence): boolean =>
  newest?.at === at && newest.kind !== 'at' && kind === 'at';

const viaOf = (before: Evidence | undefined): { via?: Boarding } => {
  if (before?.kind === 'on') return { via: { service: before.service, leg: before.leg } };
  return before?.via ? { via: before.via } : {};
};

function concerns(state: State, order: Order, equipment: string, { data, at }: Sighting): boolean {
  if (data.classifier !== 'actual' || data.empty === true) return false;
  if (order.available !== undefined && at < order.available - BEFORE) return false;
  const named = (data.references ?? []).flatMap(({ reference }) => ordersNamed(state, reference));
  return named.length > 0 ? named.includes(order.id) : isOnlyOrder(state, order, equipment, at);
}

/** Orders a document reference names: by their id, or by one of their own references. */
export const ordersNamed = (state: State, reference: string): readonly string[] =>
  state.ordersBy.get(`reference:${reference}`) ?? [];

/** Of several orders that name a container, a move is of the one made ready last before it. */
function isOnlyOrder(state: State, order: Order, equipment: string, at: Millis): boolean {
  const naming = state.ordersBy.get(`equipment:${equipment}`) ?? [];
  if (naming.length <= 1) return true;
  const rivals = naming.flatMap((id) => {
    const rival = state.orders.get(id);
    return rival && rival.cancelled === undefined && rival.equipment.includes(equipment) ? [rival] : [];
  });
  if (rivals.length <= 1) return true;
  const readyAt = (each: Order) => each.available ?? 0;
  const started = rivals.filter((each) => readyAt(each) <= at + 2 * DAY);
  const meant = started.reduce<Order | undefined>((a, b) => (a && readyAt(a) >= readyAt(b) ? a : b), undefined);
  return (meant ?? rivals.reduce((a, b) => (readyAt(a) <= readyAt(b) ? a : b))).id === order.id;
}

function interpret(
  state: State,
  order: Order,
  sighting: Sighting,
  around: Around,
  before: boolean,
): Evidence | undefined {
  if (sighting.type === 'org.portolan.equipment.stowed') return stowed(state, sighting, around, before);
  const { data, at } = sighting;
  const which = data.move === 'loaded' || DEPARTURES.has(data.move) ? 'departure' : 'arrival';
  const match = data.transport && matchCall(state, { transport: data.transport, place: data.place, which, at });
  const location = placeMeant(state, data, match, around);
  if (data.move === 'loaded') return loaded(state, data, match, location, at);
  if (location === undefined) return undefined;
  const there = location === order.to;
  if (PRESENCES.has(data.move)) return { kind: 'at', at, location, delivered: there && ARRIVALS.has(data.move) };
  if (!DEPARTURES.has(data.move)) return undefined;
  if (there) return before ? { kind: 'at', at, location, delivered: true } : undefined;
  return { kind: 'left', at, location };
}

/**
 * On board: on the leg from the port the vessel leaves, or, where our run does not call there, from where it was loaded. That
 * it is on a vessel nobody announced counts only where nothing else is known of it: plans of whole vessels name ports that
 * our runs leave out.
 */
function stowed(
  state: State,
  { data, at }: Extract<Sighting, { type: 'org.portolan.equipment.stowed' }>,
  around: Around,
  before: boolean,
): Evidence | undefined {
  for (const place of [data.place, data.loading]) {
    const match = matchCall(state, { transport: data.transport, place, which: 'departure', at });
    if (match) return loaded(state, data, match, placeMeant(state, { place }, match, around), at);
  }
  return before ? undefined : loaded(state, data, undefined, undefined, at);
}

function loaded(
  state: State,
  { transport }: Pick<Sighting['data'], 'transport'>,
  match: CallMatch | undefined,
  location: string | undefined,
  at: Millis,
): Evidence | undefined {
  const run = match && state.services.get(match.service);
  const leg = run?.kind === 'run' ? run.legs[match!.call] : undefined;
  if (leg) return { kind: 'on', at, service: match!.service, leg: leg.id, from: leg.from };
  const named = transport ? namesGiven(transport) : [];
  if (named.length > 0 && !match) return { kind: 'gone', at, transport: named[0]!.replace(/^\w+:/, '') };
  return location === undefined ? undefined : { kind: 'left', at, location };
}

/** The one location meant: the only one, the call's, or the only one on the way. */
function placeMeant(
  state: State,
  { place }: Pick<Sighting['data'], 'place'>,
  match: CallMatch | undefined,
  around: Around,
): string | undefined {
  const run = match && state.services.get(match.service);
  const called = run?.kind === 'run' ? run.calls[match!.call]?.location : undefined;
  const places = locationsOf(state, place);
  if (places.length === 1) return places[0];
  if (called !== undefined && (places.length === 0 || places.includes(called))) return called;
  const near = places.filter((each) => around().has(each));
  return near.length === 1 ? near[0] : undefined;
}
