import type { Sought } from '../search/timed-search.js';
import type { Stamina } from '../simplex/simplex.js';

/** How long catalogues may get, how long it may take to make them, and from when on a beginning is worth its time. What is proven does not depend on it. */
export interface Tuning {
  /** Each is tried where the one before did not get there; the last one is at floors. */
  readonly quick: Sought;
  readonly close: Sought;
  readonly floored: Sought;
  /** For itineraries that come later; the second where the first did not get there. */
  readonly later: Sought;
  readonly laterClose: Sought;
  /** While prices are sought. */
  readonly sketch: Sought;
  /** From so many demands on, prices near the optimum are sought before there is a plan. */
  readonly seekFrom: number;
  /** Where it is not the usual one. */
  readonly stamina?: Stamina;
}

export const TUNING: Tuning = {
  quick: { most: 1500, labels: 3000 },
  close: { most: 3000, labels: 10_000, closely: true },
  floored: { most: 4000, labels: 80_000, closely: true },
  later: { most: 1500, labels: 400 },
  laterClose: { most: 1500, labels: 10_000, closely: true },
  sketch: { most: 400, labels: 1200 },
  seekFrom: 300,
};
