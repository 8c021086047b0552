import type { EventData } from '../events/event.js';
import type { PlaceReference, TransportReference } from '../events/primitives.js';
import { DAY, type Millis } from '../time/instant.js';
import { locationsOf } from './places.js';
import type { Run } from './service.js';
import type { State } from './state.js';

/** A reference without a voyage is of a run that calls there within this time. */
const NEAR_IN_TIME = 5 * DAY;

/** The names a reference gives a run, the surest first. */
export function namesGiven(transport: TransportReference): string[] {
  const { service, callReference, imo, mmsi, callSign, vesselName } = transport;
  const names: string[] = [];
  if (service !== undefined) names.push(`service:${service}`);
  if (callReference !== undefined) names.push(`call:${callReference}`);
  if (imo !== undefined) names.push(`imo:${imo}`);
  if (mmsi !== undefined) names.push(`mmsi:${mmsi}`);
  if (callSign !== undefined) names.push(`callsign:${callSign.toUpperCase()}`);
  if (vesselName !== undefined) names.push(`name:${vesselName.toUpperCase()}`);
  return names;
}

/** The names a scheduled run is known by. */
export const namesOfRun = ({ id, vessel, calls = [] }: EventData<'org.portolan.service.scheduled'>): string[] => [
  `service:${id}`,
  ...calls.flatMap(({ callReference }) => (callReference === undefined ? [] : [`call:${callReference}`])),
  ...(vessel?.imo === undefined ? [] : [`imo:${vessel.imo}`]),
  ...(vessel?.mmsi === undefined ? [] : [`mmsi:${vessel.mmsi}`]),
  ...(vessel?.callSign === undefined ? [] : [`callsign:${vessel.callSign.toUpperCase()}`]),
  ...(vessel?.name === undefined ? [] : [`name:${vessel.name.toUpperCase()}`]),
];

export interface CallReference {
  readonly transport: TransportReference;
  readonly place?: PlaceReference | undefined;
  readonly which: 'arrival' | 'departure';
  readonly at: Millis;
}

export interface CallMatch {
  readonly service: string;
  readonly call: number;
}

/**
 * The run and call a sender means: by service id, by call reference, by vessel and voyage, by vessel and the call at that
 * place nearest in time. `undefined` while no run known fits.
 */
export function matchCall(state: State, reference: CallReference): CallMatch | undefined {
  const { transport } = reference;
  const byReference = callReferenced(state, transport);
  if (byReference) return byReference;
  const places = locationsOf(state, reference.place);
  const { runs, sure } = runsMeant(state, transport);
  const candidates = runs.flatMap((run) => {
    const call = callMeant(run, places, reference);
    return call === undefined ? [] : [{ service: run.id, call, apart: apart(run, call, reference) }];
  });
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (a, b) => (a && a.apart <= b.apart ? a : b),
    undefined,
  );
  if (!best || (!sure && best.apart > NEAR_IN_TIME)) return undefined;
  return { service: best.service, call: best.call };
}

function callReferenced(state: State, { service, callReference }: TransportReference): CallMatch | undefined {
  if (callReference === undefined) return undefined;
  for (const id of state.runsByName.get(`call:${callReference}`) ?? []) {
    const run = state.services.get(id);
    if (run?.kind !== 'run' || (service !== undefined && service !== id)) continue;
    const call = run.calls.findIndex(({ reference }) => reference === callReference);
    if (call >= 0) return { service: id, call };
  }
  return undefined;
}

/** Runs a reference may mean: the one named, or the vessel's, those of the voyage where there are any. */
export function runsMeant(state: State, transport: TransportReference): { runs: Run[]; sure: boolean } {
  if (transport.service !== undefined) return { runs: runsNamed(state, [transport.service]), sure: true };
  const name = namesGiven(transport).find((each) => !each.startsWith('call:') && state.runsByName.has(each));
  const runs = name === undefined ? [] : runsNamed(state, state.runsByName.get(name)!);
  const voyages = new Set(transport.voyages ?? []);
  const ofVoyage = runs.filter((run) => run.voyages.some((voyage) => voyages.has(voyage)));
  return ofVoyage.length > 0 ? { runs: ofVoyage, sure: true } : { runs, sure: false };
}

const runsNamed = (state: State, ids: readonly string[]): Run[] =>
  ids.flatMap((id) => {
    const service = state.services.get(id);
    return service?.kind === 'run' ? [service] : [];
  });

/** The call of a run at one of `places`; where it calls there more than once, by sequence number or nearest in time. */
function callMeant(run: Run, places: readonly string[], reference: CallReference): number | undefined {
  const there = run.calls.flatMap(({ location }, call) => (places.includes(location) ? [call] : []));
  if (there.length <= 1) return there[0];
  const { callSequence } = reference.transport;
  const counted = there.find((call) => callSequence !== undefined && call + 1 === callSequence);
  if (counted !== undefined) return counted;
  return there.reduce((a, b) => (apart(run, a, reference) <= apart(run, b, reference) ? a : b));
}

/** How far apart in time a report and a call's plan are. */
function apart(run: Run, call: number, { which, at }: CallReference): Millis {
  const { arrival, departure } = run.calls[call]!;
  const [meant, other] = which === 'arrival' ? [arrival, departure] : [departure, arrival];
  return Math.abs((meant?.planned ?? other?.planned ?? Infinity) - at);
}
