import { HOUR, type Millis } from '@portolan/domain';
import type { Site } from '../geography/site.js';
import { siteOf } from '../geography/sites.js';
import type { SyntheticOrder } from '../goods/order.js';
import type { Stream } from '../random.js';
import { type Area, isQuay } from './area.js';
import { START } from './clock.js';
import { handlingTerms, roadHours, roadRate } from './rates.js';
import { roadKilometres } from './roads.js';
import { type Run, type Sailing, wayOf } from './run.js';

/** One sailing in so many has less room than wanted: this share of it. Others have more than is usual on their line, and on any. */
const SHORT = 0.25;
const SHARE_WANTED = [0.6, 0.8] as const;
const SHARE_AMPLE = [1.4, 2.2] as const;
const LEAST = 4;
const PLUGS = 0.2;

/**
 * Gives every sailing the room that is open to our goods: on some less than would be wanted on their busiest leg. What would be
 * wanted is counted by sending every order, alone, the cheapest way by one line with trucks at the ends, on the first sailing,
 * late if it must be.
 */
export function withRoom(
  area: Area,
  sailings: readonly Sailing[],
  orders: readonly SyntheticOrder[],
  random: Stream,
): Run[] {
  const ways = waysOf(sailings);
  const wanted = wantedOn(area, ways, orders);
  const usual = new Map(ways.map((way) => [way.name, usualPeak(way.sailings, wanted)]));
  const anywhere = [...usual.values()].reduce((sum, peak) => sum + peak, 0) / ways.length;
  return sailings.map((sailing) => {
    const own = peakOf(sailing, wanted);
    const room = random.chance(SHORT)
      ? own * random.between(...SHARE_WANTED)
      : Math.max(own, usual.get(wayOf(sailing))!, anywhere) * random.between(...SHARE_AMPLE);
    const capacity = Math.max(LEAST, Math.round(room));
    return { ...sailing, capacity, reeferPlugs: Math.max(3, Math.round(capacity * PLUGS)) };
  });
}

/** A line in one direction with its sailings in order of time. */
interface Way {
  readonly name: string;
  readonly stops: readonly string[];
  readonly sailings: readonly Sailing[];
}

function waysOf(sailings: readonly Sailing[]): Way[] {
  const byName = new Map<string, Sailing[]>();
  for (const sailing of sailings) byName.set(wayOf(sailing), [...(byName.get(wayOf(sailing)) ?? []), sailing]);
  return [...byName].map(([name, own]) => ({
    name,
    stops: own[0]!.calls.map(({ location }) => location),
    sailings: own.toSorted((a, b) => a.calls[0]!.departs! - b.calls[0]!.departs!),
  }));
}

const peakOf = (sailing: Sailing, wanted: ReadonlyMap<Sailing, number[]>): number =>
  Math.max(...(wanted.get(sailing) ?? [0]));

function usualPeak(sailings: readonly Sailing[], wanted: ReadonlyMap<Sailing, number[]>): number {
  const later = sailings.filter(({ calls }) => calls[0]!.departs! > START);
  return later.reduce((sum, sailing) => sum + peakOf(sailing, wanted), 0) / Math.max(1, later.length);
}

/** One way to go: by truck to where a line is boarded, by that line, and by truck from where it is left. */
interface Ride {
  readonly way: Way;
  readonly board: number;
  readonly alight: number;
  readonly cost: number;
  /** From being ready to boarding, and from arrival to delivery. */
  readonly before: Millis;
  readonly after: Millis;
}

function wantedOn(area: Area, ways: readonly Way[], orders: readonly SyntheticOrder[]): Map<Sailing, number[]> {
  const wanted = new Map<Sailing, number[]>();
  const known = new Map<string, Ride[]>();
  for (const { from, to, quantity, available, latest } of orders) {
    if (from === undefined) continue;
    const key = `${from}>${to}`;
    const rides = known.get(key) ?? ridesBetween(area, ways, siteOf(from), siteOf(to));
    known.set(key, rides);
    const taken = firstInTime(rides, available, latest);
    if (!taken) continue;
    const loads = wanted.get(taken.sailing) ?? taken.sailing.legs.map(() => 0);
    for (let leg = taken.ride.board; leg < taken.ride.alight; leg++) loads[leg]! += quantity;
    wanted.set(taken.sailing, loads);
  }
  return wanted;
}

/** Rides cheaper than the truck all the way, the cheapest first. */
function ridesBetween(area: Area, ways: readonly Way[], from: Site, to: Site): Ride[] {
  const truck = truckCost(from, to);
  const ends = area.gateways.get(from.id)!.flatMap((first) => area.gateways.get(to.id)!.map((last) => [first, last]));
  return ways
    .flatMap((way) => ends.flatMap(([first, last]) => rideOf(way, from, first!, last!, to)))
    .filter(({ cost }) => cost < truck)
    .sort((a, b) => a.cost - b.cost || (a.way.name < b.way.name ? -1 : 1));
}

function rideOf(way: Way, from: Site, first: Site, last: Site, to: Site): Ride[] {
  const board = way.stops.indexOf(first.id);
  const alight = way.stops.indexOf(last.id);
  if (board < 0 || alight <= board) return [];
  const legs = way.sailings[0]!.legs.slice(board, alight);
  const cost = legs.reduce((sum, leg) => sum + leg.cost, 0) + truckCost(from, first) + truckCost(last, to);
  return [{ way, board, alight, cost, before: 2 * HOUR + byRoad(from, first), after: HOUR + byRoad(last, to) }];
}

/** Nothing where there is nothing to drive; else with the transfer between truck and line. */
const truckCost = (from: Site, to: Site): number =>
  from === to
    ? 0
    : roadRate(roadKilometres(from, to), [from, to].filter(isQuay).length) + handlingTerms[to.kind].handling.transfer;

const byRoad = (from: Site, to: Site): Millis =>
  from === to ? 0 : roadHours(roadKilometres(from, to)) * HOUR + 3 * HOUR;

function firstInTime(
  rides: readonly Ride[],
  available: Millis,
  latest: Millis,
): { ride: Ride; sailing: Sailing } | undefined {
  for (const ride of rides) {
    const { sailings } = ride.way;
    const sailing = sailings[firstFrom(sailings, ride.board, available + ride.before)];
    if (sailing && sailing.calls[ride.alight]!.arrives! + ride.after <= latest) return { ride, sailing };
  }
  return undefined;
}

/** The index of the first sailing that leaves a call not before an instant. */
function firstFrom(sailings: readonly Sailing[], call: number, ready: Millis): number {
  let low = 0;
  let high = sailings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sailings[middle]!.calls[call]!.departs! >= ready) high = middle;
    else low = middle + 1;
  }
  return low;
}
