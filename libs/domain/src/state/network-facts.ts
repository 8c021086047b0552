import { parseDuration } from '../time/duration.js';
import { parseInstant } from '../time/instant.js';
import type { Draft } from './draft.js';
import { type Fact, record } from './fact.js';
import { carriesAll } from './goods.js';
import { parametersOf } from './parameters.js';
import { indexPlace, namesOf } from './places.js';
import { describedCall, referencesWithin } from './call-descriptions.js';
import { reckon, stillAhead } from './reckoning.js';
import { type CallMatch, matchCall, namesGiven } from './run-names.js';
import { isSame } from './same.js';
import { type Leg, type Run, type Service, serviceOf, withReport } from './service.js';
import { settle } from './settle.js';
import type { CallReport, Location, State } from './state.js';
import { EVERYTHING, inWords, lengthInWords, shiftInWords, touch } from './touches.js';

/** Changes smaller than this are no news. */
const NEWS = 60_000;

export function foldParameters(draft: Draft, fact: Fact<'org.portolan.parameters.changed'>): void {
  const said = record(draft.state.saidOfParameters.get('') ?? [], fact, 64);
  draft.set('saidOfParameters', '', said);
  deriveParameters(draft);
  const { extensions: _, ...changes } = fact.data;
  const words = Object.entries(changes).map(([name, value]) => `${name} is ${String(value)}`);
  touch(draft, fact, [EVERYTHING], `Parameters changed: ${words.join(', ')}`);
}

export function deriveParameters(draft: Draft): void {
  draft.assign({ parameters: parametersOf(draft.state.saidOfParameters.get('') ?? []) });
  settleAll(draft);
}

/** Settles every order: for changes that may concern any of them. */
export function settleAll(draft: Draft): void {
  for (const id of [...draft.state.goods.keys()].sort()) settle(draft, id);
}

export function foldLocation(draft: Draft, fact: Fact<'org.portolan.location.changed'>): void {
  const { id } = fact.data;
  const before = draft.state.locations.get(id);
  draft.set('saidOfLocations', id, record(draft.state.saidOfLocations.get(id), fact));
  deriveLocation(draft, id);
  const after = draft.state.locations.get(id)!;
  const changed = before && !isSame(before, after);
  if (changed) touch(draft, fact, [`location:${id}`], `${nameOf(after)} has new terms`);
}

export function deriveLocation(draft: Draft, id: string): void {
  const before = draft.state.locations.get(id);
  const said = draft.state.saidOfLocations.get(id)?.[0];
  if (!said) draft.delete('locations', id);
  else draft.set('locations', id, locationOf(said));
  const after = draft.state.locations.get(id);
  indexPlace(draft, before, after);
  const moved = JSON.stringify([before && namesOf(before), before?.position]);
  if (moved !== JSON.stringify([after && namesOf(after), after?.position])) {
    draft.assign({ naming: {} });
    rematchAll(draft);
  }
  if (!isSame(before?.handlingTime, after?.handlingTime)) settleAll(draft);
}

function locationOf({ data }: Fact<'org.portolan.location.changed'>): Location {
  const { extensions: _, handlingTime: time, ...rest } = data;
  const length = (text: string | undefined) => (text === undefined ? 0 : parseDuration(text)!);
  return {
    ...rest,
    handlingTime: { load: length(time?.load), unload: length(time?.unload), transfer: length(time?.transfer) },
  };
}

export const nameOf = ({ id, name }: { id: string; name?: string | undefined }): string => name ?? id;

export const placeName = (state: State, id: string): string => nameOf(state.locations.get(id) ?? { id });

type ClosureFact = Fact<'org.portolan.location.closed' | 'org.portolan.location.reopened'>;

export function foldClosure(draft: Draft, fact: ClosureFact): void {
  const { closure, location } = fact.data;
  const before = draft.state.closures.get(location);
  draft.set('saidOfClosures', closure, record(draft.state.saidOfClosures.get(closure), fact));
  deriveClosure(draft, closure);
  if (isSame(before ?? NOTHING, draft.state.closures.get(location) ?? NOTHING)) return;
  touch(draft, fact, [`location:${location}`], closureInWords(draft.state, fact));
}

function closureInWords(state: State, fact: ClosureFact): string {
  const place = placeName(state, fact.data.location);
  if (fact.type === 'org.portolan.location.reopened') return `${place} is open again`;
  const { from, to, reason } = fact.data;
  const because = reason === undefined ? '' : ` (${reason})`;
  return `${place} is closed from ${inWords(parseInstant(from)!)} to ${inWords(parseInstant(to)!)}${because}`;
}

export function deriveClosure(draft: Draft, id: string): void {
  const said = draft.state.saidOfClosures.get(id) ?? [];
  const newest = said[0];
  const places = new Set(said.map(({ data }) => data.location));
  for (const [location, closures] of draft.state.closures)
    if (closures.some((each) => each.id === id)) places.add(location);
  for (const location of places) {
    const others = (draft.state.closures.get(location) ?? []).filter((each) => each.id !== id);
    const closed = newest?.type === 'org.portolan.location.closed' && newest.data.location === location;
    const closures = closed ? [...others, closureOf(newest)] : others;
    draft.set(
      'closures',
      location,
      closures.sort((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : 1)),
    );
  }
  settleAll(draft);
}

const closureOf = ({ data: { closure, from, to, reason } }: Fact<'org.portolan.location.closed'>) => ({
  id: closure,
  from: parseInstant(from)!,
  to: parseInstant(to)!,
  ...(reason !== undefined && { reason }),
});

type ServiceFact = Fact<'org.portolan.service.scheduled' | 'org.portolan.service.cancelled'>;

export function foldService(draft: Draft, fact: ServiceFact): void {
  const id = fact.type === 'org.portolan.service.scheduled' ? fact.data.id : fact.data.service;
  const before = draft.state.services.get(id);
  draft.set('saidOfServices', id, record(draft.state.saidOfServices.get(id), fact));
  deriveService(draft, id);
  const after = draft.state.services.get(id);
  if (!after || isSame(before, after)) return;
  touch(draft, fact, thingsOf(after, before), serviceInWords(draft.state, fact, before, after));
}

function serviceInWords(state: State, fact: ServiceFact, before: Service | undefined, after: Service): string {
  if (fact.type === 'org.portolan.service.cancelled')
    return `${nameOf(after)} is cancelled${fact.data.reason === undefined ? '' : `: ${fact.data.reason}`}`;
  const ends = after.kind === 'run' ? [after.calls[0]!.location, after.calls.at(-1)!.location] : [after.from, after.to];
  const [from, to] = ends.map((each) => placeName(state, each));
  return `${nameOf(after)} from ${from} to ${to} is ${before ? 'rescheduled' : 'offered'}`;
}

/** The service, and its legs that differ from before. */
function thingsOf(after: Service, before: Service | undefined): string[] {
  const legs = after.kind === 'run' && before ? after.legs : NOTHING;
  const old = before?.kind === 'run' ? before.legs : NOTHING;
  const differing = legs.filter((leg, index) => !isSame(leg, old[index]));
  return [`service:${after.id}`, ...differing.map(({ id }) => `leg:${after.id}/${id}`)];
}

/** The service from all that was said; reports that may be about it find their calls again. */
export function deriveService(draft: Draft, id: string): void {
  const { state } = draft;
  const old = state.services.get(id);
  const before = old?.names ?? [];
  rebuildService(draft, id);
  const names = state.services.get(id)?.names ?? [];
  for (const name of before) if (!names.includes(name)) draft.exclude('runsByName', name, id);
  for (const name of names) draft.include('runsByName', name, id);
  const after = state.services.get(id);
  const recalled = old !== after && callsOf(old) !== callsOf(after);
  if (recalled || String(before) !== String(names)) draft.assign({ naming: {} });
  if (recalled) rematch(draft, [...new Set([...before, ...names])]);
  settleOn(draft, id);
  for (const name of names) for (const order of state.ordersBy.get(`awaiting:${name}`) ?? []) settle(draft, order);
}

/** What decides which reports are about a run. */
const callsOf = (service: Service | undefined): string =>
  service?.kind === 'run'
    ? JSON.stringify([
        service.voyages,
        service.calls.map(({ location, reference, arrival, departure }) => [
          location,
          reference,
          arrival?.planned,
          departure?.planned,
        ]),
      ])
    : '';

const NOTHING: readonly never[] = [];

function rebuildService(draft: Draft, id: string): void {
  const { state } = draft;
  const said = state.saidOfServices.get(id) ?? NOTHING;
  const changes = state.saidOfCapacity.get(id) ?? NOTHING;
  const reports = state.reports.get(id) ?? NOTHING;
  const known = state.reckonings.get(id) ?? NOTHING;
  const ahead = stillAhead(known, reports);
  const service = serviceOf({ said, changes, reports }, ahead);
  if (ahead.length === 0 || !service) draft.delete('reckonings', id);
  else if (ahead.length < known.length) draft.set('reckonings', id, ahead);
  if (!service) draft.delete('services', id);
  else if (service !== state.services.get(id)) draft.set('services', id, service);
}

/** Settles orders with goods on a service, or booked on it. */
export function settleOn(draft: Draft, service: string): void {
  for (const id of draft.state.ordersBy.get(`service:${service}`) ?? []) settle(draft, id);
}

/** As `settleOn`, where only times have changed: they matter to what may begin, part or join by them. */
function settleRetimed(draft: Draft, service: string): void {
  for (const id of draft.state.ordersBy.get(`service:${service}`) ?? []) {
    const { rest = [], parts = [] } = draft.state.goods.get(id) ?? {};
    const begins = rest.some(({ steps }) => steps[0]?.service === service);
    const divides = parts.length > 1 || parts.some((part) => part.equipment.length > 1 || part.inForce.length > 1);
    if (begins || divides || parts.some(({ inForce, quantity }) => !carriesAll(inForce, quantity))) settle(draft, id);
  }
}

type Called = Fact<'org.portolan.transport.called'>;

/** The call that a sender means, and which of its moments. */
type Meant = CallMatch & Pick<CallReport, 'which'>;

function meantBy(state: State, { data, at }: Called): Meant | undefined {
  const { transport, place, call: which } = describedCall(state, data);
  const match = which && matchCall(state, { transport, place, which, at });
  return match && { ...match, which };
}

export function foldCall(draft: Draft, fact: Called): void {
  const match = meantBy(draft.state, fact);
  if (!match) return keepStray(draft, fact);
  const { call, which } = match;
  const before = draft.state.services.get(match.service) as Run;
  report(draft, match.service, { call, which, fact });
  if (fact.data.classifier === 'planned') draft.assign({ naming: {} });
  retimed(draft, fact, before, (after) => callInWords(draft.state, fact, match, before, after));
}

/** What follows where times of a run may be others than `before`. */
function retimed(draft: Draft, fact: Fact, before: Run, inWords: (after: Run) => string): void {
  const after = draft.state.services.get(before.id) as Run;
  if (after === before) return;
  const moved = after.legs.filter((leg, index) => differs(leg, before.legs[index]!));
  if (moved.length === 0 && sameActuals(before, after)) return;
  settleRetimed(draft, after.id);
  if (moved.length === 0) return;
  touch(draft, fact, [`service:${after.id}`, ...moved.map(({ id }) => `leg:${after.id}/${id}`)], inWords(after));
}

/** The last position of each vessel is kept, and one of a vessel under way is evidence for its next arrival. */
export function foldPosition(draft: Draft, fact: Fact<'org.portolan.position.reported'>): void {
  const { transport } = describedCall(draft.state, { transport: fact.data.transport, place: {} });
  const names = namesGiven(transport);
  // Runs are known by their vessel; by a call only where somebody scheduled it with its reference.
  const name = names.find((each) => !each.startsWith('call:')) ?? names[0];
  if (name === undefined) return;
  const [known] = draft.state.positions.get(name) ?? NOTHING;
  if (!known || known.at < fact.at) draft.set('positions', name, [fact]);
  const reckoned = reckon(draft.state, fact, transport);
  if (!reckoned) return;
  const { run, call, reckonings } = reckoned;
  draft.set('reckonings', run.id, reckonings);
  rebuildService(draft, run.id);
  retimed(draft, fact, run, (after) => reckonedInWords(draft.state, call, run, after));
}

function reckonedInWords(state: State, call: number, before: Run, after: Run): string {
  const { location, arrival } = after.calls[call]!;
  const { effective, giveOrTake } = arrival!;
  const shift = shiftInWords(effective - before.calls[call]!.arrival!.effective);
  const error = giveOrTake === undefined ? '' : `, give or take ${lengthInWords(giveOrTake)}`;
  const place = placeName(state, location);
  return `${nameOf(after)} now arrives at ${place} on ${inWords(effective)}, ${shift} than before, by where it was seen${error}`;
}

/** A position that was taken back says nothing of arrivals any more. */
export function dropReckonings(draft: Draft, from: string): void {
  for (const [id, reckonings] of draft.state.reckonings) {
    const left = reckonings.filter((each) => each.from !== from);
    if (left.length === reckonings.length) continue;
    draft.set('reckonings', id, left);
    rebuildService(draft, id);
    settleOn(draft, id);
  }
}

const differs = (a: Leg, b: Leg): boolean =>
  Math.abs(a.departs - b.departs) >= NEWS || Math.abs(a.arrives - b.arrives) >= NEWS;

const sameActuals = (a: Run, b: Run): boolean =>
  a.legs.every((leg, index) => leg.departed === b.legs[index]!.departed && leg.arrived === b.legs[index]!.arrived);

function callInWords(state: State, { data }: Called, { call, which }: Meant, before: Run, after: Run): string {
  const [old, now] = [before.calls[call]![which], after.calls[call]![which]];
  const verb = which === 'arrival' ? 'arrives at' : 'leaves';
  const tense = data.classifier === 'actual' ? (which === 'arrival' ? 'arrived at' : 'left') : `now ${verb}`;
  const place = placeName(state, after.calls[call]!.location);
  const shift = old && now ? now.effective - old.effective : 0;
  const by = Math.abs(shift) < NEWS ? '' : `, ${shiftInWords(shift)} than before`;
  const because = data.remark === undefined ? '' : ` (${data.remark})`;
  return `${nameOf(after)} ${tense} ${place} on ${inWords(now!.effective)}${by}${because}`;
}

function report(draft: Draft, service: string, report: CallReport): void {
  const known = draft.state.reports.get(service) ?? [];
  const next = withReport(known, report);
  if (next === known) return;
  draft.set('reports', service, next);
  rebuildService(draft, service);
}

/** How many reports of unknown runs are kept under one name. */
const STRAYS = 200;

function keepStray(draft: Draft, fact: Called): void {
  for (const name of strayNames(draft.state, fact)) {
    const others = (draft.state.strays.get(name) ?? []).filter(({ id }) => id !== fact.id);
    draft.set('strays', name, [...others, fact].slice(-STRAYS));
  }
}

/** Finds run and call again for reports under these names: strays, and those of all runs that share a name. */
function rematch(draft: Draft, names: readonly string[]): void {
  const { state } = draft;
  const runs = new Set(names.flatMap((name) => state.runsByName.get(name) ?? []));
  const known = [...runs].flatMap((id) => (state.reports.get(id) ?? []).map(({ fact }) => fact));
  const stray = names.flatMap((name) => state.strays.get(name) ?? []);
  if (known.length + stray.length === 0) return;
  for (const id of runs) if (state.reports.has(id)) draft.delete('reports', id);
  for (const fact of new Set(stray)) dropStray(draft, fact);
  file(draft, new Set([...known, ...stray]), runs);
}

/** Puts words where they belong now, and works out the runs concerned: those of `runs`, and those that are meant. */
function file(draft: Draft, facts: ReadonlySet<Called>, runs: Set<string>): void {
  for (const fact of [...facts].sort((a, b) => a.position - b.position)) {
    const meant = meantBy(draft.state, fact);
    if (!meant) keepStray(draft, fact);
    else {
      const { service, call, which } = meant;
      runs.add(service);
      draft.set('reports', service, withReport(draft.state.reports.get(service) ?? [], { call, which, fact }));
    }
  }
  for (const id of runs) rebuildService(draft, id);
  for (const id of runs) settleOn(draft, id);
}

function dropStray(draft: Draft, fact: Called): void {
  for (const name of strayNames(draft.state, fact)) {
    const left = (draft.state.strays.get(name) ?? []).filter((each) => each !== fact);
    if (left.length > 0) draft.set('strays', name, left);
    else draft.delete('strays', name);
  }
}

/** All names that may lead to the run a stray means: its own, and those its reference is described with. */
const strayNames = (state: State, { data }: Called): ReadonlySet<string> =>
  new Set([...namesGiven(data.transport), ...namesGiven(describedCall(state, data).transport)]);

export function foldDescription(draft: Draft, fact: Fact<'org.portolan.call.described'>): void {
  const { reference } = fact.data;
  const before = draft.state.saidOfCalls.get(reference);
  const said = record(before, fact);
  draft.set('saidOfCalls', reference, said);
  if (!isSame(before?.[0]?.data, said[0]!.data)) deriveDescribed(draft, reference);
}

/** Words about a reference, or about one within it, find their calls again. */
export function deriveDescribed(draft: Draft, reference: string): void {
  const references = referencesWithin(draft.state, reference);
  const concerned = ({ data }: Called) => references.has(data.transport.callReference ?? '');
  const facts = new Set<Called>();
  const runs = new Set<string>();
  for (const [id, reports] of draft.state.reports) {
    const left = reports.filter(({ fact }) => !concerned(fact));
    if (left.length === reports.length) continue;
    for (const { fact } of reports) if (concerned(fact)) facts.add(fact);
    draft.set('reports', id, left);
    runs.add(id);
  }
  for (const [name, strays] of draft.state.strays) {
    const left = strays.filter((fact) => !concerned(fact));
    for (const fact of strays) if (concerned(fact)) facts.add(fact);
    if (left.length === 0) draft.delete('strays', name);
    else if (left.length < strays.length) draft.set('strays', name, left);
  }
  if (facts.size > 0) file(draft, facts, runs);
}

function rematchAll(draft: Draft): void {
  const { state } = draft;
  if (state.reports.size + state.strays.size === 0) return;
  rematch(draft, [...new Set([...state.runsByName.keys(), ...state.strays.keys()])]);
}

export function foldCapacity(draft: Draft, fact: Fact<'org.portolan.capacity.changed'>): void {
  const { service: id } = fact.data;
  const before = draft.state.services.get(id);
  draft.set('saidOfCapacity', id, record(draft.state.saidOfCapacity.get(id), fact, 64));
  rebuildService(draft, id);
  const after = draft.state.services.get(id);
  if (!after || isSame(before, after)) return;
  const because = fact.data.reason === undefined ? '' : ` (${fact.data.reason})`;
  touch(draft, fact, thingsOf(after, before), `${nameOf(after)} ${capacityInWords(fact)}${because}`);
}

function capacityInWords({ data: { leg, capacity, factor, reeferPlugs } }: Fact<'org.portolan.capacity.changed'>) {
  const where = leg === undefined ? '' : ` on leg ${leg}`;
  if (capacity !== undefined) return `takes ${capacity} of ours${where}`;
  if (factor !== undefined) return `takes ${Math.round(factor * 100)} % of what was planned${where}`;
  return `has ${reeferPlugs} plugs for ours${where}`;
}
