import type { Millis } from '@portolan/domain';
import { byId } from '../by-id.js';
import { type Site, kilometres, samePort } from '../geography/site.js';
import { siteOf } from '../geography/sites.js';
import { type Area, isQuay, isTerminal } from './area.js';
import { lasting } from './clock.js';
import { ROAD_DETOUR, co2eKg, roadHours, roadRate } from './rates.js';

/** Trucks on demand from one place to another. */
export interface Relation {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly duration: Millis;
  readonly cost: number;
  readonly co2eKg: number;
}

/** Terminals this near to each other (great-circle kilometres) have trucks between them, for goods that are stranded. */
const TERMINALS_APART = 70;

/** Relations that hauliers offer: between shippers and their terminals, from quay to quay, and straight for every `pair`. */
export function roads(area: Area, pairs: Iterable<readonly [from: string, to: string]>): Relation[] {
  const found = new Map<string, Relation>();
  const add = (from: Site, to: Site) => {
    const id = `TRUCK-${from.id}-${to.id}`;
    if (from !== to && !found.has(id)) found.set(id, relationOf(id, from, to));
  };
  for (const site of area.sites)
    for (const terminal of area.gateways.get(site.id)!) {
      add(site, terminal);
      add(terminal, site);
    }
  betweenTerminals(area.sites.filter(isTerminal), add);
  for (const [from, to] of pairs) add(siteOf(from), siteOf(to));
  return [...found.values()].sort(byId);
}

function betweenTerminals(terminals: readonly Site[], add: (from: Site, to: Site) => void): void {
  for (const from of terminals)
    for (const to of terminals)
      if (samePort(from, to) || (!isQuay(from) && !isQuay(to) && kilometres(from, to) < TERMINALS_APART)) add(from, to);
}

export const roadKilometres = (from: Site, to: Site): number => Math.round(kilometres(from, to) * ROAD_DETOUR);

function relationOf(id: string, from: Site, to: Site): Relation {
  const km = roadKilometres(from, to);
  return {
    id,
    from: from.id,
    to: to.id,
    duration: lasting(roadHours(km)),
    cost: roadRate(km, [from, to].filter(isQuay).length),
    co2eKg: co2eKg('truck', km),
  };
}
