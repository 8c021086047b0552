import { HOUR, type PortolanEvent } from '@portolan/domain';
import type { Hinterland } from '../hinterland.js';
import { END, START } from '../network/clock.js';
import { nameOf } from '../problem.js';
import { movementsOf } from './movements.js';
import { opening, tick } from './opening.js';
import { surprises } from './surprises.js';
import { type Telling, inOrder } from './telling.js';

/** The log of a hinterland in order of reception, each event made when it is read. The clock ticks every hour. */
export function* eventsOf(hinterland: Hinterland): Iterable<PortolanEvent> {
  const cell = nameOf(hinterland);
  for (const { tell } of opening(hinterland)) yield tell(cell);
  for (const { tell } of inOrder([...happenings(hinterland)])) yield tell(cell);
}

function* happenings(hinterland: Hinterland): Iterable<Telling> {
  for (const run of hinterland.runs) yield* movementsOf(run, hinterland.seed);
  yield* surprises(hinterland);
  for (let at = START + HOUR; at <= END; at += HOUR) yield tick(at);
}
