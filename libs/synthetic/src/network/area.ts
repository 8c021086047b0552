import { byId } from '../by-id.js';
import { type Site, kilometres, samePort } from '../geography/site.js';
import { siteOf, sites } from '../geography/sites.js';
import type { Sailing } from './run.js';

/** How far a shipper trucks to or from a terminal, in great-circle kilometres, and between how many terminals it chooses. */
const CATCHMENT = 110;
const CHOICES = 3;

/** Another terminal to which goods are taken by road, where the first has no sailing that fits. */
const NEIGHBOURHOOD = 45;

/** The places a hinterland uses, and from which terminals each is reached. */
export interface Area {
  readonly sites: readonly Site[];
  /** Terminals from which goods of a place set out by barge, train or feeder, itself first where it is one, then by distance. */
  readonly gateways: ReadonlyMap<string, readonly Site[]>;
}

/** Terminals that are called at, and shippers with one of them near. */
export function areaOf(sailings: readonly Sailing[]): Area {
  const called = new Set(sailings.flatMap(({ line }) => line.stops));
  const terminals = sites.filter(({ id }) => called.has(id));
  const gateways = new Map(sites.map((site) => [site.id, gatewaysOf(site, terminals)]));
  const used = sites.filter(({ id }) => called.has(id) || (!siteIsTerminal(id) && gateways.get(id)!.length > 0));
  return { sites: used, gateways };
}

const siteIsTerminal = (id: string): boolean => isTerminal(siteOf(id));
export const isTerminal = ({ kind }: Site): boolean => kind !== 'warehouse' && kind !== 'cold-store';
export const isQuay = ({ kind }: Site): boolean => kind === 'sea-terminal';

function gatewaysOf(site: Site, terminals: readonly Site[]): Site[] {
  const reach = isTerminal(site) ? NEIGHBOURHOOD : CATCHMENT;
  const near = terminals.filter((each) => each !== site && mayServe(site, each) && kilometres(site, each) <= reach);
  const nearest = near.sort((a, b) => kilometres(site, a) - kilometres(site, b) || byId(a, b));
  return [...(terminals.includes(site) ? [site] : []), ...nearest.slice(0, CHOICES)];
}

/** Shippers use terminals inland; quays only shuttle within their port. */
const mayServe = (site: Site, terminal: Site): boolean => (isQuay(site) ? samePort(site, terminal) : !isQuay(terminal));
