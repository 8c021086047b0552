import {
  HOUR,
  type Objective,
  type PlanDocument,
  type PlannedFlow,
  type ProblemDocument,
  type State,
  kilometresBetween,
  parseInstant,
  round,
} from '@portolan/domain';
import type { ReplayStep } from '../run/run.js';

/** What one planning step comes to. Money in the cell's currency, quantities in its unit. */
export interface KeyFigures {
  readonly cell: string;
  readonly version: number;
  /** The planner's now. */
  readonly now: string;
  readonly position: number;
  /** Events that no earlier step knew. */
  readonly events: number;
  readonly demands: number;
  readonly quantity: number;
  readonly objective: Objective;
  readonly gap: number;
  readonly status: 'optimal' | 'feasible';
  /** Did the plan begin with nothing, instead of the one before? */
  readonly start: 'warm' | 'cold';
  readonly unserved: { readonly demands: number; readonly quantity: number };
  /** Goods that arrive after they are due; `hours` are those of all units together. */
  readonly late: { readonly demands: number; readonly quantity: number; readonly hours: number };
  /** Well-to-wheel, of what is still to be moved. */
  readonly co2eKg: number;
  /** Unit-kilometres (great circle) by mode, between places whose positions are known. */
  readonly modes: Readonly<Record<string, number>>;
  /** Legs that are full at a price. */
  readonly bottlenecks: number;
  readonly recommendations: { readonly opened: number; readonly closed: number };
}

export function keyFigures({ publication, planned, events }: ReplayStep): KeyFigures {
  const { cell, version, now, position, plan, recommendations } = publication;
  const { problem } = planned.asked;
  const opened = recommendations.filter(({ status }) => status === 'open').length;
  return {
    cell,
    version,
    now,
    position,
    events,
    demands: problem.demands.length,
    quantity: round(problem.demands.reduce((sum, { quantity }) => sum + quantity, 0)),
    objective: plan.objective,
    gap: plan.certificate.gap,
    status: plan.status,
    start: plan.statistics.warm ? 'warm' : 'cold',
    unserved: unservedOf(plan),
    late: lateness(problem, plan.flows),
    co2eKg: emissionsOf(plan),
    modes: workByMode(planned, plan.flows),
    bottlenecks: plan.prices.legs.filter(({ shadowPrice }) => shadowPrice < 0).length,
    recommendations: { opened, closed: recommendations.length - opened },
  };
}

export const unservedOf = ({ unserved }: PlanDocument): KeyFigures['unserved'] => ({
  demands: new Set(unserved.map(({ demand }) => demand)).size,
  quantity: round(unserved.reduce((sum, { quantity }) => sum + quantity, 0)),
});

export const emissionsOf = ({ flows }: PlanDocument): number =>
  round(flows.reduce((sum, { quantity, co2eKg }) => sum + quantity * co2eKg, 0));

export function lateness({ demands }: ProblemDocument, flows: readonly PlannedFlow[]): KeyFigures['late'] {
  const due = new Map(demands.map((demand) => [demand.id, parseInstant(demand.due ?? '')]));
  const late = flows.flatMap(({ demand, quantity, delivered }) => {
    const hours = ((parseInstant(delivered ?? '') ?? -Infinity) - (due.get(demand) ?? Infinity)) / HOUR;
    return hours > 0 ? [{ demand, quantity, hours: hours * quantity }] : [];
  });
  return {
    demands: new Set(late.map(({ demand }) => demand)).size,
    quantity: round(late.reduce((sum, { quantity }) => sum + quantity, 0)),
    hours: round(late.reduce((sum, { hours }) => sum + hours, 0)),
  };
}

function workByMode({ state }: ReplayStep['planned'], flows: readonly PlannedFlow[]): Record<string, number> {
  const work: Record<string, number> = {};
  const kilometres = distancesIn(state);
  for (const { quantity, legs } of flows)
    for (const { service, from, to } of legs) {
      const mode = state.services.get(service)?.mode ?? 'other';
      work[mode] = (work[mode] ?? 0) + quantity * kilometres(from, to);
    }
  return Object.fromEntries(
    Object.keys(work)
      .sort()
      .map((mode) => [mode, Math.round(work[mode]!)]),
  );
}

/** Great-circle distances between locations, each computed once; 0 where a position is not known. */
function distancesIn({ locations }: State): (from: string, to: string) => number {
  const known = new Map<string, Map<string, number>>();
  return (from, to) => {
    let distances = known.get(from);
    if (!distances) known.set(from, (distances = new Map<string, number>()));
    let distance = distances.get(to);
    if (distance === undefined) {
      const [start, end] = [locations.get(from)?.position, locations.get(to)?.position];
      distances.set(to, (distance = start && end ? kilometresBetween(start, end) : 0));
    }
    return distance;
  };
}
