import type { Step } from '../events/decision.js';
import type { Millis } from '../time/instant.js';
import type { ProblemDocument } from './document.js';

/** A location with all defaults filled in: cost per unit, times in milliseconds. */
export interface Place {
  /** Its number, for tables over places. */
  readonly index: number;
  readonly id: string;
  readonly load: number;
  readonly unload: number;
  readonly transfer: number;
  readonly loadTime: Millis;
  readonly unloadTime: Millis;
  readonly transferTime: Millis;
  readonly storagePerDay: number;
  readonly freeTime: Millis;
  readonly spoilageFactor: number;
  /** Half-open: closed from the first instant until just before the second. */
  readonly closures: readonly (readonly [Millis, Millis])[];
}

interface LegTerms {
  /** Position in `Problem.legs`. */
  readonly index: number;
  readonly service: string;
  readonly from: Place;
  readonly to: Place;
  /** Units; Infinity where there is no limit. */
  readonly capacity: number;
  readonly plugs: number;
  readonly cost: number;
  readonly co2eKg: number;
  readonly spoilageFactor: number;
}

export interface ScheduledLeg extends LegTerms {
  readonly kind: 'scheduled';
  readonly leg: string;
  readonly departs: Millis;
  readonly arrives: Millis;
  /** The index of the leg that goods may stay on board for; -1 where there is none. */
  readonly next: number;
}

export interface OnDemandLeg extends LegTerms {
  readonly kind: 'on-demand';
  readonly duration: Millis;
}

export type Leg = ScheduledLeg | OnDemandLeg;

export interface Supply {
  /** Position in `Problem.supplies`. */
  readonly index: number;
  readonly id: string;
  readonly product: string;
  readonly place: Place;
  readonly quantity: number;
  readonly available?: Millis;
  readonly unitCost: number;
  readonly expires: Millis;
}

export interface Demand {
  /** Position in `Problem.demands`. */
  readonly index: number;
  readonly id: string;
  readonly from?: Place;
  readonly product?: string;
  readonly onBoard?: ScheduledLeg;
  readonly to: Place;
  readonly quantity: number;
  readonly available?: Millis;
  readonly due: Millis;
  readonly latest: Millis;
  readonly latePerHour: number;
  readonly revenue: number;
  readonly unservedPenalty: number;
  readonly spoilagePerHour: number;
  readonly minShelfLife: Millis;
  readonly reefer: boolean;
  readonly unitSize?: number;
}

/** One voyage of a rotation, from a call to the next (the last to the first). */
export interface Voyage {
  readonly index: number;
  readonly service: string;
  readonly call: number;
  readonly from: Place;
  readonly to: Place;
  readonly capacity: number;
}

/** A checked problem, with references resolved and defaults filled in. What is not limited is Infinity. */
export interface Problem {
  readonly kind: 'timed' | 'static';
  readonly document: ProblemDocument;
  /** Money per kg CO2e. */
  readonly co2Price: number;
  readonly changePenalty: number;
  readonly maxLegs: number;
  readonly places: ReadonlyMap<string, Place>;
  readonly legs: readonly Leg[];
  /** By `legKey`. */
  readonly legByKey: ReadonlyMap<string, Leg>;
  readonly voyages: readonly Voyage[];
  readonly supplies: readonly Supply[];
  readonly supplyById: ReadonlyMap<string, Supply>;
  readonly demands: readonly Demand[];
  readonly demandById: ReadonlyMap<string, Demand>;
}

/** A leg's name in maps: ids may hold any character but this one. */
export const legKey = (service: string, leg?: string): string =>
  leg === undefined ? service : `${service}\u0000${leg}`;

/** A leg, or a voyage, as itineraries and plans name it. */
export function stepOfLeg(leg: Leg | Voyage): Step {
  const { service } = leg;
  if ('call' in leg) return { service, leg: String(leg.call) };
  return leg.kind === 'scheduled' ? { service, leg: leg.leg } : { service };
}

/** The `legKey` of a leg or a voyage. */
export function keyOfLeg(term: Leg | Voyage): string {
  const { service, leg } = stepOfLeg(term);
  return legKey(service, leg);
}

/** What makes an itinerary of a demand one and the same: demand, supply and steps, as a text. */
export const itineraryId = (demand: string, supply: string | undefined, steps: readonly Step[]): string =>
  JSON.stringify([demand, supply ?? null, steps.map(({ service, leg }) => [service, leg ?? null])]);
