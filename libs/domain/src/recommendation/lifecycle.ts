import type { Proposal } from '../events/decision.js';
import { type Millis, formatInstant, parseInstant } from '../time/instant.js';
import type { Recommendation } from './recommendation.js';

/** An answer to a recommendation, as the log has it. */
export interface Answer {
  readonly decision: 'accept' | 'reject';
  readonly by: string;
  readonly at: string;
  readonly reason?: string;
  readonly policy?: string;
  readonly proposal: Proposal;
}

export interface Circumstances {
  readonly now: Millis;
  readonly answers: ReadonlyMap<string, Answer>;
  /** Is the shipment still something to plan? */
  readonly present: (shipment: string) => boolean;
}

/**
 * What becomes of the open recommendations when these are proposed now: new and changed ones, and those that end, each
 * with its reason. An answered one has its answer, whatever else happened; one whose decide-by has passed expires.
 */
export function settle(
  open: readonly Recommendation[],
  proposed: readonly Recommendation[],
  circumstances: Circumstances,
): { readonly open: Recommendation[]; readonly changed: Recommendation[] } {
  const before = new Map(open.map((each) => [each.id, each]));
  const standing = proposed
    .filter((each) => !ended(each, circumstances))
    .map((each) => continued(before.get(each.id), each));
  const ids = new Set(standing.map(({ id }) => id));
  const endings = open.filter(({ id }) => !ids.has(id)).map((each) => ending(each, standing, circumstances));
  const changed = [...standing.filter((each) => each !== before.get(each.id)), ...endings];
  return { open: standing, changed: changed.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

const ended = (each: Recommendation, { now, answers }: Circumstances): boolean =>
  answers.has(each.id) || (each.decideBy !== undefined && parseInstant(each.decideBy)! <= now);

/** The same proposal again: the older one, with its alternatives, where nothing else that people see differs. */
function continued(before: Recommendation | undefined, again: Recommendation): Recommendation {
  if (!before) return again;
  const known = new Set(again.causes.map(({ id }) => id));
  const causes = [...before.causes.filter(({ id }) => !known.has(id)), ...again.causes].sort(
    (a, b) => a.position - b.position,
  );
  const merged = { ...again, causes, createdAt: before.createdAt };
  const sameAsBefore = content({ ...merged, plan: before.plan, updatedAt: before.updatedAt }) === content(before);
  return sameAsBefore ? before : merged;
}

const content = (each: Recommendation): string =>
  JSON.stringify({ ...each, changes: each.changes.map((change) => ({ ...change, alternatives: [] })) });

function ending(
  each: Recommendation,
  standing: readonly Recommendation[],
  circumstances: Circumstances,
): Recommendation {
  const { now, answers } = circumstances;
  const updatedAt = formatInstant(now);
  const answer = answers.get(each.id);
  if (answer) {
    const { decision, by, at, reason, policy } = answer;
    return {
      ...each,
      status: decision === 'accept' ? 'accepted' : 'rejected',
      decision: { decision, by, ...(reason !== undefined && { reason }), at, ...(policy !== undefined && { policy }) },
      updatedAt,
    };
  }
  if (each.decideBy !== undefined && parseInstant(each.decideBy)! <= now)
    return { ...each, status: 'expired', statusReason: `decide-by (${each.decideBy}) has passed`, updatedAt };
  return { ...each, status: 'superseded', statusReason: supersession(each, standing, circumstances), updatedAt };
}

function supersession(each: Recommendation, standing: readonly Recommendation[], { present }: Circumstances): string {
  const shipments = new Set(each.changes.map(({ shipment }) => shipment));
  const successor = standing.find(({ changes }) => changes.some(({ shipment }) => shipments.has(shipment)));
  if (successor) return `replaced by ${successor.id}: the best plan has changed`;
  if (![...shipments].some(present)) return 'its shipments are delivered, cancelled or on their way as something else';
  return 'the itineraries in force are the best again';
}
