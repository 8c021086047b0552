import type { ProblemDocument } from '@portolan/domain';
import { unlimitedLoads } from './liner-loads.js';
import { seeded } from '../../libs/planning/src/testing/random-problem.js';
import { between, pick } from './random.js';

export interface LinerSize {
  readonly ports: number;
  readonly services: number;
  readonly demands: number;
}

/**
 * A liner-shipping network in the manner of LINERLIB (Brouer et al. 2014), made by our own rules: ports in clusters, cyclic services of a
 * few calls, near ones for feeders and far ones for main lines, container demands between ports, as many as leave about every seventh
 * voyage of the optimal plan full.
 */
export function linerNetwork({ ports, services, demands }: LinerSize, seed: number): ProblemDocument {
  const random = seeded(seed);
  const places = placesOf(random, ports);
  const rotations = Array.from({ length: services }, (_, at) => rotationOf(random, places, at));
  const called = [...new Set(rotations.flat())];
  const lines = rotations.map((stops, at) => ({
    id: `S${at}`,
    mode: 'vessel' as const,
    rotation: stops.map(({ id }) => id),
    capacity: pick(random, [450, 800, 1200, 2400]),
  }));
  const wishes = Array.from({ length: demands }, (_, at) => demandOf(random, called, at));
  return {
    format: 'portolan.problem/1',
    name: `liner-${ports}-${services}-${demands}-${seed}`,
    currency: 'USD',
    unit: 'FFE',
    locations: places.map(({ id }) => ({ id, handling: { load: 50, unload: 50, transfer: between(random, 40, 120) } })),
    services: lines,
    demands: filling(lines, wishes),
  };
}

type Demands = ProblemDocument['demands'];

function demandOf(random: () => number, called: readonly PlaceAt[], at: number): Demands[number] {
  const from = pick(random, called);
  const others = called.filter((place) => place !== from);
  return {
    id: `D${at}`,
    from: from.id,
    to: pick(random, others).id,
    quantity: between(random, 1, 100),
    revenue: between(random, 400, 2400),
    unservedPenalty: 1000,
  };
}

/** Share of voyages that have less room than would like to go on them; tried: 10 to 20 of 100 are then full in the optimal plan. */
const WANTED = 0.14;

/** Quantities scaled so that the wanted share of voyages would be overfull, if goods took their shortest ways. */
function filling(services: ProblemDocument['services'], demands: Demands): Demands {
  const loads = unlimitedLoads({ services, demands }).sort((a, b) => b - a);
  const factor = 1 / loads[Math.floor(WANTED * loads.length)]!;
  return demands.map((demand) => ({ ...demand, quantity: Math.max(1, Math.round(factor * demand.quantity)) }));
}

interface PlaceAt {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

function placesOf(random: () => number, count: number): PlaceAt[] {
  const clusters = Array.from({ length: Math.ceil(count / 12) }, () => ({ x: random() * 10, y: random() * 4 }));
  return Array.from({ length: count }, (_, at) => {
    const { x, y } = pick(random, clusters);
    return { id: `P${at}`, x: x + random(), y: y + random() };
  });
}

/** Every third service links far clusters; the others go round near ports. */
function rotationOf(random: () => number, places: readonly PlaceAt[], at: number): PlaceAt[] {
  const home = pick(random, places);
  const far = pick(random, places);
  const distance = (place: PlaceAt) =>
    Math.min(
      Math.hypot(place.x - home.x, place.y - home.y),
      at % 3 === 0 ? Math.hypot(place.x - far.x, place.y - far.y) : Infinity,
    );
  const near = [...places].sort((a, b) => distance(a) - distance(b)).slice(0, 14);
  const stops = new Set([home, ...(at % 3 === 0 ? [far] : [])]);
  const calls = Math.min(between(random, 4, 9), near.length);
  while (stops.size < calls) stops.add(pick(random, near));
  return [...stops].sort((a, b) => a.x - b.x);
}
