import { checksum } from '../../libs/formats/src/ais/sentence.js';
import { between } from './random.js';

type Field = readonly [width: number, value: number | string];

const binary = (value: number, width: number): string =>
  (value < 0 ? value + 2 ** width : value).toString(2).padStart(width, '0');
const letters = (text: string, width: number): string =>
  [...text.padEnd(width / 6, '@')].map((each) => binary(each.charCodeAt(0) % 64, 6)).join('');
const armour = (six: number): string => String.fromCharCode(six < 40 ? six + 48 : six + 56);
const sealed = (body: string): string => `!${body}*${checksum(body)}`;

/** The payload of fields (ITU-R M.1371-5, annex 8) and how many bits fill its last character. */
function payloadOf(fields: readonly Field[]): readonly [payload: string, fill: number] {
  const bits = fields.map(([width, value]) =>
    typeof value === 'string' ? letters(value, width) : binary(value, width),
  );
  const all = bits.join('');
  const fill = (6 - (all.length % 6)) % 6;
  const sixes = (all + '0'.repeat(fill)).match(/.{6}/g)!;
  return [sixes.map((six) => armour(parseInt(six, 2))).join(''), fill];
}

/** Message 1 of a vessel somewhere in the delta of Rhine, Meuse and Scheldt, with the time it was received. */
export function sentenceOfPosition(mmsi: number, random: () => number): string {
  const lon = between(random, 2_000_000, 3_600_000);
  const lat = between(random, 30_600_000, 31_200_000);
  const head: Field[] = [
    [6, 1],
    [2, 0],
    [30, mmsi],
    [4, 0],
    [8, 0],
  ];
  const motion: Field[] = [
    [10, between(random, 0, 200)],
    [1, 1],
    [28, lon],
    [27, lat],
    [12, between(random, 0, 3599)],
  ];
  const [payload, fill] = payloadOf([...head, ...motion, [9, 511], [6, between(random, 0, 59)], [25, 0]]);
  const received = 1_772_400_000 + between(random, 0, 86_400);
  return `${sealed(`AIVDM,1,1,,A,${payload},${fill}`)},${received}`;
}

/** Message 5, which takes two sentences. */
export function sentencesOfVoyage(mmsi: number, sequence: number): readonly string[] {
  const head: Field[] = [
    [6, 5],
    [2, 0],
    [30, mmsi],
    [2, 0],
    [30, 9_074_729],
    [42, 'PABC'],
    [120, 'MAAS 1'],
    [8, 70],
  ];
  const eta: Field[] = [
    [30, 0],
    [4, 1],
    [4, 3],
    [5, 4],
    [5, 6],
    [6, 30],
    [8, 52],
    [120, 'BEANR'],
    [2, 0],
  ];
  const [payload, fill] = payloadOf([...head, ...eta]);
  return [
    sealed(`AIVDM,2,1,${sequence},A,${payload.slice(0, 60)},0`),
    sealed(`AIVDM,2,2,${sequence},A,${payload.slice(60)},${fill}`),
  ];
}
