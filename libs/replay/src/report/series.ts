import type { Point } from '../comparison/document.js';

/** Index of the first plan that is another one than in the other series; the length where there is none. */
export function partsFrom(series: readonly Point[], other: readonly Point[]): number {
  const index = other.findIndex((point, at) => point.objective !== series[at]?.objective);
  return index < 0 ? other.length : index;
}
