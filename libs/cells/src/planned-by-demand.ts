import { type Assignment, type PlanDocument, stepOf } from '@portolan/domain';

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
