import { checksum } from '../ais/sentence.js';

/** Bits of a message: how many, and a number or a text of six-bit characters. */
export type Field = readonly [width: number, value: number | string];

/** A message, field by field, as sentences of at most `size` characters of payload. */
export function sentences(fields: readonly Field[], size = 60, sequence = '1'): string[] {
  const bits = fields.map(([width, value]) =>
    typeof value === 'string' ? letters(value, width) : binary(value, width),
  );
  const all = bits.join('');
  const fill = (6 - (all.length % 6)) % 6;
  const payload = (all + '0'.repeat(fill))
    .match(/.{6}/g)!
    .map((six) => armour(parseInt(six, 2)))
    .join('');
  const parts = payload.match(new RegExp(`.{1,${size}}`, 'g'))!;
  return parts.map((part, index) => {
    const id = parts.length > 1 ? sequence : '';
    return sealed(`AIVDM,${parts.length},${index + 1},${id},A,${part},${index + 1 === parts.length ? fill : 0}`);
  });
}
const sealed = (body: string) => `!${body}*${checksum(body)}`;
const armour = (six: number) => String.fromCharCode(six < 40 ? six + 48 : six + 56);
const binary = (value: number, width: number) =>
  (value < 0 ? value + 2 ** width : value).toString(2).padStart(width, '0');
const letters = (text: string, width: number) =>
  [...text.padEnd(width / 6, '@')].map((each) => binary(each.charCodeAt(0) % 64, 6)).join('');

export const head = (type: number): Field[] => [
  [6, type],
  [2, 0],
  [30, 244660000],
];
export const place = (lon: number, lat: number): Field[] => [
  [28, Math.round(lon * 600_000)],
  [27, Math.round(lat * 600_000)],
];
export const classA = (type: number, lon = 4.25, lat = 51.5, speed = 123, course = 905): Field[] => [
  ...head(type),
  [4, 0],
  [8, 0],
  [10, speed],
  [1, 1],
  ...place(lon, lat),
  [12, course],
  [9, 511],
  [6, 5],
  [25, 0],
];
export const classB = (type: number): Field[] => [
  ...head(type),
  [8, 0],
  [10, 80],
  [1, 0],
  ...place(-4.25, -51.5),
  [12, 3600],
  [9, 90],
  [6, 30],
];
export const static5 = (
  destination: string,
  eta: readonly [number, number, number, number],
  imo = 9074729,
): Field[] => [
  ...head(5),
  [2, 0],
  [30, imo],
  [42, 'PABC'],
  [120, 'MAAS 1'],
  [8, 70],
  [30, 0],
  [4, 1],
  [4, eta[0]],
  [5, eta[1]],
  [5, eta[2]],
  [6, eta[3]],
  [8, 52],
  [120, destination],
  [2, 0],
];

/** The same message, said by another vessel. */
export const saidBy = (mmsi: number, [type, repeat, , ...rest]: readonly Field[]): Field[] => [
  type!,
  repeat!,
  [30, mmsi],
  ...rest,
];
