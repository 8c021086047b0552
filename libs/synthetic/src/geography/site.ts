export type SiteKind = 'sea-terminal' | 'inland-terminal' | 'rail-terminal' | 'warehouse' | 'cold-store';

/** A place of the real map: terminals bear their names; shippers are made up, their towns are not. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly unlocode?: string;
  /** To about a kilometre. */
  readonly position: { readonly lat: number; readonly lon: number };
  /** How much of all goods begins or ends here, relative to other places of its kind. */
  readonly share: number;
  /** Products made or stored here that orders are served from. */
  readonly makes?: string;
  /** The product that is sold to here. */
  readonly takes?: string;
}

type Row = readonly [id: string, name: string, lat: number, lon: number, share: number];

/** Quays at the sea: their ids begin with the UN/LOCODE of their port. */
export const quays = (rows: readonly Row[]): Site[] =>
  terminals('sea-terminal', rows).map((site) => ({ ...site, unlocode: site.id.slice(0, 5) }));

/** Terminals inland: their ids are in the manner of a UN/LOCODE, and need not be one. */
export const terminals = (kind: SiteKind, rows: readonly Row[]): Site[] =>
  rows.map(([id, name, lat, lon, share]) => ({ id, name, kind, position: { lat, lon }, share }));

export const shippers = (kind: SiteKind, rows: readonly Row[], goods: Pick<Site, 'makes' | 'takes'> = {}): Site[] =>
  rows.map(([id, name, lat, lon, share]) => ({ id, name, kind, position: { lat, lon }, share, ...goods }));

/** Great-circle kilometres (haversine, mean earth radius 6 371 km), whole, so that no last digit depends on a machine. */
export function kilometres(from: Site, to: Site): number {
  const [a, b] = [from.position, to.position];
  const rad = Math.PI / 180;
  const half =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return Math.max(1, Math.round(2 * 6371 * Math.asin(Math.sqrt(half))));
}

/** Quays of one port: goods are shunted or shuttled between them. */
export const samePort = (from: Site, to: Site): boolean => from.unlocode !== undefined && from.unlocode === to.unlocode;
