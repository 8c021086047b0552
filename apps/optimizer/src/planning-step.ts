import {
  type Assignment,
  type PlanDocument,
  type Problem,
  type ProblemDocument,
  itineraryId,
  parseProblem,
  shiftBetween,
  stepOf,
} from '@portolan/domain';
import { PlanInsight, solve } from '@portolan/planning';
import type { Insight, Planned } from './planner.js';

/** Solves a problem and looks up what recommendations will ask about the demands that the plan would move. */
export async function planWithInsight(document: ProblemDocument): Promise<Planned> {
  const problem = checked(document);
  const plan = await solve(problem, { clock: () => performance.now() });
  return { plan, insight: insightInto(problem, plan) };
}

/** The problem behind a document the fold has written: it is valid, or the fold is wrong. */
export function checked(document: ProblemDocument): Problem {
  const parsed = parseProblem(document);
  if (parsed.ok) return parsed.problem;
  const faults = parsed.errors.map(({ pointer, message }) => `${pointer} ${message}`).slice(0, 5);
  throw new Error(`the state gave a problem that is not valid: ${faults.join('; ')}`);
}

function insightInto(problem: Problem, plan: PlanDocument): Insight {
  const planned = plannedByDemand(plan);
  const inForce = new Map<string, Assignment[]>();
  for (const { demand, ...assignment } of problem.document.current ?? [])
    inForce.set(demand, [...(inForce.get(demand) ?? []), assignment]);
  const insight = new PlanInsight(problem, plan);
  const alternatives: Record<string, Insight['alternatives'][string]> = {};
  const continuations: Record<string, Insight['continuations'][string]> = {};
  for (const { id } of problem.demands) {
    const { removed, added } = shiftBetween(inForce.get(id) ?? [], planned.get(id) ?? []);
    if (removed.length + added.length === 0) continue;
    alternatives[id] = insight.alternatives(id, 3);
    for (const { supply, itinerary } of removed)
      for (let length = 1; length < itinerary.length; length++) {
        const beginning = itinerary.slice(0, length);
        const way = insight.continuation(id, supply, beginning);
        if (way) continuations[itineraryId(id, supply, beginning)] = way;
      }
  }
  return { alternatives, continuations };
}

/** The plan's flows as assignments, by demand. */
export function plannedByDemand({ flows }: PlanDocument): Map<string, Assignment[]> {
  const planned = new Map<string, Assignment[]>();
  for (const { demand, supply, quantity, legs } of flows) {
    const itinerary = legs.map(stepOf);
    const assignment = { ...(supply !== undefined && { supply }), quantity, itinerary };
    planned.set(demand, [...(planned.get(demand) ?? []), assignment]);
  }
  return planned;
}
