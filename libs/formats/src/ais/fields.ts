import type { Bits } from './bits.js';

/** Where the fields of a position lie in a message (ITU-R M.1371-5, annex 8, section 3): first bits, and widths that differ. */
interface Layout {
  readonly bits: number;
  readonly speed: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly course: number;
  readonly heading?: number;
  readonly second?: number;
  readonly status?: number;
}

const classA = {
  bits: 168,
  status: 38,
  speed: 50,
  longitude: 61,
  latitude: 89,
  course: 116,
  heading: 128,
  second: 137,
};
const classB = { bits: 168, speed: 46, longitude: 57, latitude: 85, course: 112, heading: 124, second: 133 };

export const positions: Readonly<Record<number, Layout>> = {
  1: classA,
  2: classA,
  3: classA,
  18: classB,
  19: { ...classB, bits: 312 },
  27: { bits: 94, status: 40, longitude: 44, latitude: 62, speed: 79, course: 85 },
};

/** What a position says; what is "not available" is left out. */
export interface Fix {
  readonly lat: number | undefined;
  readonly lon: number | undefined;
  readonly speed: number | undefined;
  readonly course: number | undefined;
  readonly heading: number | undefined;
  readonly second: number | undefined;
  readonly status: number | undefined;
}

export function fixOf(bits: Bits, type: number, at: Layout): Fix {
  const long = type === 27;
  const scale = long ? 600 : 600_000;
  const lon = bits.signed(at.longitude, long ? 18 : 28) / scale;
  const lat = bits.signed(at.latitude, long ? 17 : 27) / scale;
  const speed = bits.unsigned(at.speed, long ? 6 : 10);
  const course = bits.unsigned(at.course, long ? 9 : 12) / (long ? 1 : 10);
  const heading = at.heading === undefined ? 511 : bits.unsigned(at.heading, 9);
  const second = at.second === undefined ? 60 : bits.unsigned(at.second, 6);
  return {
    lat: lat === 91 ? undefined : rounded(lat),
    lon: lon === 181 ? undefined : rounded(lon),
    speed: speed === (long ? 63 : 1023) ? undefined : long ? speed : speed / 10,
    course: course < 360 ? course : undefined,
    heading: heading < 360 ? heading : undefined,
    second: second < 60 ? second : undefined,
    status: at.status === undefined ? undefined : bits.unsigned(at.status, 4),
  };
}

/** A tenth of a metre is finer than any receiver. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
