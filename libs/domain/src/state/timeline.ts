import type { MilestoneView } from '../recommendation/recommendation.js';
import { formatDuration } from '../time/duration.js';
import { type Millis, formatInstant } from '../time/instant.js';
import type { PathStep } from './goods.js';
import { locationsOf } from './places.js';
import { matchCall } from './run-names.js';
import type { Moment } from './run-times.js';
import type { Shipment } from './shipments.js';
import type { Sighting, State } from './state.js';

type Times = { planned?: Millis; estimated?: Millis; giveOrTake?: Millis; actual?: Millis };
interface Entry extends Times {
  readonly what: string;
  readonly location?: string | undefined;
  readonly transport?: string | undefined;
}

/**
 * What happened and will happen to a shipment, in order of time: moves of its containers, departures and arrivals of the
 * legs it was, is and will be on by what is in force; planned, estimated and actual side by side.
 */
export function timelineOf(state: State, shipment: Shipment): MilestoneView[] {
  const ahead = shipment.part ? [] : (shipment.inForce[0]?.steps ?? []);
  const calls = [...shipment.steps, ...ahead].flatMap((step) => callsOf(state, step));
  const moves = shipment.equipment.flatMap((each) => state.moves.get(each) ?? []);
  return [...merged([...calls, ...moves.flatMap((move) => movedOf(state, move))])].sort(byTime).map(viewOf);
}

function callsOf(state: State, { service: id, leg }: PathStep): Entry[] {
  const service = state.services.get(id);
  const index = service?.kind === 'run' ? service.legs.findIndex((each) => each.id === leg) : -1;
  if (service?.kind !== 'run' || index < 0) return [];
  const [from, to] = [service.calls[index]!, service.calls[index + 1]!];
  const transport = service.name ?? id;
  return [
    { what: 'departure', location: from.location, transport, ...timesOf(from.departure) },
    { what: 'arrival', location: to.location, transport, ...timesOf(to.arrival) },
  ];
}

/** An estimate is shown where nobody has seen it yet: what the run's delays so far make of the plan. */
const timesOf = (moment: Moment | undefined): Times => ({
  ...(moment?.planned !== undefined && { planned: moment.planned }),
  ...(moment && moment.actual === undefined && { estimated: moment.effective }),
  ...(moment?.giveOrTake !== undefined && { giveOrTake: moment.giveOrTake }),
  ...(moment?.actual !== undefined && { actual: moment.actual }),
});

function movedOf(state: State, { data, at }: Sighting): Entry[] {
  if (data.classifier === 'requested') return [];
  const { place, transport } = data;
  const [location = place?.location ?? place?.name ?? place?.unlocode] = locationsOf(state, place);
  const what = 'move' in data ? data.move : 'on-board';
  return [{ what, location, transport: transport && transportName(state, data, at), [data.classifier]: at }];
}

/** The run a container was on, as its calls have it; else as the sender called it. */
function transportName(state: State, data: Sighting['data'], at: Millis): string | undefined {
  const { transport = {}, place } = data;
  const which = 'move' in data && data.move === 'discharged' ? 'arrival' : 'departure';
  const match = matchCall(state, { transport, place, which, at });
  if (!match) return transport.service ?? transport.vesselName ?? transport.callReference;
  return state.services.get(match.service)?.name ?? match.service;
}

/** Containers that share a moment are one entry, with the time of the last. */
function merged(entries: readonly Entry[]): Iterable<Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.what, entry.location, entry.transport]);
    found.set(key, { ...found.get(key), ...entry });
  }
  return found.values();
}

const moment = ({ actual, estimated, planned }: Times): Millis => actual ?? estimated ?? planned ?? Infinity;

const byTime = (a: Entry, b: Entry): number => moment(a) - moment(b);

function viewOf({ what, location, transport, planned, estimated, giveOrTake, actual }: Entry): MilestoneView {
  return {
    what,
    ...(location !== undefined && { location }),
    ...(transport !== undefined && { transport }),
    ...(planned !== undefined && { planned: formatInstant(planned) }),
    ...(estimated !== undefined && { estimated: formatInstant(estimated) }),
    ...(giveOrTake !== undefined && { giveOrTake: formatDuration(giveOrTake) }),
    ...(actual !== undefined && { actual: formatInstant(actual) }),
  };
}
