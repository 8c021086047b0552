import type { Cause, LegResource, Resource } from '@portolan/domain';
import type { DearerPart } from './explanation.js';

export const languages = ['en', 'nl', 'fr', 'de'] as const;
export type Language = (typeof languages)[number];

export const modes = ['vessel', 'barge', 'rail', 'truck', 'air'] as const;
export type Mode = (typeof modes)[number];

/** Units that are words; others (TEU, FFE) are written as they are. */
export const countedUnits = ['container', 'pallet', 'tonne'] as const;
export type CountedUnit = (typeof countedUnits)[number];

export type Part = DearerPart | 'lateness';

/** Figures come formatted: money with its currency, quantities with their unit, instants in the zone of Brussels. */
type Text = string;

/** All that is said in a language. Sentences are whole: none is put together from words of another. */
export interface Messages {
  /** BCP 47, for figures. */
  readonly locale: string;
  readonly parts: Readonly<Record<Part, Text>>;
  readonly modes: Readonly<Record<Mode, Text>>;
  readonly units: Readonly<Record<CountedUnit, { readonly one: Text; readonly other: Text }>>;

  // Names
  readonly service: (is: { id: Text }) => Text;
  readonly leg: (is: { vehicle: Text; leg: Text }) => Text;
  readonly voyage: (is: { vehicle: Text; call: Text }) => Text;
  readonly plugs: (is: { leg: Text }) => Text;
  readonly lot: (is: { id: Text }) => Text;
  readonly hop: (is: { leg: Text; from: Text; to: Text }) => Text;
  readonly hops: (hops: readonly Text[]) => Text;
  readonly fromLot: (is: { lot: Text; route: Text }) => Text;
  /** Ways without a leg. */
  readonly stayOnBoard: Text;
  readonly lieThere: Text;

  // What travels
  readonly moves: (is: { quantity: Text; demand: Text; route: Text }) => Text;
  readonly delivered: (is: { when: Text }) => Text;
  readonly unitCost: (is: { unit: Text; cost: Text; parts: readonly Text[] }) => Text;
  readonly partCost: (is: { part: Text; cost: Text }) => Text;
  readonly revenue: (is: { amount: Text }) => Text;
  readonly nothing: (is: { demand: Text }) => Text;
  /** At least that: the total never grows slower than it begins to. */
  readonly marginal: (is: { unit: Text; demand: Text; cost: Text }) => Text;

  // What is full
  readonly full: Readonly<Record<Resource['resource'], (is: { name: Text; used: Text; capacity: Text }) => Text>>;
  readonly worth: Readonly<Record<Resource['resource'], (is: { unit: Text; saves: Text; price: Text }) => Text>>;
  /** Of what a unit saves where its price may not hold that far. */
  readonly atMost: (is: { amount: Text }) => Text;
  readonly range: (is: { from: Text; to: Text }) => Text;
  readonly rangeHere: Text;

  // Next best itineraries
  readonly nextBest: (is: { route: Text; when: Text | undefined; compared: Text }) => Text;
  readonly costsMore: (is: { by: Text; unit: Text }) => Text;
  readonly costsMoreThanLeaving: (is: { by: Text; unit: Text }) => Text;
  readonly costsTheSame: (is: { unit: Text }) => Text;
  readonly costsLess: (is: { by: Text; unit: Text }) => Text;
  readonly because: {
    readonly full: (is: { names: Text; by: Text; unit: Text }) => Text;
    readonly late: (is: { hours: Text; by: Text }) => Text;
    readonly dearer: (is: { part: Text; by: Text }) => Text;
    readonly change: (is: { by: Text }) => Text;
    readonly 'cheaper-unserved': (is: { cost: Text; unserved: Text; unit: Text }) => Text;
  } & Readonly<Record<Cause['kind'], unknown>>;
  readonly saves: (is: { by: Text }) => Text;

  // What stays
  readonly unserved: (is: { quantity: Text; demand: Text }) => Text;
  readonly noSupply: (is: { product: Text }) => Text;
  readonly noItinerary: Text;
  readonly cheaperUnserved: (is: { cost: Text; unserved: Text; unit: Text }) => Text;
  readonly cheapestIsFull: (is: { names: Text }) => Text;
  readonly allAreFull: Text;

  // One leg
  readonly load: Readonly<Record<LegResource['resource'], (is: { used: Text; capacity: Text }) => Text>>;
  readonly aboutLeg: (is: { hop: Text }) => Text;
  readonly unlimited: (is: { used: Text }) => Text;
  readonly worthNothing: Readonly<Record<Resource['resource'], Text>>;

  readonly relaxed: Text;
  readonly timeZone: (is: { zone: Text }) => Text;
}
