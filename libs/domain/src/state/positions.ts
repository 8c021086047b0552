import type { EventData } from '../events/event.js';
import { type Millis, formatInstant } from '../time/instant.js';
import type { State } from './state.js';

/** Where a transport was last heard of. */
export interface LastPosition {
  readonly position: EventData<'org.portolan.position.reported'>['position'];
  readonly at: string;
}

/** A vessel's position says nothing of a run long over, or not begun. */
const AROUND: Millis = 24 * 3_600_000;

/** The last reported position of the vessel of a run, while the run is under way, or about to be. */
export function lastPosition(state: State, service: string): LastPosition | undefined {
  const run = state.services.get(service);
  if (run?.kind !== 'run') return undefined;
  const [first, last] = [run.legs[0]!.departs - AROUND, run.legs.at(-1)!.arrives + AROUND];
  const reports = run.names.flatMap((name) => state.positions.get(name) ?? []);
  const during = reports.filter(({ at }) => at >= first && at <= last).sort((a, b) => b.at - a.at);
  return during[0] && { position: during[0].data.position, at: formatInstant(during[0].at) };
}
