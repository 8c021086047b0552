import type { Millis } from '../time/instant.js';
import type { Around, Boarding, Evidence } from './evidence.js';
import { type PathStep, carriesAll, sameStep } from './goods.js';
import type { Leg } from './service.js';
import type { Order, State } from './state.js';
import { type GoodsAt, type Spot, type Travel, endsOf, handlingTime } from './travel.js';

export interface Way {
  readonly origin: string;
  readonly steps: readonly PathStep[];
  /** All of the goods travel all of `steps`; else what is in force branches from their end. */
  readonly single: boolean;
  readonly spot: Spot;
  readonly gone?: Evidence;
}

/** Places on the way of goods. */
export const placesAround = (state: State, order: Order, goods: GoodsAt): Around => {
  let places: ReadonlySet<string> | undefined;
  return () => (places ??= placesOf(state, order, goods));
};

function placesOf(state: State, order: Order, { origin, path, inForce }: GoodsAt): ReadonlySet<string> {
  const steps = [...path, ...inForce.flatMap((each) => each.steps)];
  const ends = steps.flatMap((step) => {
    const found = endsOf(state, step);
    return found ? [found.from, found.to] : [];
  });
  return new Set([origin, order.to, ...ends]);
}

/** The steps the evidence fits, and where on them the goods were last seen. */
export function wayOf(travel: Travel): Way {
  const { goods, evidence } = travel;
  const covering = carriesAll(goods.inForce, goods.quantity);
  const planned = covering ? [...goods.path, ...goods.inForce[0]!.steps] : goods.path;
  const way = { origin: goods.origin, steps: planned, single: covering || goods.inForce.length === 0 };
  if (!evidence) return { ...way, spot: atOrigin(travel) };
  if (evidence.kind === 'gone') return { ...way, spot: atOrigin(travel), gone: evidence };
  if (evidence.kind === 'on') return onWay(travel, way, evidence);
  return atWay(travel, way, evidence);
}

/** Goods where they lie before they move, when they are ready. */
export function atOrigin({ state, order, goods }: Travel): Spot & { kind: 'at' } {
  const lot = goods.supply === undefined ? undefined : state.lots.get(goods.supply);
  const since = Math.max(order.available ?? 0, lot?.available ?? 0);
  const loadable = since + handlingTime(state, goods.origin, 'load');
  return { kind: 'at', index: 0, location: goods.origin, since, loadable };
}

type Leading = Pick<Way, 'origin' | 'steps' | 'single'>;

/** Seen on a leg: the one planned, or another that the itinerary then follows as far as it still fits. */
function onWay(travel: Travel, way: Leading, evidence: Evidence & { kind: 'on' }): Way {
  const followed = followLeg(travel.state, way, evidence);
  if (!followed) return { ...way, spot: atOrigin(travel), gone: evidence };
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
