const DAY = 86_400_000;
const [FROM_1900, FROM_1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)];
const LAST = 2_958_466;

/**
 * The moment that a serial number of days names, as ISO 8601 without an offset. In the 1900 system the numbers up to 60 count a
 * 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1). `undefined` where there is no day: below 1, or after 9999.
 */
export function momentOfSerial(serial: number, from1904: boolean): string | undefined {
  if (!(serial >= 1 && serial < LAST) || (!from1904 && Math.floor(serial) === 60)) return undefined;
  const days = !from1904 && serial < 60 ? serial + 1 : serial;
  const at = new Date(Math.round(days * DAY) + (from1904 ? FROM_1904 : FROM_1900));
  return at.toISOString().replace(/(\.000)?Z$/, '');
}
