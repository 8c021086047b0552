import type { PlaceReference, TransportReference } from '@portolan/domain';
import { imoNumber } from '../identifiers/imo.js';
import { unlocodeOf } from '../identifiers/unlocode.js';
import { compact } from '../json/content.js';
import type { Fields } from '../json/fields.js';

/** A ship at a place of a port. */
export interface Visit {
  readonly transport: TransportReference;
  readonly place: PlaceReference;
  readonly subject: string | undefined;
  /** What tells one visit, movement or service from another of the same ship there. */
  readonly activityId: string | undefined;
}

/** Ship, port, location and the identifiers of the visit. Faults where ship or port are missing. */
export function visitIn(root: Fields): Visit | undefined {
  const ship = root.object('ship') ?? root.fault('ship', 'is required');
  const unlocode = portIn(root);
  const callReference = root.text('portcallId', 100);
  const named = ship && shipIn(ship);
  if (!named || unlocode === undefined) return undefined;
  const transport = compact({ ...named, callReference });
  const subject = callReference ?? (named.imo === undefined ? named.mmsi : `IMO${named.imo}`);
  const place = { unlocode, ...placeIn(root.object('location')) };
  return { transport, place, subject, activityId: activityIn(root, callReference) };
}

function portIn(root: Fields): string | undefined {
  const text = root.requiredText('port', 20);
  const found = text === undefined ? undefined : unlocodeOf(text);
  root.flag(found?.flag);
  return text === undefined || found
    ? found?.unlocode
    : root.fault('port', 'must be a UN/LOCODE: two letters of the country and three of the place, such as NLRTM');
}

/** "At least an IMO, ENI, USCG or MMSI must be provided"; the last but one stays among what is not understood. */
function shipIn(ship: Fields): TransportReference | undefined {
  if (!['imo', 'eni', 'mmsi', 'uscg'].some((name) => ship.has(name)))
    return ship.fault('', 'must have imo, eni, mmsi or uscg');
  const read = ship.has('imo') ? imoNumber(ship.text('imo', 12) ?? '') : undefined;
  ship.flag(read?.flag);
  if (read && read.imo.length > 8) return ship.fault('imo', 'must be an IMO number of seven digits');
  const mmsi = ship.text('mmsi', 20);
  if (mmsi !== undefined && !/^\d{9}$/.test(mmsi)) return ship.fault('mmsi', 'must have nine digits');
  const mode = !read && ship.has('eni') ? 'barge' : 'vessel';
  return compact({ mode, imo: read?.imo || undefined, mmsi, vesselName: ship.text('name', 100) });
}

/** A GLN (GS1) stands where other standards have a facility code. */
function placeIn(location: Fields | undefined): PlaceReference {
  const geo = location?.object('geo');
  return compact({
    facility: location?.text('gln', 20),
    name: location?.text('name'),
    position: geo?.text('type') === 'Point' ? pointIn(geo) : undefined,
  });
}

/** GeoJSON (RFC 7946, section 3.1.2): longitude first. */
function pointIn(geo: Fields): PlaceReference['position'] {
  const [lon, lat] = geo.numbers('coordinates');
  if (lon === undefined || lat === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180)
    return geo.fault('coordinates', 'must be longitude and latitude, such as [4.01, 51.95]');
  return { lat, lon };
}

const activityIds = ['berthVisitId', 'movementId', 'serviceId'];

function activityIn(root: Fields, callReference: string | undefined): string | undefined {
  const context = root.object('context');
  const own = activityIds.map((name) => context?.text(name, 100)).find((id) => id !== undefined);
  return own ?? callReference ?? context?.text('organisationPortcallId', 100);
}
