import { type Millis } from '@portolan/domain';
import { unlocodeOf } from '../identifiers/unlocode.js';
import type { Bits } from './bits.js';

/** The moment of an ETA, which has no year: the nearest to the reception. `undefined` when it is not available or no date. */
export function etaOf(bits: Bits, start: number, near: Millis): Millis | undefined {
  const [month, day] = [bits.unsigned(start, 4), bits.unsigned(start + 4, 5)];
  const [hour, minute] = [bits.unsigned(start + 9, 5), bits.unsigned(start + 14, 6)];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59) return undefined;
  const year = new Date(near).getUTCFullYear();
  return [year - 1, year, year + 1]
    .map((each) => Date.UTC(each, month - 1, day, hour, minute))
    .filter((time) => new Date(time).getUTCDate() === day)
    .sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0];
}

/** The UN/LOCODE a destination is, or names last (`NLRTM>BEANR`); a word of five letters whose country exists may be one by chance. */
export function destinationCode(text: string): string | undefined {
  const last = text.split('>').at(-1)!.trim();
  if (!/^[A-Z]{2} ?[A-Z2-9]{3}$/.test(last)) return undefined;
  const found = unlocodeOf(last);
  return found?.flag === undefined ? found?.unlocode : undefined;
}
