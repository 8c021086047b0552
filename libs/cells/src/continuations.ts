import { type Assignment, type PlanDocument, type Problem, itineraryId, shiftBetween } from '@portolan/domain';
import { Continuations } from '@portolan/planning';
import { plannedByDemand } from './planned-by-demand.js';
import type { ContinuationsById } from './planner.js';

/** How goods could go on behind each beginning of the itineraries in force that the plan would give up. */
export function continuationsOf(problem: Problem, plan: PlanDocument): ContinuationsById {
  const planned = plannedByDemand(plan);
  const inForce = new Map<string, Assignment[]>();
  for (const { demand, ...assignment } of problem.document.current ?? [])
    inForce.set(demand, [...(inForce.get(demand) ?? []), assignment]);
  const found: Record<string, ContinuationsById[string]> = {};
  let continuations: Continuations | undefined;
  for (const [id, assignments] of inForce)
    for (const { supply, itinerary } of shiftBetween(assignments, planned.get(id) ?? []).removed)
      for (let length = 1; length < itinerary.length; length++) {
        const beginning = itinerary.slice(0, length);
        continuations ??= new Continuations(problem);
        const way = continuations.of(id, supply, beginning);
        if (way) found[itineraryId(id, supply, beginning)] = way;
      }
  return found;
}
