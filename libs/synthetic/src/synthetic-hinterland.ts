import type { ProblemDocument } from '@portolan/domain';
import { type HinterlandSize, hinterlandOf } from './hinterland.js';
import { problemOf } from './problem.js';

export interface SyntheticHinterland {
  readonly problem: ProblemDocument;
}

/**
 * A hinterland of Antwerp, Zeebrugge and Rotterdam with as many shipments as asked for: real places, lines, distances;
 * made-up schedules, prices and goods. Equal sizes give equal results, to the byte. The horizon starts on 2 March 2026.
 */
export const syntheticHinterland = (size: HinterlandSize): SyntheticHinterland => ({
  problem: problemOf(hinterlandOf(size)),
});
