import type { Tuning } from '../catalogue/tuning.js';

/** So little that lists of a few itineraries are too long, and a few pivots too many: then floors, searches at the prices of the moment and another solver are needed. */
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
    stamina: {
      effort: random() < 0.3 ? 0 : 1 + Math.floor(200 * random()),
      swaps: Math.floor(4 * random()),
      room: random() < 0.2 ? 0.1 : 1e-6,
    },
  };
}
