import {
  type Assignment,
  type Excess,
  type PlanDocument,
  type Problem,
  type Step,
  excessOf,
  itineraryId,
  priceItinerary,
  resourcesOf,
  shiftBetween,
  useInForce,
} from '@portolan/domain';
import { Continuations } from '@portolan/planning';
import { capacitiesOf } from './capacities.js';
import { plannedByDemand } from './planned-by-demand.js';
import type { ContinuationsById } from './planner.js';

/** How goods could go on where itineraries in force, which the plan would give up, break: at a leg that is no longer possible, or too full. */
export function continuationsOf(problem: Problem, plan: PlanDocument): ContinuationsById {
  const planned = plannedByDemand(plan);
  const inForce = inForceByDemand(problem);
  const removed = [...inForce].flatMap(([demand, assignments]) =>
    shiftBetween(assignments, planned.get(demand) ?? []).removed.map((assignment) => ({ demand, assignment })),
  );
  if (removed.length === 0) return {};
  const excess = excessIn(problem, inForce);
  const found: Record<string, ContinuationsById[string]> = {};
  let continuations: Continuations | undefined;
  for (const { demand, assignment } of removed)
    for (const beginning of beginningsOf(problem, demand, assignment, excess)) {
      continuations ??= new Continuations(problem);
      const way = continuations.of(demand, assignment.supply, beginning);
      if (way) found[itineraryId(demand, assignment.supply, beginning)] = way;
    }
  return found;
}

function inForceByDemand({ document }: Problem): Map<string, Assignment[]> {
  const inForce = new Map<string, Assignment[]>();
  for (const { demand, ...assignment } of document.current ?? []) {
    const list = inForce.get(demand);
    if (list) list.push(assignment);
    else inForce.set(demand, [assignment]);
  }
  return inForce;
}

/** Of what the itineraries in force want more than there is. */
function excessIn(problem: Problem, inForce: ReadonlyMap<string, readonly Assignment[]>): Excess {
  const demands = [...inForce].map(([id, assignments]) => ({
    inForce: assignments,
    reefer: problem.demandById.get(id)!.reefer,
  }));
  return excessOf(useInForce(demands), capacitiesOf(problem));
}

/** What there is of an itinerary up to each leg at which it may break; without those that break where they begin. */
function beginningsOf(
  problem: Problem,
  demand: string,
  { supply, itinerary }: Assignment,
  excess: Excess,
): readonly (readonly Step[])[] {
  const { reefer } = problem.demandById.get(demand)!;
  const rated = priceItinerary(problem, demand, supply, itinerary);
  const isOver = (step: Step) => resourcesOf({ itinerary: [step] }, reefer).some((resource) => excess.has(resource));
  return itinerary.flatMap((step, at) =>
    at > 0 && (isOver(step) || (!rated.possible && rated.atLeg === at)) ? [itinerary.slice(0, at)] : [],
  );
}
