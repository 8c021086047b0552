import type { TransportReference } from '../events/primitives.js';
import { DAY, HOUR, type Millis, parseInstant } from '../time/instant.js';
import type { Fact } from './fact.js';
import { kilometresBetween } from './places.js';
import { runsMeant } from './run-names.js';
import { type PlannedCall, type RunTimes, type Word, runTimes } from './run-times.js';
import type { Run, RunCall } from './service.js';
import type { CallReport, State } from './state.js';

/** When the vessel of a run arrives at a call, going by where it was seen. */
export interface Reckoning {
  readonly call: number;
  readonly location: string;
  readonly at: Millis;
  /** It may be so much earlier or later. */
  readonly giveOrTake: Millis;
  /** When the vessel was seen last on its way there. */
  readonly seen: Millis;
  /** Its speed in knots over the last hour or so. */
  readonly pace: number;
  /** It was seen lying there: no position after that is about this call. */
  readonly reached?: true;
  /** The event that `at` is from. */
  readonly from: string;
}

type Position = Fact<'org.portolan.position.reported'>;

/** Ways are so much longer than the great circle: at sea, and on rivers and canals. */
const DETOURS: Readonly<Partial<Record<string, number>>> = { vessel: 1.15, barge: 1.35 };

const KNOT = 1.852;
/** What is slower, in knots, lies still, or makes fast. */
const STILL = 3;
/** A vessel that lies this near to a terminal, in km, is there. */
const THERE = 2;
/** Silence after which a position counts for what somebody has said of a call. */
const SILENCE = DAY;

/**
 * What a position makes of the reckonings of the run that its vessel is on; `undefined` where it is evidence of nothing: a vessel
 * that is on no run, is far off its way, or says that it goes elsewhere. Its way to the next call is the great circle with a
 * detour, at its pace of late; until that is known, as fast as planned. An arrival that differs by less than half of what it may
 * be wrong by stays as it was, so that a position a minute does not change plans each minute.
 * @param transport the vessel, with all that is known of what it was called by
 */
export function reckon(
  state: State,
  fact: Position,
  transport: TransportReference,
): (Course & { reckonings: readonly Reckoning[] }) | undefined {
  const course = fact.at > state.now + HOUR ? undefined : courseOf(state, fact, transport);
  if (!course) return undefined;
  const { run, call } = course;
  const known = state.reckonings.get(run.id) ?? [];
  if (known.some(({ seen }) => seen > fact.at)) return undefined;
  const before = known.find((each) => each.call === call);
  const after = reckonedArrival(state, course, fact, before);
  if (!after) return undefined;
  if (known.length === 0 || (before && known.length === 1)) return { run, call, reckonings: [after] };
  const others = known.filter((each) => each !== before);
  return { run, call, reckonings: [...others, after].sort((a, b) => a.call - b.call) };
}

/** Reckonings of calls that are still ahead: nobody saw the vessel there, or at a later call. */
export const stillAhead = (reckonings: readonly Reckoning[], reports: readonly CallReport[]): readonly Reckoning[] => {
  let last = -1;
  for (const { call, fact } of reports) if (fact.data.classifier === 'actual') last = Math.max(last, call);
  return reckonings.every(({ call }) => call > last) ? reckonings : reckonings.filter(({ call }) => call > last);
};

/**
 * Times of a run where reckonings are estimates too. One counts only where the vessel comes later than what is known by more than
 * it may be wrong by, and where nobody spoke of that call, or of one after it, within a day before or since: people at the quay
 * know more than a position does.
 * @param spoken the times by words alone; themselves where no reckoning counts
 */
export function reckonedTimes(
  calls: readonly PlannedCall[],
  reports: readonly CallReport[],
  saidAt: Millis,
  reckonings: readonly Reckoning[],
  spoken: RunTimes,
): RunTimes {
  let words: readonly Word[] = reports;
  let times = spoken;
  for (const reckoning of reckonings) {
    const { call, location, at, giveOrTake, seen } = reckoning;
    const arrival = times.calls[call]?.arrival;
    if (calls[call]?.location !== location || arrival?.actual !== undefined) continue;
    if (!arrival || at - arrival.effective <= giveOrTake) continue;
    const underWay = times.calls[call - 1]?.departure?.effective ?? -Infinity;
    const scheduledAnew = saidAt > underWay && saidAt > seen - SILENCE;
    if (scheduledAnew || reports.some((each) => each.call >= call && each.fact.saidAt > seen - SILENCE)) continue;
    words = [...words, wordOf(reckoning)];
    times = runTimes(calls, words, saidAt);
  }
  return times;
}

const wordOf = ({ call, at, giveOrTake, seen, from }: Reckoning): Word => ({
  call,
  which: 'arrival',
  fact: { id: `reckoned/${from}`, at, saidAt: seen, position: -1, data: { classifier: 'estimated' }, giveOrTake },
});

/** A run, and the call that its vessel goes to. */
interface Course {
  readonly run: Run;
  readonly call: number;
}

/**
 * The run a vessel is on, and the call it goes to. Of several, the first that it is still expected on; else the one begun last.
 * None where it is a day overdue and was not seen meanwhile.
 */
function courseOf(state: State, fact: Position, transport: TransportReference): Course | undefined {
  const { runs } = runsMeant(state, transport);
  if (runs.length === 0) return undefined;
  const courses = runs.flatMap((run) => courseOn(state, run, fact) ?? []);
  if (courses.length <= 1) return courses[0];
  const inTime = courses.sort(
    (a, b) => arrivalOn(a.run, a.call) - arrivalOn(b.run, b.call) || (a.run.id < b.run.id ? -1 : 1),
  );
  return inTime.find(({ run, call }) => fact.at <= arrivalOn(run, call) + HOUR) ?? inTime.at(-1);
}

function courseOn(state: State, run: Run, fact: Position): Course | undefined {
  if (run.cancelled !== undefined || DETOURS[run.mode] === undefined) return undefined;
  const call = nextCall(state, run, fact);
  return call !== undefined && fact.at <= arrivalOn(run, call) + DAY ? { run, call } : undefined;
}

const arrivalOn = (run: Run, call: number): Millis => run.calls[call]!.arrival!.effective;

/** The last call that a vessel can be on its way to, as far as is known, and that is where it says it goes. */
function nextCall(state: State, run: Run, { data, at }: Position): number | undefined {
  const first = lastReached(state, run) + 1;
  const code = data.destinationCode;
  const portOf = (call: RunCall) => state.locations.get(call.location)?.unlocode;
  for (let call = run.calls.length - 1; call >= Math.max(1, first); call--) {
    const [from, to] = [run.calls[call - 1]!, run.calls[call]!];
    if (from.departure!.effective > at || !liesOnWay(state, from, to, data.position)) continue;
    return code === undefined || code === (portOf(to) ?? code) ? call : undefined;
  }
  const [start] = run.calls as [RunCall];
  const isAhead = first === 0 && start.arrival && at < (start.departure?.effective ?? Infinity);
  return isAhead && code !== undefined && code === portOf(start) ? 0 : undefined;
}

/** The last call at which somebody saw the vessel, or its positions did; -1 where there is none. */
function lastReached(state: State, run: Run): number {
  let last = run.calls.length - 1;
  while (last >= 0 && !isReached(run.calls[last]!)) last--;
  for (const { call, reached } of state.reckonings.get(run.id) ?? []) if (reached && call > last) last = call;
  return last;
}

const isReached = ({ arrival, departure }: RunCall): boolean =>
  arrival?.actual !== undefined || departure?.actual !== undefined;

type Place = Position['data']['position'];

/** Is a position anywhere near the way between two calls? Ways at sea are up to half longer than the great circle. */
function liesOnWay(state: State, from: RunCall, to: RunCall, position: Place): boolean {
  const [start, end] = [state.locations.get(from.location)?.position, state.locations.get(to.location)?.position];
  if (!start || !end) return end !== undefined;
  const round = kilometresBetween(start, position) + kilometresBetween(position, end);
  return round <= 1.5 * kilometresBetween(start, end) + 50;
}

function reckonedArrival(
  state: State,
  { run, call }: Course,
  fact: Position,
  before: Reckoning | undefined,
): Reckoning | undefined {
  const { location, arrival } = run.calls[call]!;
  const there = state.locations.get(location)?.position;
  const trip = () => tripOf(state, run, call);
  const pace = paceOf(fact, before, trip);
  if (!there || pace === undefined) return undefined;
  const seen = { call, location, seen: fact.at, pace };
  const away = kilometresBetween(fact.data.position, there);
  if (away <= THERE) return isThere(fact, trip()) ? lying(seen, fact, before?.at ?? arrival!.effective) : undefined;
  return sailing(seen, fact, minutes((away * DETOURS[run.mode]! * HOUR) / (pace * KNOT)), before);
}

type Seen = Pick<Reckoning, 'call' | 'location' | 'seen' | 'pace'>;

/** Does it lie there? In less than half the planned time, that is rather the end of the run before. */
const isThere = ({ data, at }: Position, trip: Trip | undefined): boolean =>
  (data.speedKnots ?? 0) < STILL && !(trip?.duration !== undefined && at < trip.departs + trip.duration / 2);

/** It arrived when it was expected to, or sooner where it lies there already. */
const lying = (seen: Seen, { id, at }: Position, expected: Millis): Reckoning => ({
  ...seen,
  at: Math.min(expected, at),
  giveOrTake: HOUR,
  reached: true,
  from: id,
});

function sailing(seen: Seen, { id, data, at }: Position, travel: Millis, before: Reckoning | undefined): Reckoning {
  const mayErr = HOUR + minutes(travel / 5);
  const said = data.eta === undefined ? undefined : parseInstant(data.eta);
  const isLikely = said !== undefined && Math.abs(said - (at + travel)) <= mayErr;
  const [arrives, giveOrTake] = isLikely ? [said, minutes(mayErr / 2)] : [at + travel, mayErr];
  const isNews = !before || Math.abs(arrives - before.at) > giveOrTake / 2;
  return isNews
    ? reckoningOf(seen, arrives, giveOrTake, id)
    : reckoningOf(seen, before.at, before.giveOrTake, before.from);
}

const reckoningOf = (
  { call, location, seen, pace }: Seen,
  at: Millis,
  giveOrTake: Millis,
  from: string,
): Reckoning => ({
  call,
  location,
  at,
  giveOrTake,
  seen,
  pace,
  from,
});

const minutes = (length: Millis): Millis => Math.round(length / 60_000) * 60_000;

/** The planned way to a call. */
interface Trip {
  readonly departs: Millis;
  readonly duration: Millis | undefined;
  /** Knots that it takes to arrive as planned; `undefined` where that cannot be told. */
  readonly pace: number | undefined;
}

function tripOf(state: State, run: Run, call: number): Trip | undefined {
  const [from, to] = [run.calls[call - 1], run.calls[call]!];
  if (!from?.departure) return undefined;
  const { effective: departs, planned: leaves } = from.departure;
  const arrives = to.arrival?.planned;
  const duration = leaves === undefined || arrives === undefined ? undefined : arrives - leaves;
  const [start, end] = [from, to].map(({ location }) => state.locations.get(location)?.position);
  const way = start && end && kilometresBetween(start, end) * DETOURS[run.mode]!;
  const pace = way && duration && duration > 0 ? way / KNOT / (duration / HOUR) : undefined;
  return { departs, duration, pace };
}

/**
 * How fast a vessel goes, in knots: as planned at first, then more and more as it was seen to, half of it within an hour. A lock or
 * a harbour passed slowly says little of the rest of the way, and lying still nothing at all.
 */
function paceOf(
  { data: { speedKnots: speed }, at }: Position,
  before: Reckoning | undefined,
  trip: () => Trip | undefined,
): number | undefined {
  const known = before ?? begun(trip());
  if (speed === undefined || speed < STILL) return known?.pace;
  if (known?.pace === undefined) return speed;
  const since = Math.max(0, at - known.seen);
  return known.pace + ((speed - known.pace) * since) / (since + HOUR);
}

const begun = (trip: Trip | undefined): { seen: Millis; pace: number | undefined } | undefined =>
  trip && { seen: trip.departs, pace: trip.pace };
