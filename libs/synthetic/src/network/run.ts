import type { Millis } from '@portolan/domain';
import type { Line } from '../geography/lines.js';

export interface RunCall {
  readonly location: string;
  readonly arrives?: Millis;
  readonly departs?: Millis;
}

export interface RunLeg {
  readonly km: number;
  readonly cost: number;
  readonly co2eKg: number;
}

/** One sailing of a barge or feeder, or one train. Leg *i* goes from call *i* to call *i + 1* and is named `i + 1`. */
export interface Sailing {
  readonly id: string;
  readonly line: Line;
  /** Away from the sea. */
  readonly inland: boolean;
  readonly calls: readonly RunCall[];
  readonly legs: readonly RunLeg[];
}

/** A sailing with the room that is open to our goods, the same on all of its legs. */
export interface Run extends Sailing {
  readonly capacity: number;
  readonly reeferPlugs: number;
}

/** A line in one direction. */
export const wayOf = ({ line, inland }: Sailing): string => `${line.code}-${inland ? 'E' : 'W'}`;
