import { DAY, type Millis } from '../time/instant.js';
import { type Boarding, type Evidence, evidenceOf } from './evidence.js';
import { type InForce, type Part, type PathStep, carriesAll, sameStep } from './goods.js';
import { type Hold, holdsOn, releasedBy } from './holds.js';
import type { Leg, Relation } from './service.js';
import type { Order, State } from './state.js';

export type Whereabouts =
  | { readonly kind: 'at'; readonly location: string; readonly since: Millis }
  | { readonly kind: 'on-leg'; readonly service: string; readonly leg: string }
  | { readonly kind: 'on-truck'; readonly service: string; readonly to: string; readonly arrives: Millis }
  | { readonly kind: 'unknown'; readonly since: Millis; readonly reason: string }
  | { readonly kind: 'delivered'; readonly at: Millis };

/** A place on an itinerary: `index` counts the steps before it, or is that of the step the goods are on. */
export type Spot =
  | {
      readonly kind: 'at';
      readonly index: number;
      readonly location: string;
      readonly since: Millis;
      /** When a transport could take them at the earliest. */
      readonly loadable: Millis;
    }
  | { readonly kind: 'on-leg'; readonly index: number; readonly service: string; readonly leg: Leg }
  | {
      readonly kind: 'on-truck';
      readonly index: number;
      readonly relation: Relation;
      readonly departs: Millis;
      readonly arrives: Millis;
    };

/** Where goods stand now, where a plan for them starts, and what is in force from there. */
export interface Standing {
  readonly whereabouts: Whereabouts;
  /** Nobody saw it: it follows from what is in force. */
  readonly presumed: boolean;
  /** Where a plan starts: the present, or behind what is frozen. */
  readonly start: Spot;
  readonly origin: string;
  /** All steps, travelled and ahead; those before the start's are begun or frozen. */
  readonly steps: readonly PathStep[];
  /** In force from the start on. */
  readonly ahead: readonly InForce[];
  readonly holds: readonly Hold[];
  readonly evidence?: Evidence;
}

export type GoodsAt = Pick<Part, 'origin' | 'path' | 'inForce' | 'quantity' | 'equipment' | 'supply'>;

/** Goods with all that their way depends on. */
export interface Travel {
  readonly state: State;
  readonly order: Order;
  readonly goods: GoodsAt;
  readonly holds: readonly Hold[];
  readonly evidence?: Evidence;
}

/** Where goods of an order stand, from the newest evidence and, since then, from what is in force. */
export function standingOf(state: State, order: Order, goods: GoodsAt): Standing {
  const around = placesAround(state, order, goods);
  const evidence = newestEvidence(state, order, goods.equipment, around);
  return standingBy(state, order, goods, evidence);
}

export function newestEvidence(
  state: State,
  order: Order,
  equipment: readonly string[],
  around: ReadonlySet<string>,
): Evidence | undefined {
  let newest: Evidence | undefined;
  for (const each of equipment) {
    const evidence = evidenceOf(state, order, each, around);
    if (evidence && (!newest || evidence.at > newest.at)) newest = evidence;
  }
  return newest;
}

/** As `standingOf`, with the evidence to go by. */
export function standingBy(state: State, order: Order, goods: GoodsAt, evidence?: Evidence): Standing {
  const holds = holdsOn(state, order, goods.equipment);
  const travel: Travel = { state, order, goods, holds, ...(evidence && { evidence }) };
  const way = wayOf(travel);
  const walked = walk(travel, way.steps, way.spot, () => state.now);
  const start = frozenStart(travel, way.steps, walked.spot);
  return {
    whereabouts: whereaboutsOf(travel, way, walked),
    presumed: walked.spot !== way.spot || (evidence === undefined && walked.spot.kind !== 'at'),
    start,
    origin: way.origin,
    steps: way.steps,
    ahead: aheadOf(travel, way, start),
    holds,
    ...(evidence && { evidence }),
  };
}

export interface Way {
  readonly origin: string;
  readonly steps: readonly PathStep[];
  /** All of the goods travel all of `steps`; else what is in force branches from their end. */
  readonly single: boolean;
  readonly spot: Spot;
  readonly gone?: Evidence;
}

/** Places on the way of goods. */
export function placesAround(state: State, order: Order, { origin, path, inForce }: GoodsAt): ReadonlySet<string> {
  const steps = [...path, ...inForce.flatMap((each) => each.steps)];
  const ends = steps.flatMap((step) => {
    const found = endsOf(state, step);
    return found ? [found.from, found.to] : [];
  });
  return new Set([origin, order.to, ...ends]);
}

/** The steps the evidence fits, and where on them the goods were last seen. */
export function wayOf(travel: Travel): Way {
  const { state, goods, evidence } = travel;
  const covering = carriesAll(goods.inForce, goods.quantity);
  const planned = covering ? [...goods.path, ...goods.inForce[0]!.steps] : goods.path;
  const way = { origin: goods.origin, steps: planned, single: covering || goods.inForce.length === 0 };
  const readyAt = readyAtOrigin(travel);
  const atOrigin = atSpot(state, 0, goods.origin, readyAt, readyAt);
  if (!evidence) return { ...way, spot: atOrigin };
  if (evidence.kind === 'gone') return { ...way, spot: atOrigin, gone: evidence };
  if (evidence.kind === 'on') return onWay(travel, way, evidence);
  return atWay(travel, way, evidence);
}

const atSpot = (state: State, index: number, location: string, since: Millis, ready: Millis): Spot => ({
  kind: 'at',
  index,
  location,
  since,
  loadable: ready + handlingTime(state, location, 'load'),
});

function readyAtOrigin({ state, order, goods }: Travel): Millis {
  const lot = goods.supply === undefined ? undefined : state.lots.get(goods.supply);
  return Math.max(order.available ?? -Infinity, lot?.available ?? -Infinity, 0);
}

export const handlingTime = (state: State, location: string, which: 'load' | 'unload' | 'transfer'): Millis =>
  state.locations.get(location)?.handlingTime[which] ?? 0;

type Leading = Pick<Way, 'origin' | 'steps' | 'single'>;

/** Seen on a leg: the one planned, or another that the itinerary then follows as far as it still fits. */
function onWay({ state }: Travel, way: Leading, evidence: Evidence & { kind: 'on' }): Way {
  const followed = followLeg(state, way, evidence);
  if (!followed) return { ...way, spot: atSpot(state, 0, way.origin, 0, 0), gone: evidence };
  const { index, leg } = followed;
  return { ...followed.way, spot: { kind: 'on-leg', index, service: evidence.service, leg } };
}

/** The way with this leg in it, and where: as planned, or led over it as far as the rest still fits. */
function followLeg(
  state: State,
  way: Leading,
  boarding: Boarding,
): { way: Leading; index: number; leg: Leg } | undefined {
  const run = state.services.get(boarding.service);
  const leg = run?.kind === 'run' ? run.legs.find(({ id }) => id === boarding.leg) : undefined;
  if (!leg) return undefined;
  const boarded: PathStep = { service: boarding.service, leg: boarding.leg, since: 0 };
  const known = way.steps.findIndex((step) => sameStep(step, boarded));
  if (known >= 0) return { way, index: known, leg };
  const before = nodesOf(state, way).indexOf(leg.from);
  const prefix = way.steps.slice(0, Math.max(0, before));
  const steps = [...prefix, boarded, ...fitting(state, way.steps.slice(prefix.length), leg.to, leg.arrives)];
  return { way: { origin: before < 0 ? leg.from : way.origin, steps, single: true }, index: prefix.length, leg };
}

/** The end of an itinerary that can be followed from a place and moment. */
function fitting(state: State, steps: readonly PathStep[], location: string, from: Millis): readonly PathStep[] {
  const index = steps.findIndex((step) => {
    const ends = endsOf(state, step);
    return ends?.from === location && (ends.departs ?? Infinity) >= from;
  });
  return index < 0 ? [] : steps.slice(index);
}

/** Seen at a place, or leaving it: on the way, or off it; then nothing of what was in force fits any more. */
function atWay(travel: Travel, planned: Leading, evidence: Evidence & { kind: 'at' | 'left' }): Way {
  const { state } = travel;
  const { location, at, via } = evidence;
  const way = (via && followLeg(state, planned, via)?.way) ?? planned;
  const index = nodeSeen(state, way, location, at);
  const there = index === undefined ? { origin: location, steps: [], single: true } : way;
  const spot = arrivedSpot(state, there.steps, index ?? 0, location, at);
  if (evidence.kind === 'at') return { ...there, spot };
  const leaving = leftSpot(state, there, spot, at);
  return leaving ? { ...there, spot: leaving } : { ...there, spot, gone: evidence };
}

/** Goods that left a place are on what was to take them from there. */
function leftSpot(state: State, way: Leading, { index, location }: Spot & { kind: 'at' }, at: Millis) {
  const step = way.steps[index];
  const service = step && state.services.get(step.service);
  if (service?.kind === 'relation' && service.from === location)
    return { kind: 'on-truck', index, relation: service, departs: at, arrives: at + service.duration } as const;
  const leg = service?.kind === 'run' ? service.legs.find(({ id }) => id === step!.leg) : undefined;
  return leg?.from === location ? ({ kind: 'on-leg', index, service: service!.id, leg } as const) : undefined;
}

/** Discharged goods need loading only; a transfer that was under way is not slower for having been seen. */
function arrivedSpot(
  state: State,
  steps: readonly PathStep[],
  index: number,
  location: string,
  at: Millis,
): Spot & { kind: 'at' } {
  const loadable = at + handlingTime(state, location, 'load');
  const before = index > 0 ? endsOf(state, steps[index - 1]!) : undefined;
  const transferred =
    before?.arrives === undefined ? Infinity : before.arrives + handlingTime(state, location, 'transfer');
  return {
    kind: 'at',
    index,
    location,
    since: at,
    loadable: Math.min(loadable, Math.max(at, transferred)),
  };
}

/** Which passage of a location was seen at this moment: the last whose transport had left by then. */
function nodeSeen(state: State, way: Leading, location: string, at: Millis): number | undefined {
  const passages = nodesOf(state, way).flatMap((node, index) => (node === location ? [index] : []));
  const begun = passages.filter((index) => {
    const departs = index === 0 ? -Infinity : (endsOf(state, way.steps[index - 1]!)?.departs ?? -Infinity);
    return departs <= at;
  });
  return begun.at(-1) ?? passages[0];
}

/** The origin, and where each step leads. */
const nodesOf = (state: State, { origin, steps }: Leading): string[] => [
  origin,
  ...steps.map((step) => endsOf(state, step)?.to ?? ''),
];

interface Ends {
  readonly from: string;
  readonly to: string;
  readonly departs?: Millis;
  readonly arrives?: Millis;
}

/** Where a step leads from and to, and when where it is scheduled; `undefined` while its service or leg is not known. */
export function endsOf(state: State, step: { service: string; leg?: string | undefined }): Ends | undefined {
  const service = state.services.get(step.service);
  if (service?.kind === 'relation') return step.leg === undefined ? service : undefined;
  return service?.legs.find(({ id }) => id === step.leg);
}

interface Walked {
  readonly spot: Spot;
  /** Since when nobody confirms what is presumed. */
  readonly unconfirmed?: Millis;
}

type Clock = (location: string) => Millis;

/** Goes on along the steps as far as the clock allows. `clock` may run ahead, by place, to see what is frozen. */
function walk(travel: Travel, steps: readonly PathStep[], from: Spot, clock: Clock): Walked {
  let spot = from;
  let unconfirmed: Millis | undefined;
  for (;;) {
    const next = advance(travel, steps, spot, clock);
    if (!next) return { spot, ...(unconfirmed !== undefined && { unconfirmed }) };
    unconfirmed = next.confirmed ? undefined : (unconfirmed ?? next.when);
    spot = next.spot;
  }
}

interface Advance {
  readonly spot: Spot;
  readonly when: Millis;
  readonly confirmed: boolean;
}

function advance(travel: Travel, steps: readonly PathStep[], spot: Spot, clock: Clock): Advance | undefined {
  if (spot.kind === 'at') return board(travel, steps[spot.index], spot, clock(spot.location));
  const { state } = travel;
  if (spot.kind === 'on-truck') {
    if (spot.arrives > clock(spot.relation.to)) return undefined;
    return { spot: landed(state, spot.index, spot.relation.to, spot.arrives), when: spot.arrives, confirmed: false };
  }
  const { leg, index } = spot;
  const stay = stayOnBoard(state, steps, spot);
  if (stay)
    return stay.leg.departs <= clock(leg.to)
      ? { spot: stay, when: stay.leg.departs, confirmed: stay.leg.departed }
      : undefined;
  if (leg.arrives > clock(leg.to)) return undefined;
  return { spot: landed(state, index, leg.to, leg.arrives), when: leg.arrives, confirmed: leg.arrived };
}

export const landed = (state: State, index: number, location: string, at: Millis): Spot & { kind: 'at' } => ({
  kind: 'at',
  index: index + 1,
  location,
  since: at,
  loadable: at + handlingTime(state, location, 'transfer'),
});

/** The next leg where the goods stay on board, if that is what is in force. */
function stayOnBoard(
  state: State,
  steps: readonly PathStep[],
  { index, service, leg }: Spot & { kind: 'on-leg' },
): (Spot & { kind: 'on-leg' }) | undefined {
  const next = steps[index + 1];
  if (next?.service !== service || next.leg !== String(Number(leg.id) + 1)) return undefined;
  const run = state.services.get(service);
  const after = run?.kind === 'run' ? run.legs.find(({ id }) => id === next.leg) : undefined;
  return after && !after.cancelled ? { kind: 'on-leg', index: index + 1, service, leg: after } : undefined;
}

/** Boarding the next step from a place, where it is possible and due. */
function board(
  travel: Travel,
  step: PathStep | undefined,
  spot: Spot & { kind: 'at' },
  clock: Millis,
): Advance | undefined {
  const departure = step && departureOf(travel, step, spot);
  if (!departure || departure.when > clock) return undefined;
  return departure;
}

/** How goods leave a place by a step, or `undefined` where they cannot: not in time, not there, closed, cancelled. */
export function departureOf(travel: Travel, step: PathStep, spot: Spot & { kind: 'at' }): Advance | undefined {
  const { state, holds } = travel;
  const service = state.services.get(step.service);
  if (!service) return undefined;
  const load = handlingTime(state, spot.location, 'load');
  if (service.kind === 'relation') return departureByTruck(travel, service, step, spot, load);
  const leg = service.legs.find(({ id }) => id === step.leg);
  if (!leg || leg.cancelled || leg.from !== spot.location || step.since > leg.departs) return undefined;
  const loadable = releasedBy(holds, spot.loadable - load, leg.departs) + load;
  if (loadable > leg.departs || closedAt(state, leg.from, leg.departs)) return undefined;
  return {
    spot: { kind: 'on-leg', index: spot.index, service: service.id, leg },
    when: leg.departs,
    confirmed: leg.departed,
  };
}

/** An on-demand truck leaves as soon as the goods are loaded. */
function departureByTruck(
  { state, holds }: Travel,
  relation: Relation,
  step: PathStep,
  spot: Spot & { kind: 'at' },
  load: Millis,
): Advance | undefined {
  if (relation.from !== spot.location || relation.cancelled !== undefined || step.leg !== undefined) return undefined;
  const unheld = Math.max(spot.loadable, step.since + load);
  const departs = releasedBy(holds, unheld - load, unheld) + load;
  if (departs === Infinity || closedAt(state, relation.from, departs)) return undefined;
  const arrives = departs + relation.duration;
  return {
    spot: { kind: 'on-truck', index: spot.index, relation, departs, arrives },
    when: departs,
    confirmed: false,
  };
}

export const closedAt = (state: State, location: string, at: Millis): boolean =>
  (state.closures.get(location) ?? []).some(({ from, to }) => from <= at && at < to);

/** What starts within the freeze window, or too soon to be loaded otherwise, is as good as begun: the plan starts there. */
function frozenStart(travel: Travel, steps: readonly PathStep[], now: Spot): Spot {
  const { state } = travel;
  const { freezeWindow } = state.parameters;
  let start = now;
  let reach = now;
  const clock: Clock = (location) => state.now + Math.max(freezeWindow, handlingTime(state, location, 'load'));
  for (;;) {
    const next = advance(travel, steps, reach, clock);
    if (!next) return start;
    reach = next.spot;
    if (reach.kind !== 'at') start = reach;
  }
}

function whereaboutsOf(travel: Travel, way: Way, { spot, unconfirmed }: Walked): Whereabouts {
  const { state, evidence } = travel;
  if (way.gone) return { kind: 'unknown', since: way.gone.at, reason: goneReason(way.gone) };
  const delivered = deliveredAt(travel, way, spot);
  if (delivered !== undefined && delivered <= state.now) return { kind: 'delivered', at: delivered };
  if (evidence && unconfirmed !== undefined && state.now - unconfirmed > state.parameters.unknownAfter)
    return { kind: 'unknown', since: unconfirmed, reason: silence(state) };
  if (spot.kind === 'at') return { kind: 'at', location: spot.location, since: spot.since };
  if (spot.kind === 'on-leg') return { kind: 'on-leg', service: spot.service, leg: spot.leg.id };
  return { kind: 'on-truck', service: spot.relation.id, to: spot.relation.to, arrives: spot.arrives };
}

const silence = ({ parameters }: State): string =>
  `nobody has seen them for ${Math.round((parameters.unknownAfter / DAY) * 10) / 10} days after they should have moved on`;

const goneReason = (evidence: Evidence): string =>
  evidence.kind === 'gone'
    ? `loaded on a transport that is not known here (${evidence.transport})`
    : evidence.kind === 'left'
      ? `left ${evidence.location}, nobody said where to`
      : 'on a leg that its service no longer has';

/** When the goods are handed over, where nothing but that is left. */
function deliveredAt({ state, order, evidence }: Travel, way: Way, spot: Spot): Millis | undefined {
  if (spot.kind !== 'at' || spot.location !== order.to) return undefined;
  if (evidence?.kind === 'at' && spot.since === evidence.at) return evidence.at;
  if (spot.index < way.steps.length) return undefined;
  if (way.steps.length === 0) return spot.since;
  return openFrom(state, spot.location, spot.since) + handlingTime(state, spot.location, 'unload');
}

/** The first moment from `at` on which a location is open. */
function openFrom(state: State, location: string, at: Millis): Millis {
  const closure = (state.closures.get(location) ?? []).find(({ from, to }) => from <= at && at < to);
  return closure ? openFrom(state, location, closure.to) : at;
}

/** What is in force from the start on; nothing where it would lead nowhere. */
function aheadOf({ order, goods }: Travel, way: Way, start: Spot): readonly InForce[] {
  const steps = way.steps.slice(start.kind === 'at' ? start.index : start.index + 1);
  if (!way.single)
    return goods.inForce.map((branch) => ({ quantity: branch.quantity, steps: [...steps, ...branch.steps] }));
  return steps.length > 0 || endOf(start) === order.to ? [{ quantity: goods.quantity, steps }] : [];
}

/** Where a plan that starts here begins. */
export function endOf(start: Spot): string {
  if (start.kind === 'at') return start.location;
  return start.kind === 'on-leg' ? start.leg.to : start.relation.to;
}
