import {
  type Answer,
  type Place,
  type PlanDocument,
  type PlannedDemand,
  type Problem,
  type ProblemDemand,
  type Rating,
  type Situation,
  type State,
  type ToProblem,
  causesFor,
  itineraryId,
  priceItinerary,
} from '@portolan/domain';
import type { ContinuationsById } from './planner.js';
import { capacitiesOf } from './capacities.js';
import { plannedByDemand } from './planned-by-demand.js';

/** The planner's answer for one state, with what it was asked. */
export interface PlannedState {
  readonly state: State;
  readonly asked: ToProblem;
  readonly problem: Problem;
  readonly plan: PlanDocument;
  readonly continuations: ContinuationsById;
  readonly version: number;
}

/** Everything recommendations follow from, out of a state and the plan made for it. */
export function situationOf(planned: PlannedState): Situation {
  const { state, plan, problem, version } = planned;
  const { currency, unit, minSaving, repeatGrowth, leadTime } = state.parameters;
  return {
    cell: state.cell,
    version,
    position: state.position,
    now: state.now,
    currency,
    unit,
    minSaving,
    repeatGrowth,
    demands: plannedDemands(planned),
    capacity: capacitiesOf(problem),
    binding: plan.prices.legs.filter(({ shadowPrice }) => shadowPrice < 0),
    rating: ratingOf(problem, planned.continuations),
    cutOff: { handling: (location, first) => handlingTime(problem.places.get(location), first), leadTime },
    causes: (things, since) => causesFor(state, [...things], since),
    answers: state.decisions as ReadonlyMap<string, Answer>,
    basis: basisOf(state),
  };
}

const handlingTime = (place: Place | undefined, first: boolean): number =>
  place === undefined ? 0 : first ? place.loadTime : place.transferTime;

function plannedDemands({ asked, plan }: PlannedState): PlannedDemand[] {
  const planned = plannedByDemand(plan);
  const reasons = new Map(plan.unserved.map(({ demand, reason }) => [demand, reason]));
  return asked.problem.demands.map((demand) => {
    const { order, inForce } = asked.demands.get(demand.id)!;
    const reason = reasons.get(demand.id);
    return {
      id: demand.id,
      order,
      quantity: demand.quantity,
      from: originOf(demand),
      to: demand.to,
      ...(demand.due !== undefined && { due: demand.due }),
      ...(demand.latest !== undefined && { latest: demand.latest }),
      reefer: demand.reefer ?? false,
      inForce,
      planned: planned.get(demand.id) ?? [],
      ...(reason !== undefined && { unservedReason: reason }),
    };
  });
}

const originOf = ({ from, product, onBoard }: ProblemDemand): string =>
  from ?? (onBoard ? `on board ${onBoard.service}` : `lots of ${product}`);

/** Costs by the rules of the problem; continuations as the planner found them. */
function ratingOf(problem: Problem, continuations: ContinuationsById): Rating {
  const modes = new Map(problem.document.services.map(({ id, mode = 'other' }) => [id, mode]));
  return {
    rate: (demand, { supply, itinerary }) => priceItinerary(problem, demand, supply, itinerary),
    continuation: (demand, supply, beginning) => continuations[itineraryId(demand, supply, beginning)],
    unservedPenalty: (demand) => problem.demandById.get(demand)!.unservedPenalty,
    mode: (service) => modes.get(service) ?? 'other',
  };
}

/** The last accepted recommendation for a shipment. */
function basisOf({ decisions }: State): Situation['basis'] {
  const last = new Map<string, { id: string; position: number }>();
  for (const [id, { decision, position, proposal }] of decisions)
    if (decision === 'accept')
      for (const { shipment } of proposal.shipments)
        if ((last.get(shipment)?.position ?? -1) < position) last.set(shipment, { id, position });
  return (shipment) => last.get(shipment);
}
