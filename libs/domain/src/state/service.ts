import type { EventData } from '../events/event.js';
import { parseDuration } from '../time/duration.js';
import { type Millis, parseInstant } from '../time/instant.js';
import { type Fact, type Register, isNewer } from './fact.js';
import { namesOfRun } from './run-names.js';
import { type Reckoning, reckonedTimes } from './reckoning.js';
import { type CallTimes, type PlannedCall, type RunTimes, runTimes } from './run-times.js';
import type { CallReport } from './state.js';

/** What a leg or relation costs and takes, per unit; capacity is what is open to our goods. */
export interface Terms {
  readonly capacity?: number;
  readonly reeferPlugs?: number;
  readonly cost?: number;
  readonly co2eKg?: number;
  readonly spoilageFactor?: number;
}

/** Between two calls of a run. `id` is "1" between the first two. */
export interface Leg extends Terms {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly departs: Millis;
  readonly arrives: Millis;
  /** Somebody saw it leave, and arrive. */
  readonly departed: boolean;
  readonly arrived: boolean;
  /** It never leaves: its run was cancelled before. */
  readonly cancelled: boolean;
}

interface Common {
  readonly id: string;
  readonly mode: string;
  readonly operator?: string;
  readonly name?: string;
  /** What references may call it. */
  readonly names: readonly string[];
  /** Why, where it was cancelled. */
  readonly cancelled?: string;
}

export interface RunCall extends CallTimes {
  readonly location: string;
  readonly reference?: string;
}

/** One voyage of a vessel or barge, one train, one truck tour. */
export interface Run extends Common {
  readonly kind: 'run';
  readonly voyages: readonly string[];
  readonly calls: readonly RunCall[];
  readonly legs: readonly Leg[];
  readonly contradictions: readonly string[];
}

/** On-demand trucks between two places. */
export interface Relation extends Common, Terms {
  readonly kind: 'relation';
  readonly from: string;
  readonly to: string;
  readonly duration: Millis;
}

export type Service = Run | Relation;

type Said = Register<'org.portolan.service.scheduled' | 'org.portolan.service.cancelled'>;
type Scheduled = Fact<'org.portolan.service.scheduled'>;
type Changes = Register<'org.portolan.capacity.changed'>;

/** The newest schedule among what was said of a service. */
export const scheduleOf = (said: Said): Scheduled | undefined =>
  said.find((fact): fact is Scheduled => fact.type === 'org.portolan.service.scheduled');

/** What people have said of a service. The lists do not change: who says more makes others. */
export interface Words {
  readonly said: Said;
  readonly changes: Changes;
  readonly reports: readonly CallReport[];
}

/** A service from all that was said of it and seen; `undefined` where only cancellations, capacities or calls are known. */
export function serviceOf(words: Words, reckonings: readonly Reckoning[]): Service | undefined {
  const spoken = spokenOf(words);
  const schedule = scheduleOf(words.said);
  if (spoken?.kind !== 'run' || !schedule || reckonings.length === 0) return spoken;
  const { calls } = read(schedule);
  const times = reckonedTimes(calls, words.reports, schedule.saidAt, reckonings, spoken);
  return times === spoken ? spoken : { ...spoken, ...timed(schedule, words, times) };
}

const spoken = new WeakMap<Said, Words & { readonly service: Service | undefined }>();

/** The service by words alone: the same object for the same words, since most positions of its vessel change nothing. */
function spokenOf({ said, changes, reports }: Words): Service | undefined {
  const known = spoken.get(said);
  if (known?.changes === changes && known.reports === reports) return known.service;
  const service = serviceSpoken({ said, changes, reports });
  spoken.set(said, { said, changes, reports, service });
  return service;
}

function serviceSpoken(words: Words): Service | undefined {
  const schedule = scheduleOf(words.said);
  if (!schedule) return undefined;
  const cancelled = cancellationOf(words.said);
  const { id, mode, operator, name, onDemand } = schedule.data;
  const common = {
    id,
    mode,
    names: read(schedule).names,
    ...(operator !== undefined && { operator }),
    ...(name !== undefined && { name }),
    ...(cancelled && { cancelled: cancelled.data.reason ?? 'cancelled' }),
  };
  if (onDemand) return { kind: 'relation', ...common, ...relationOf(onDemand, words.changes) };
  const times = runTimes(read(schedule).calls, words.reports, schedule.saidAt);
  return { kind: 'run', ...common, voyages: schedule.data.voyages ?? [], ...timed(schedule, words, times) };
}

/** The newest word, where it is that the service does not run. */
function cancellationOf([newest]: Said): Fact<'org.portolan.service.cancelled'> | undefined {
  return newest?.type === 'org.portolan.service.cancelled' ? newest : undefined;
}

type OnDemand = NonNullable<EventData<'org.portolan.service.scheduled'>['onDemand']>;

const relationOf = ({ from, to, duration, ...terms }: OnDemand, changes: Changes) => ({
  from,
  to,
  duration: Math.max(1000, parseDuration(duration)!),
  ...termsNow(terms, changes),
});

/** Calls and legs of a run at these times. */
function timed(schedule: Scheduled, { said, changes }: Words, { calls: times, contradictions }: RunTimes) {
  const cancelledAt = cancellationOf(said)?.time ?? Infinity;
  const calls = schedule.data.calls!.map(({ location, callReference }, index): RunCall => {
    const { arrival, departure } = times[index]!;
    return {
      location,
      ...(callReference !== undefined && { reference: callReference }),
      ...(arrival && { arrival }),
      ...(departure && { departure }),
    };
  });
  const legs = schedule.data.legs!.map((terms, index): Leg => {
    const [from, to] = [calls[index]!, calls[index + 1]!];
    const id = String(index + 1);
    return {
      id,
      from: from.location,
      to: to.location,
      departs: from.departure!.effective,
      arrives: to.arrival!.effective,
      departed: from.departure!.actual !== undefined,
      arrived: to.arrival!.actual !== undefined,
      cancelled: from.departure!.effective > cancelledAt,
      ...termsNow(terms, changes, id),
    };
  });
  return { calls, legs, contradictions };
}

interface ReadSchedule {
  readonly calls: readonly PlannedCall[];
  readonly names: readonly string[];
}

/** Schedules do not change, so they are read once. */
const readSchedules = new WeakMap<Scheduled['data'], ReadSchedule>();

function read({ data }: Scheduled): ReadSchedule {
  const known = readSchedules.get(data);
  if (known) return known;
  const calls = (data.calls ?? []).map(({ location, arrives, departs }) => ({
    location,
    ...(arrives !== undefined && { arrives: parseInstant(arrives)! }),
    ...(departs !== undefined && { departs: parseInstant(departs)! }),
  }));
  const schedule = { calls, names: namesOfRun(data) };
  readSchedules.set(data, schedule);
  return schedule;
}

/** Planned terms after the newest word on capacity and on plugs; a factor is of what was planned. */
function termsNow<T extends Terms>(terms: T, changes: Changes, leg?: string): T {
  const here = changes.filter(({ data }) => leg === undefined || data.leg === undefined || data.leg === leg);
  const capacity = here.find(({ data }) => data.capacity !== undefined || data.factor !== undefined)?.data;
  const plugs = here.find(({ data }) => data.reeferPlugs !== undefined || data.factor !== undefined)?.data;
  const scaled = (planned: number | undefined, factor = 1) => (planned === undefined ? undefined : planned * factor);
  const taken = capacity?.capacity ?? scaled(terms.capacity, capacity?.factor);
  const plugged = plugs?.reeferPlugs ?? scaled(terms.reeferPlugs, plugs?.factor);
  return {
    ...terms,
    ...(taken !== undefined && { capacity: taken }),
    ...(plugged !== undefined && { reeferPlugs: plugged }),
  };
}

/** The newest revision of each sender's word on a call, and not more of one kind than may be needed again. */
export function withReport(reports: readonly CallReport[], report: CallReport): readonly CallReport[] {
  const { of } = report.fact;
  const earlier = of === undefined ? undefined : reports.find(({ fact }) => fact.of === of);
  if (earlier && !isNewer(report.fact, earlier.fact)) return reports;
  const others = reports.filter((each) => each !== earlier);
  const alike = others.filter((each) => sameWord(each, report));
  const spare = alike.length < 3 ? undefined : alike.reduce((a, b) => (isNewer(a.fact, b.fact) ? b : a));
  return [...others.filter((each) => each !== spare), report];
}

const sameWord = (a: CallReport, b: CallReport): boolean =>
  a.call === b.call && a.which === b.which && a.fact.data.classifier === b.fact.data.classifier;
