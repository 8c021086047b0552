import { type Millis, formatInstant } from '../time/instant.js';
import type { Classifier } from '../events/primitives.js';
import { type Fact, isNewer } from './fact.js';

/** What is known of one arrival or departure, side by side; `effective` is what planning goes by. */
export interface Moment {
  readonly planned?: Millis;
  readonly estimated?: Millis;
  /** Asked for (a berth, a pilot): kept, but it moves nothing. */
  readonly requested?: Millis;
  readonly actual?: Millis;
  readonly effective: Millis;
  /** Where it goes by where a vessel was seen: how much earlier or later it may be. */
  readonly giveOrTake?: Millis;
}

export interface CallTimes {
  readonly arrival?: Moment;
  readonly departure?: Moment;
}

export interface RunTimes {
  readonly calls: readonly CallTimes[];
  /** Words that cannot all be true, in plain English. */
  readonly contradictions: readonly string[];
}

export interface PlannedCall {
  readonly location: string;
  readonly arrives?: Millis;
  readonly departs?: Millis;
}

/** What was said about a call, by somebody or by where the vessel was seen. */
export interface Word {
  readonly call: number;
  readonly which: Which;
  readonly fact: Said;
}

type Called = Fact<'org.portolan.transport.called'>;
interface Said extends Pick<Called, 'id' | 'of' | 'revision' | 'at' | 'saidAt' | 'position'> {
  readonly data: Pick<Called['data'], 'classifier'>;
  readonly giveOrTake?: Millis;
}

type Which = 'arrival' | 'departure';
interface Slot {
  readonly call: number;
  readonly which: Which;
  readonly location: string;
  readonly planned: Millis | undefined;
  readonly estimate: Word | undefined;
  readonly requested: Word | undefined;
  readonly actual: Word | undefined;
}

/** The least time between a departure and the next arrival. */
const MINUTE = 60_000;

/**
 * Effective times of a run. An actual closes its moment; else the newest estimate counts; a moment that nobody spoke of
 * since the news before it shifts by the delay so far, and a stop keeps its planned dwell as the least. A run that is
 * early waits for its planned departure. Times never go backwards: of actuals that contradict each other the newest wins.
 * @param saidAt when the planned times were said, to weigh them against planned times reported later
 */
export function runTimes(calls: readonly PlannedCall[], words: readonly Word[], saidAt: Millis): RunTimes {
  const slots = slotsOf(calls, words, saidAt);
  const { accepted, contradictions } = acceptActuals(slots);
  const effective = forward(slots, accepted, ceilings(slots, accepted), contradictions);
  const times: { arrival?: Moment; departure?: Moment }[] = calls.map(() => ({}));
  slots.forEach((slot, index) => {
    times[slot.call]![slot.which] = momentOf(slot, effective[index]!);
  });
  return { calls: times, contradictions };
}

function slotsOf(calls: readonly PlannedCall[], words: readonly Word[], saidAt: Millis): Slot[] {
  const newest = newestWords(words);
  const slots: Slot[] = [];
  calls.forEach((each, call) => {
    for (const which of ['arrival', 'departure'] as const) {
      const word = (classifier: Classifier) => newest[slotOf(call, which, classifier)];
      const planned = plannedAt(which === 'arrival' ? each.arrives : each.departs, word('planned'), saidAt);
      const [estimate, requested, actual] = [word('estimated'), word('requested'), word('actual')];
      if (planned === undefined && !estimate && !actual) continue;
      slots.push({ call, which, location: each.location, planned, estimate, requested, actual });
    }
  });
  return slots;
}

/** As scheduled, unless a planned time was reported since. */
const plannedAt = (scheduled: Millis | undefined, word: Word | undefined, saidAt: Millis): Millis | undefined =>
  word && (scheduled === undefined || word.fact.saidAt > saidAt) ? word.fact.at : scheduled;

const CLASSIFIERS: readonly Classifier[] = ['planned', 'estimated', 'requested', 'actual'];

const slotOf = (call: number, which: Which, classifier: Classifier): number =>
  8 * call + (which === 'arrival' ? 0 : 4) + CLASSIFIERS.indexOf(classifier);

function newestWords(words: readonly Word[]): (Word | undefined)[] {
  const newest: (Word | undefined)[] = [];
  for (const word of words) {
    const slot = slotOf(word.call, word.which, word.fact.data.classifier);
    const known = newest[slot];
    if (!known || isNewer(word.fact, known.fact)) newest[slot] = word;
  }
  return newest;
}

/** The least time that must lie between two slots: a minute for each leg between them. */
const gap = (slots: readonly Slot[], from: number, to: number): Millis =>
  (slots[to]!.call - slots[from]!.call) * MINUTE;

function acceptActuals(slots: readonly Slot[]): { accepted: Map<number, Millis>; contradictions: string[] } {
  const accepted = new Map<number, Millis>();
  const contradictions: string[] = [];
  const newestFirst = slots
    .flatMap((slot, index) => (slot.actual ? [{ index, word: slot.actual }] : []))
    .sort((a, b) => (isNewer(a.word.fact, b.word.fact) ? -1 : 1));
  for (const { index, word } of newestFirst) {
    const against = [...accepted].find(([other, at]) =>
      other < index ? word.fact.at < at + gap(slots, other, index) : word.fact.at > at - gap(slots, index, other),
    );
    if (against) contradictions.push(contradiction(slots[index]!, word.fact.at, slots[against[0]]!, against[1]));
    else accepted.set(index, word.fact.at);
  }
  return { accepted, contradictions };
}

const contradiction = (slot: Slot, at: Millis, other: Slot, otherAt: Millis): string =>
  `${slot.which} at ${slot.location} (${formatInstant(at)}) does not go with ${other.which} at ${other.location} ` +
  `(${formatInstant(otherAt)})`;

/** The latest each moment can have been, given what has happened after it. */
function ceilings(slots: readonly Slot[], accepted: ReadonlyMap<number, Millis>): Millis[] {
  const bounds: Millis[] = slots.map(() => Infinity);
  for (let index = slots.length - 2; index >= 0; index--) {
    const after = Math.min(bounds[index + 1]!, accepted.get(index + 1) ?? Infinity);
    bounds[index] = after - gap(slots, index, index + 1);
  }
  return bounds;
}

function forward(
  slots: readonly Slot[],
  accepted: ReadonlyMap<number, Millis>,
  bounds: readonly Millis[],
  contradictions: string[],
): Millis[] {
  const effective: Millis[] = [];
  let delay = 0;
  let news = -Infinity;
  slots.forEach((slot, index) => {
    const floor = index === 0 ? -Infinity : effective[index - 1]! + gap(slots, index - 1, index);
    const actual = accepted.get(index);
    const own = actual === undefined ? freshEstimate(slot, news) : undefined;
    const wanted = actual ?? own?.fact.at ?? shifted(slots, index, effective, delay);
    const at = Math.min(Math.max(wanted, floor), bounds[index]!);
    if (own && own.fact.at !== at)
      contradictions.push(
        `estimated ${slot.which} at ${slot.location} (${formatInstant(own.fact.at)}) cannot be; taken as ${formatInstant(at)}`,
      );
    effective.push(at);
    if (actual !== undefined || own) news = Math.max(news, actual ?? own!.fact.saidAt);
    if (slot.planned !== undefined) delay = at - slot.planned;
  });
  return effective;
}

/** An estimate that is not older than the news before it on the run. An actual is news of the moment it happened. */
const freshEstimate = ({ estimate }: Slot, news: Millis): Word | undefined =>
  estimate && estimate.fact.saidAt >= news ? estimate : undefined;

function shifted(slots: readonly Slot[], index: number, effective: readonly Millis[], delay: Millis): Millis {
  const { planned, which, call, estimate, actual } = slots[index]!;
  if (planned === undefined) return (estimate ?? actual)!.fact.at;
  const before = slots[index - 1];
  if (which === 'arrival' || before?.call !== call || before.planned === undefined) return planned + delay;
  return Math.max(planned, effective[index - 1]! + planned - before.planned);
}

function momentOf({ planned, estimate, requested, actual }: Slot, effective: Millis): Moment {
  const moment: { -readonly [K in keyof Moment]: Moment[K] } = { effective };
  if (planned !== undefined) moment.planned = planned;
  if (estimate) moment.estimated = estimate.fact.at;
  if (requested) moment.requested = requested.fact.at;
  if (actual) moment.actual = actual.fact.at;
  else if (estimate?.fact.giveOrTake !== undefined && estimate.fact.at === effective)
    moment.giveOrTake = estimate.fact.giveOrTake;
  return moment;
}
