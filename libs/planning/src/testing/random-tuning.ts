import type { Tuning } from '../catalogue/tuning.js';

/** So little that lists of a few itineraries are too long: then floors are needed, and searches at the prices of the moment. */
export function randomTuning(random: () => number): Tuning {
  const little = (most: number, closely: boolean) => ({
    most: 1 + Math.floor(random() * most),
    labels: 1 + Math.floor(random() * 3 * most),
    closely,
  });
  return {
    quick: little(3, false),
    close: little(4, true),
    floored: little(6, true),
    later: little(4, false),
    laterClose: little(6, true),
    sketch: little(4, false),
    seekFrom: random() < 0.5 ? 0 : Infinity,
  };
}
