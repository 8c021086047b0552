import type { PortolanEvent, ProblemDocument } from '@portolan/domain';
import { type HinterlandSize, hinterlandOf } from './hinterland.js';
import { problemOf } from './problem.js';
import { eventsOf } from './story/events.js';

export interface SyntheticHinterland {
  /** The planning problem at the start. */
  readonly problem: ProblemDocument;
  /**
   * The log in order of time, each event made when it is read: what leads to the problem, up to the tick of the clock at the start, and
   * then two weeks of departures, arrivals, delays and surprises.
   */
  events(): Iterable<PortolanEvent>;
}

/**
 * A hinterland of Antwerp, Zeebrugge and Rotterdam with as many shipments as asked for: real places, lines, distances;
 * made-up schedules, prices and goods. Equal sizes give equal results, to the byte. The horizon starts on 2 March 2026.
 */
export function syntheticHinterland(size: HinterlandSize): SyntheticHinterland {
  const hinterland = hinterlandOf(size);
  return { problem: problemOf(hinterland), events: () => eventsOf(hinterland) };
}
