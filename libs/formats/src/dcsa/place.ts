import type { PlaceReference } from '@portolan/domain';
import { unlocodeOf } from '../identifiers/unlocode.js';
import { compact } from '../json/content.js';
import type { Fields } from '../json/fields.js';

export function unlocodeIn(fields: Fields): string | undefined {
  const text = fields.text('UNLocationCode', 20);
  if (text === undefined) return undefined;
  const found = unlocodeOf(text);
  if (!found)
    return fields.fault(
      'UNLocationCode',
      'must be a UN/LOCODE: two letters of the country and three of the place, such as BEANR',
    );
  fields.flag(found.flag);
  return found.unlocode;
}

export function positionIn(fields: Fields | undefined): PlaceReference['position'] {
  const lat = fields?.decimal('latitude', -90, 90);
  const lon = fields?.decimal('longitude', -180, 180);
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}

/** A location of 2.2: everything on one level. */
export function locationOf2(fields: Fields): PlaceReference {
  return compact({
    facility: fields.text('facilityCode', 20),
    unlocode: unlocodeIn(fields),
    name: fields.text('locationName'),
    position: positionIn(fields),
  });
}

/** A location of 3.0: facility and position are objects of their own. */
export function locationOf3(fields: Fields): PlaceReference {
  const facility = fields.object('facility');
  return compact({
    facility: facility?.text('facilityCode', 20),
    unlocode: unlocodeIn(fields),
    name: fields.text('locationName') ?? facility?.text('facilityName'),
    position: positionIn(fields.object('geoCoordinate')),
  });
}

/**
 * The place of a call of 2.2, which names it twice: in the call and, optionally, in the call's `location`, which repeats it.
 * Where the two disagree nobody can say which one is meant.
 */
export function placeOfCall2(call: Fields): PlaceReference | undefined {
  const own = compact({
    facility: call.text('facilityCode', 20),
    unlocode: unlocodeIn(call),
    name: call.text('otherFacility'),
  });
  const location = call.object('location');
  if (!location) return placeOrNothing(own);
  const repeated = locationOf2(location);
  for (const [field, key] of [
    ['UNLocationCode', 'unlocode'],
    ['facilityCode', 'facility'],
  ] as const)
    if (own[key] !== undefined && repeated[key] !== undefined && own[key] !== repeated[key])
      location.fault(
        field,
        `names another place than the transport call's own ${field} (${own[key]}): send one of them`,
      );
  return placeOrNothing({ ...own, ...repeated });
}

const placeOrNothing = (place: PlaceReference): PlaceReference | undefined =>
  Object.keys(place).length === 0 ? undefined : place;
