import { type Assignment, type PlanDocument, type Problem, itineraryId, shiftBetween } from '@portolan/domain';
import { PlanInsight } from '@portolan/planning';
import type { Insight } from './planner.js';
import { plannedByDemand } from './planned-by-demand.js';

/** What recommendations will ask about the demands that the plan would move. */
export function insightInto(problem: Problem, plan: PlanDocument): Insight {
  const planned = plannedByDemand(plan);
  const inForce = new Map<string, Assignment[]>();
  for (const { demand, ...assignment } of problem.document.current ?? [])
    inForce.set(demand, [...(inForce.get(demand) ?? []), assignment]);
  const insight = new PlanInsight(problem, plan);
  const alternatives: Record<string, Insight['alternatives'][string]> = {};
  const continuations: Record<string, Insight['continuations'][string]> = {};
  for (const { id } of problem.demandById.values()) {
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
