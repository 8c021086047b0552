import type { LineMode } from '../geography/lines.js';
import type { Site, SiteKind } from '../geography/site.js';

/** Everything is per TEU: money in EUR, emissions in kg CO2e, well-to-wheel. Prices are plausible for 2026, and nobody's offer. */
export interface HandlingTerms {
  readonly handling: { readonly load: number; readonly unload: number; readonly transfer: number };
  readonly handlingTime: { readonly load: string; readonly unload: string; readonly transfer: string };
  readonly storage: { readonly costPerUnitDay: number; readonly freeTime: string };
  readonly plugs?: number;
}

export const handlingTerms: Readonly<Record<SiteKind, HandlingTerms>> = {
  'sea-terminal': {
    handling: { load: 26, unload: 24, transfer: 34 },
    handlingTime: { load: 'PT2H', unload: 'PT1H', transfer: 'PT6H' },
    storage: { costPerUnitDay: 14, freeTime: 'P3D' },
    plugs: 150,
  },
  'inland-terminal': {
    handling: { load: 22, unload: 20, transfer: 28 },
    handlingTime: { load: 'PT2H', unload: 'PT1H', transfer: 'PT3H' },
    storage: { costPerUnitDay: 5, freeTime: 'P4D' },
    plugs: 30,
  },
  'rail-terminal': {
    handling: { load: 24, unload: 22, transfer: 30 },
    handlingTime: { load: 'PT2H', unload: 'PT1H', transfer: 'PT3H' },
    storage: { costPerUnitDay: 8, freeTime: 'P2D' },
    plugs: 20,
  },
  warehouse: {
    handling: { load: 12, unload: 12, transfer: 12 },
    handlingTime: { load: 'PT1H', unload: 'PT1H', transfer: 'PT1H' },
    storage: { costPerUnitDay: 2, freeTime: 'P5D' },
  },
  'cold-store': {
    handling: { load: 14, unload: 14, transfer: 14 },
    handlingTime: { load: 'PT1H', unload: 'PT1H', transfer: 'PT1H' },
    storage: { costPerUnitDay: 4, freeTime: 'P4D' },
    plugs: 20,
  },
};

/** g CO2e per tonne-km: truck, train and feeder after UK DESNZ reporting factors 2025, barge after doi:10.1186/s12544-019-0344-x. */
const gramsPerTonneKm = { barge: 38.6, rail: 34.7, vessel: 19.8, truck: 95 };
/** Cargo of a TEU where the weight is not known: GLEC Framework. */
const TONNES_PER_TEU = 10;

export const co2eKg = (mode: LineMode | 'truck', km: number): number =>
  Math.round((gramsPerTonneKm[mode] * TONNES_PER_TEU * km) / 100) / 10;

/** A part for calling and a part for distance, near contract rates. */
const lineRates: Readonly<Record<LineMode, (km: number) => number>> = {
  barge: (km) => 7 + 0.17 * Math.min(km, 200) + 0.11 * Math.max(0, km - 200),
  rail: (km) => 24 + 0.24 * km,
  vessel: (km) => 22 + 0.22 * km,
};
export const lineRate = (mode: LineMode, km: number): number => Math.round(lineRates[mode](km));

/** Hours at a quay or platform between arrival and departure. */
export const dwellHours = (mode: LineMode, site: Site): number =>
  mode === 'rail' ? 3 : site.kind === 'sea-terminal' ? 4 : 3;

/** Roads are a quarter longer than the great circle. */
export const ROAD_DETOUR = 1.25;
const HOURS_AT_ENDS = 1.5;
const ROAD_SPEED = 58;
/** A driver rests 11 hours after 9 at the wheel (Regulation (EC) 561/2006). */
const WHEEL_HOURS = 9;
const REST_HOURS = 11;

export function roadHours(roadKm: number): number {
  const driving = roadKm / ROAD_SPEED;
  return HOURS_AT_ENDS + driving + Math.floor(driving / WHEEL_HOURS) * REST_HOURS;
}

/** An hour at each end, the road, the empty way back, and the wait for a slot at each quay. */
export const roadRate = (roadKm: number, quays: number): number => Math.round(56 + 1.25 * roadKm + 42 * quays);
