import { createHash } from 'node:crypto';
import type { Assignment, Proposal } from '../events/decision.js';
import { HOUR, type Millis, formatInstant, parseInstant } from '../time/instant.js';
import { TRACE, itineraryKey, round, shiftBetween, stepKey, totalQuantity } from './assignments.js';
import { type Excess, baselineOf, excessOf } from './baseline.js';
import { type CutOffTerms, deadlineOf, earliest } from './deadline.js';
import { type ResourceKey, type Shifting, addUse, groupByNeed } from './groups.js';
import { kindOf } from './kind.js';
import { type Answer, settle } from './lifecycle.js';
import { type Rating, unservedView, viewsOf } from './rating.js';
import type { EventReference, ItineraryView, Recommendation, RecommendedChange } from './recommendation.js';
import { summaryOf } from './wording.js';

/** A demand of the problem, with what is in force for it and what the plan gives it. */
export interface PlannedDemand {
  readonly id: string;
  readonly order: string;
  readonly quantity: number;
  readonly from: string;
  readonly to: string;
  readonly due?: string;
  readonly latest?: string;
  readonly reefer: boolean;
  readonly inForce: readonly Assignment[];
  readonly planned: readonly Assignment[];
  readonly unservedReason?: string;
}

/** Everything recommendations follow from, at one position of the log. */
export interface Situation {
  readonly cell: string;
  readonly version: number;
  readonly position: number;
  readonly now: Millis;
  readonly currency: string;
  readonly unit: string;
  readonly minSaving: number;
  readonly repeatGrowth: number;
  readonly demands: readonly PlannedDemand[];
  readonly capacity: ReadonlyMap<ResourceKey, number>;
  readonly binding: Recommendation['binding'];
  readonly rating: Rating;
  readonly cutOff: Omit<CutOffTerms, 'slack'>;
  readonly causes: (things: readonly string[], since: number) => readonly EventReference[];
  readonly answers: ReadonlyMap<string, Answer>;
  /** The accepted recommendation that made a shipment's itineraries in force, if one did, and where the log has its acceptance. */
  readonly basis: (shipment: string) => { readonly id: string; readonly position: number } | undefined;
}

/** What the optimizer remembers between plans: it travels with each publication. */
export interface Ledger {
  readonly open: readonly Recommendation[];
  /** Per shipment: the position of the last plan in which its itineraries in force were the best. */
  readonly optimalAt: Readonly<Record<string, number>>;
}

export const emptyLedger: Ledger = { open: [], optimalAt: {} };

export interface Recommended {
  /** New, changed or ended. */
  readonly changed: readonly Recommendation[];
  readonly ledger: Ledger;
}

/**
 * Recommendations that follow from the plan against the itineraries in force: those that are new, changed or ended, and
 * the ledger for the next time. Those that are new or changed lack their alternatives. Rules: `docs/recommendations.md`.
 */
export function recommend(situation: Situation, ledger: Ledger): Recommended {
  const shifting = situation.demands.flatMap((demand) => {
    const shift = shiftBetween(demand.inForce, demand.planned);
    return shift.removed.length + shift.added.length > 0
      ? [{ shipment: demand.id, reefer: demand.reefer, shift, demand }]
      : [];
  });
  const optimalAt = positionsOfOptimality(situation, new Set(shifting.map(({ shipment }) => shipment)), ledger);
  const use = useInForce(situation.demands);
  const excess = excessOf(use, situation.capacity);
  const changes = new Map(shifting.map((each) => [each.shipment, changeOf(each, excess, situation)]));
  const proposed = groupByNeed(shifting, use, situation.capacity).flatMap((group) => {
    const members = group.map(({ shipment }) => changes.get(shipment)!);
    return proposalOf(members, optimalAt, situation) ?? [];
  });
  const present = new Set(situation.demands.map(({ id }) => id));
  const settled = settle(ledger.open, proposed, {
    now: situation.now,
    answers: situation.answers,
    present: (shipment) => present.has(shipment),
  });
  return { changed: settled.changed, ledger: { open: settled.open, optimalAt } };
}

function positionsOfOptimality(
  situation: Situation,
  shifting: ReadonlySet<string>,
  ledger: Ledger,
): Record<string, number> {
  const positions = situation.demands.flatMap(({ id, inForce }) => {
    const last = shifting.has(id) ? ledger.optimalAt[id] : situation.position;
    return inForce.length === 0 || last === undefined ? [] : [[id, last] as const];
  });
  return Object.fromEntries(positions);
}

/** What the itineraries in force want of each resource. */
export function useInForce(demands: readonly Pick<PlannedDemand, 'inForce' | 'reefer'>[]): Map<ResourceKey, number> {
  const use = new Map<ResourceKey, number>();
  for (const { inForce, reefer } of demands) addUse(use, inForce, reefer);
  return use;
}

type DemandShift = Shifting & { readonly demand: PlannedDemand };

/** One shipment's change with its saving; the next best alternatives are added to what is shown (`withAlternatives`). */
function changeOf(shifting: DemandShift, excess: Excess, situation: Situation): RecommendedChange {
  const { demand } = shifting;
  const baseline = baselineOf(shifting, demand.quantity, situation.rating, excess);
  const proposed = plannedViews(demand, situation.rating);
  const [before, after] = [sum(baseline.views), sum(proposed)];
  return {
    shipment: demand.id,
    order: demand.order,
    quantity: demand.quantity,
    from: demand.from,
    to: demand.to,
    ...(demand.due !== undefined && { due: demand.due }),
    inForce: demand.inForce.length === 0 ? [] : [...baseline.views],
    baseline: baseline.kind,
    proposed,
    assignments: [...demand.planned],
    saving: {
      amount: round(before.cost - after.cost),
      hours: round(hoursEarlier(baseline.views, proposed)),
      co2eKg: demand.inForce.length === 0 ? 0 : round(before.co2eKg - after.co2eKg),
    },
    alternatives: [],
  };
}

/** What the plan does with a demand, all of its quantity: itineraries, and what stays unserved. */
export function plannedViews(demand: PlannedDemand, rating: Rating): ItineraryView[] {
  const views = viewsOf(demand.id, demand.planned, rating);
  const left = round(demand.quantity - totalQuantity(demand.planned));
  if (left > TRACE)
    views.push(
      unservedView(left, rating.unservedPenalty(demand.id), demand.unservedReason ?? 'not served by the plan'),
    );
  return views;
}

const sum = (views: readonly ItineraryView[]): { cost: number; co2eKg: number } => ({
  cost: views.reduce((total, { cost }) => total + cost, 0),
  co2eKg: views.reduce((total, { co2eKg }) => total + co2eKg, 0),
});

/** How much earlier the goods arrive, on average over what both move; nothing where either moves nothing. */
function hoursEarlier(before: readonly ItineraryView[], after: readonly ItineraryView[]): number {
  const [old, next] = [meanDelivery(before), meanDelivery(after)];
  return old === undefined || next === undefined ? 0 : (old - next) / HOUR;
}

function meanDelivery(views: readonly ItineraryView[]): Millis | undefined {
  const delivered = views.filter((view) => view.delivered !== undefined);
  const quantity = delivered.reduce((total, view) => total + view.quantity, 0);
  if (quantity === 0) return undefined;
  return delivered.reduce((total, view) => total + view.quantity * parseInstant(view.delivered!)!, 0) / quantity;
}

/** The recommendation for changes that go together, or nothing: too small, already answered, or too late. */
function proposalOf(
  changes: readonly RecommendedChange[],
  optimalAt: Readonly<Record<string, number>>,
  situation: Situation,
): Recommendation | undefined {
  const amount = round(changes.reduce((total, { saving }) => total + saving.amount, 0));
  const urgent = changes.some(({ baseline }) => baseline === 'broken' || baseline === 'unserved');
  if (!urgent && amount < situation.minSaving) return undefined;
  const causes = causesOf(changes, optimalAt, situation);
  const id = identityOf(changes, situation, (rejected) => returns(rejected, amount, causes, situation));
  if (id === undefined) return undefined;
  const deadline = earliest(changes.flatMap((change) => deadlineFor(change, situation) ?? []));
  const kind = kindOf(changes);
  const saving = {
    amount,
    currency: situation.currency,
    hours: round(changes.reduce((total, { saving: { hours } }) => total + hours, 0)),
    co2eKg: round(changes.reduce((total, { saving: { co2eKg } }) => total + co2eKg, 0)),
  };
  const decideBy = deadline && formatInstant(deadline.at);
  return {
    id,
    cell: situation.cell,
    kind,
    status: 'open',
    summary: summaryOf({ kind, changes: [...changes], saving, unit: situation.unit, ...(decideBy && { decideBy }) }),
    changes: [...changes],
    lots: [...new Set(changes.flatMap(({ assignments }) => assignments.flatMap(({ supply }) => supply ?? [])))].sort(),
    saving,
    ...(deadline && { decideBy: formatInstant(deadline.at), decideByStep: deadline.step }),
    causes: [...causes],
    binding: bindingOn(changes, situation),
    plan: { version: situation.version, position: situation.position },
    createdAt: formatInstant(situation.now),
    updatedAt: formatInstant(situation.now),
  };
}

function deadlineFor(change: RecommendedChange, { cutOff, demands }: Situation) {
  const demand = demands.find(({ id }) => id === change.shipment);
  const bound = parseInstant(demand?.latest ?? demand?.due ?? '');
  const slack = (delivered: Millis) => (bound === undefined ? 0 : Math.max(0, bound - delivered));
  return deadlineOf(change.inForce, change.proposed, { ...cutOff, slack });
}

/** Things an itinerary touches, as the state names them. */
export function thingsOn(views: readonly ItineraryView[]): string[] {
  return views.flatMap(({ legs, supply }) => [
    ...legs.flatMap((leg) => [
      `service:${leg.service}`,
      `leg:${stepKey(leg)}`,
      `location:${leg.from}`,
      `location:${leg.to}`,
    ]),
    ...(supply === undefined ? [] : [`lot:${supply}`]),
  ]);
}

function causesOf(
  changes: readonly RecommendedChange[],
  optimalAt: Readonly<Record<string, number>>,
  situation: Situation,
): readonly EventReference[] {
  const found = new Map<string, EventReference>();
  for (const { shipment, order, inForce, proposed } of changes) {
    const inForceSteps = (situation.demands.find(({ id }) => id === shipment)?.inForce ?? []).flatMap(
      ({ itinerary, supply }) => [
        ...itinerary.flatMap((each) => [`service:${each.service}`, `leg:${stepKey(each)}`]),
        ...(supply === undefined ? [] : [`lot:${supply}`]),
      ],
    );
    const things = inForce.length > 0 ? [...inForceSteps, ...thingsOn(inForce), ...thingsOn(proposed)] : [];
    const since = optimalAt[shipment] ?? situation.basis(shipment)?.position ?? -1;
    for (const each of situation.causes([`order:${order}`, ...new Set(things)], since)) found.set(each.id, each);
  }
  return [...found.values()].sort((a, b) => a.position - b.position).slice(-20);
}

function bindingOn(changes: readonly RecommendedChange[], { binding }: Situation): Recommendation['binding'] {
  const steps = new Set(
    changes.flatMap(({ inForce, proposed }) => [...inForce, ...proposed].flatMap(({ legs }) => legs.map(stepKey))),
  );
  return binding.filter((resource) => steps.has(stepKey(resource)));
}

/** A rejected proposal returns only when it saves more than before by the agreed share, or for another cause. */
function returns(
  rejected: Proposal,
  amount: number,
  causes: readonly EventReference[],
  { repeatGrowth }: Situation,
): boolean {
  const known = new Set(rejected.causes);
  return amount > rejected.saving * (1 + repeatGrowth) || causes.some(({ id }) => !known.has(id));
}

/**
 * The id of a proposal: what it proposes, and on the basis of which earlier decisions. An answered one that comes back
 * for good reason is a new proposal; `undefined` when it must not come back.
 */
function identityOf(
  changes: readonly RecommendedChange[],
  { cell, answers, basis }: Situation,
  mayReturn: (rejected: Proposal) => boolean,
): string | undefined {
  const content = changes.map(({ shipment, assignments }) => [
    shipment,
    basis(shipment)?.id ?? '',
    assignments.map((each) => `${itineraryKey(each)}=${each.quantity}`).sort(),
  ]);
  let id = digest([cell, content]);
  for (let answer = answers.get(id); answer; answer = answers.get(id)) {
    if (answer.decision === 'reject' && !mayReturn(answer.proposal)) return undefined;
    id = digest([cell, content, id]);
  }
  return id;
}

const digest = (content: unknown): string =>
  `rec-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)}`;
