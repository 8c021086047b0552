import type { Step } from '../events/decision.js';
import { type Millis, parseInstant } from '../time/instant.js';
import { stepKey, stepOf } from './assignments.js';
import type { ItineraryLeg, ItineraryView } from './recommendation.js';

export interface Deadline {
  readonly at: Millis;
  readonly step: Step;
}

/** What has to be done before a leg can leave from a location, in milliseconds. */
export interface CutOffTerms {
  /** Loading time where goods start, transfer time where they change. */
  handling(location: string, first: boolean): Millis;
  /** Between a decision and its first step: what people need to arrange it. */
  readonly leadTime: Millis;
  /** How long a shipment's delivery can slip before it is late (or too late): for trucks, which leave when told to. */
  slack(delivered: Millis): Millis;
}

/**
 * The last moment at which a change can still be decided: the earliest cut-off among the first steps that differ, of the
 * proposal (it must still be reachable) and of the itinerary in force (once under way, it has decided itself).
 */
export function deadlineOf(
  inForce: readonly ItineraryView[],
  proposed: readonly ItineraryView[],
  terms: CutOffTerms,
): Deadline | undefined {
  const deadlines = [
    ...proposed.map((view) => firstDifference(view, inForce, terms)),
    ...inForce.map((view) => firstDifference(view, proposed, terms)),
  ].filter((deadline) => deadline !== undefined);
  return earliest(deadlines);
}

export const earliest = (deadlines: readonly Deadline[]): Deadline | undefined =>
  deadlines.reduce<Deadline | undefined>((first, each) => (first && first.at <= each.at ? first : each), undefined);

function firstDifference(
  view: ItineraryView,
  others: readonly ItineraryView[],
  terms: CutOffTerms,
): Deadline | undefined {
  if (others.some((other) => other.supply === view.supply && sameLegs(other.legs, view.legs))) return undefined;
  const shared = Math.max(0, ...others.map((other) => sharedLegs(other, view)));
  const leg = view.legs[shared];
  if (!leg) return undefined;
  const departs = parseInstant(leg.departs)!;
  const waits = leg.leg === undefined ? truckSlack(view, shared, terms) : 0;
  return { at: departs + waits - terms.handling(leg.from, shared === 0) - terms.leadTime, step: stepOf(leg) };
}

/** A truck leaves when told to: it may wait as long as the next scheduled leg, or the deadline, allows. */
function truckSlack(view: ItineraryView, index: number, terms: CutOffTerms): Millis {
  const next = view.legs.findIndex((leg, at) => at > index && leg.leg !== undefined);
  if (next < 0) return view.delivered === undefined ? 0 : terms.slack(parseInstant(view.delivered)!);
  const [before, after] = [view.legs[next - 1]!, view.legs[next]!];
  return Math.max(0, parseInstant(after.departs)! - parseInstant(before.arrives)! - terms.handling(after.from, false));
}

const sameLegs = (a: readonly ItineraryLeg[], b: readonly ItineraryLeg[]): boolean =>
  a.length === b.length && a.every((leg, index) => stepKey(leg) === stepKey(b[index]!));

function sharedLegs(a: ItineraryView, b: ItineraryView): number {
  if (a.supply !== b.supply) return 0;
  const length = Math.min(a.legs.length, b.legs.length);
  for (let index = 0; index < length; index++) if (stepKey(a.legs[index]!) !== stepKey(b.legs[index]!)) return index;
  return length;
}
