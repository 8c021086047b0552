import type { EventData } from '@portolan/domain';
import { containerNumber } from '../identifiers/container.js';
import type { Notes } from '../json/fields.js';
import type { Segment } from './segment.js';

type Stowed = EventData<'org.portolan.equipment.stowed'>;
/** What a container is, and what it is like. */
export type Equipment = Pick<
  Stowed,
  | 'equipment'
  | 'isoType'
  | 'empty'
  | 'grossMassKg'
  | 'verifiedGrossMassKg'
  | 'seals'
  | 'damages'
  | 'setPoint'
  | 'dangerousGoods'
>;

type Writable = { -readonly [K in keyof Equipment]: Equipment[K] };

/** Full or empty (8169): 4 is empty; 5, 7 and 8 are full in one way or another. */
const EMPTY: Readonly<Record<string, boolean>> = { '4': true, '5': false, '7': false, '8': false };

/** An EQD with the segments of its group. */
export function equipmentIn(eqd: Segment, group: readonly Segment[], notes: Notes): Equipment {
  const read: Writable = identified(eqd.value(2), notes);
  const isoType = eqd.value(3) || eqd.value(3, 3);
  if (isoType !== '' && isoType.length <= 4) read.isoType = isoType;
  const empty = EMPTY[eqd.value(6)] ?? EMPTY[eqd.value(5)];
  if (empty !== undefined) read.empty = empty;
  for (const segment of group) readers[segment.tag]?.(segment, read, notes);
  return read;
}

export function identified(text: string, notes: Notes): { equipment?: string } {
  const { number, flag } = containerNumber(text);
  if (flag !== undefined) notes.flags.push(flag.slice(0, 200));
  if (number === undefined || number.length <= 20) return number === undefined ? {} : { equipment: number };
  notes.flags.push('no-equipment: the number has more than 20 characters');
  return {};
}

type Reader = (segment: Segment, read: Writable, notes: Notes) => void;

const readers: Readonly<Record<string, Reader>> = {
  MEA: mass,
  SEL: (segment, read) => {
    const seal = segment.qualifier.slice(0, 50);
    if (seal === '') return;
    if (read.seals) read.seals.push(seal);
    else read.seals = [seal];
  },
  DAM: (segment, read) => {
    const words = segment.values().flatMap((each) => each[3] || each[0] || []);
    (read.damages ??= []).push(words.slice(1).join(' ').slice(0, 200) || words.join(' ').slice(0, 200));
  },
  TMP: temperature,
  DGS: (segment, read) => {
    const [hazard, un] = [segment.value(2).slice(0, 10), segment.value(3).slice(0, 10)];
    if (hazard !== '' || un !== '')
      (read.dangerousGoods ??= []).push({ ...(hazard !== '' && { class: hazard }), ...(un !== '' && { un }) });
  },
};

const KILOGRAMS: Readonly<Record<string, number>> = { KGM: 1, KG: 1, TNE: 1000, LBR: 0.45359237 };

/** `MEA+AAE+G+KGM:…` or, in BAPLIE, `MEA+WT++KGM:…`; VGM is the verified one. Masses of nothing are left out. */
function mass(segment: Segment, read: Writable, notes: Notes): void {
  const purpose = segment.value(2) || segment.qualifier;
  const verified = purpose === 'VGM' || segment.qualifier === 'VGM';
  if (!verified && !['G', 'WT', 'AET', 'AAD', 'EGW'].includes(purpose)) return;
  const factor = KILOGRAMS[segment.value(3)];
  const amount = segment.number(3, 1);
  if (factor === undefined || amount === undefined || amount < 0) {
    notes.flags.push(`mass: ${segment.text.slice(0, 100)} is no mass in KGM, TNE or LBR`);
    return;
  }
  const kilograms = Math.round(amount * factor * 1000) / 1000;
  if (kilograms === 0) return;
  if (verified) read.verifiedGrossMassKg = kilograms;
  else read.grossMassKg = kilograms;
}

/** The set point (6245: 2 is the transport temperature). */
function temperature(segment: Segment, read: Writable, notes: Notes): void {
  const [degrees, unit] = [segment.number(2), segment.value(2, 1)];
  if (degrees === undefined || (unit !== 'CEL' && unit !== 'FAH')) {
    notes.flags.push(`temperature: ${segment.text.slice(0, 100)} is none in CEL or FAH`);
    return;
  }
  read.setPoint = unit === 'CEL' ? degrees : Math.round(((degrees - 32) * 5 * 100) / 9) / 100;
}
