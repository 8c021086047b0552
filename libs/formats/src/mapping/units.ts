import type { Target } from './targets.js';

const temperature = { C: [1, 0], F: [5 / 9, -160 / 9], K: [1, -273.15] } as const;
const mass = { kg: [1, 0], g: [0.001, 0], t: [1000, 0], lb: [0.45359237, 0] } as const;
const speed = { kn: [1, 0], 'km/h': [1 / 1.852, 0], mph: [1.609344 / 1.852, 0], 'm/s': [3.6 / 1.852, 0] } as const;
const time = { s: [1000, 0], min: [60_000, 0], h: [3_600_000, 0], d: [86_400_000, 0] } as const;

/** What a number in a unit is in the field's own: `value * factor + offset`. */
export type Conversion = readonly [factor: number, offset: number];

const ofMember: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  setPoint: temperature,
  temperature,
  probes: temperature,
  ambient: temperature,
  min: temperature,
  max: temperature,
  co2eKg: mass,
  speedKnots: speed,
};

/**
 * Units that a field can be given in, each with its conversion: temperatures to °C, emissions to kg, speed to knots, durations
 * to milliseconds. Empty where the field has no unit of its own.
 */
export function unitsOf(field: string, { type }: Target): Readonly<Record<string, Conversion>> {
  if (type === 'duration') return time;
  return ofMember[field.split('.').at(-1)!] ?? {};
}

/** Without the noise of binary fractions. */
export const converted = (value: number, [factor, offset]: Conversion): number =>
  Number((value * factor + offset).toFixed(6));
