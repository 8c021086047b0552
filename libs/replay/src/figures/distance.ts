interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}

/** IUGG mean radius of the earth, kilometres. */
const RADIUS = 6371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance; 0 where one of the places is not known. */
export function kilometresBetween(a: Coordinates | undefined, b: Coordinates | undefined): number {
  if (!a || !b) return 0;
  const [north, east] = [radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2];
  const haversine =
    Math.sin(north) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(east) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(haversine)));
}
