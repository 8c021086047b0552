import type { PlaceReference } from '../events/primitives.js';
import type { Draft } from './draft.js';
import type { Location, State } from './state.js';

/** Positions nearer than this are the same place: terminals lie farther apart. */
const NEAR_KM = 1.5;

/**
 * Locations a place as a sender names it may be, by the best word on it: our id, a facility code, a UN/LOCODE, a name, a
 * position. Several where a UN/LOCODE has more than one terminal; none where nothing known fits.
 */
export function locationsOf(state: State, place: PlaceReference | undefined): readonly string[] {
  if (!place) return [];
  const { location, facility, unlocode, name, position } = place;
  if (location !== undefined) return state.locations.has(location) ? [location] : [];
  const byFacility = facility === undefined ? [] : inPort(state, named(state, `facility:${facility}`), unlocode);
  if (byFacility.length > 0) return byFacility;
  const byName = name === undefined ? [] : inPort(state, named(state, `name:${name.toLowerCase()}`), unlocode);
  if (byName.length === 1) return byName;
  if (unlocode !== undefined) return named(state, `unlocode:${unlocode}`);
  if (byName.length > 0) return byName;
  return position ? nearest(state, position) : [];
}

const named = (state: State, key: string): readonly string[] => state.places.get(key) ?? [];

const inPort = (state: State, locations: readonly string[], unlocode: string | undefined): readonly string[] =>
  unlocode === undefined
    ? locations
    : locations.filter((id) => (state.locations.get(id)?.unlocode ?? unlocode) === unlocode);

type Position = NonNullable<PlaceReference['position']>;

function nearest(state: State, position: Position): readonly string[] {
  let best: { id: string; km: number } | undefined;
  for (const location of state.locations.values()) {
    const km = location.position ? kilometres(location.position, position) : Infinity;
    if (km <= NEAR_KM && (!best || km < best.km)) best = { id: location.id, km };
  }
  return best ? [best.id] : [];
}

/** On a plane: good enough for places a few kilometres apart. */
function kilometres(a: Position, b: Position): number {
  const perDegree = 111.2;
  const eastWest = (a.lon - b.lon) * Math.cos(((a.lat + b.lat) * Math.PI) / 360);
  return perDegree * Math.hypot(a.lat - b.lat, eastWest);
}

/** Along the great circle, on a sphere of the earth's mean radius (haversine); to 100 m, so that no last digit depends on a machine. */
export function kilometresBetween(a: Position, b: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return Math.round(2 * 6371 * Math.asin(Math.min(1, Math.sqrt(chord))) * 10) / 10;
}

/** The names a place is found by. */
export const namesOf = ({ facility, unlocode, name }: Location): string[] => [
  ...(facility === undefined ? [] : [`facility:${facility}`]),
  ...(unlocode === undefined ? [] : [`unlocode:${unlocode}`]),
  ...(name === undefined ? [] : [`name:${name.toLowerCase()}`]),
];

/** Puts a location where its new names lead to it, and its old ones no longer. */
export function indexPlace(draft: Draft, before: Location | undefined, after: Location | undefined): void {
  for (const name of before ? namesOf(before) : []) draft.exclude('places', name, before!.id);
  for (const name of after ? namesOf(after) : []) draft.include('places', name, after!.id);
}
