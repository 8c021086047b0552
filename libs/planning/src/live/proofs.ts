import { type Demand, HOUR, type Leg, type Problem } from '@portolan/domain';
import type { LegCosts } from '../search/leg-costs.js';

/**
 * Can a demand have an itinerary over a leg for less than `bound`? No means no: every part is counted at its least, whatever the times,
 * but for the times of the leg itself.
 */
export function mayCostLess(problem: Problem, costs: LegCosts, demand: Demand, leg: Leg, bound: number): boolean {
  const { onBoard, from, to } = demand;
  const start = onBoard?.to ?? from;
  const reached = start ? costs.to(leg.from).cost[start.index]! + (onBoard ? 0 : start.load) : 0;
  const least = reached + costs.of(demand)[leg.index]! + costs.after(leg, to, costs.to(to)) - demand.revenue;
  if (least >= bound) return false;
  if (leg.kind === 'on-demand') return true;
  const ready = onBoard?.arrives ?? demand.available ?? -Infinity;
  if (leg.departs < ready || leg.arrives > demand.latest) return false;
  const late = leg.arrives > demand.due ? (demand.latePerHour * (leg.arrives - demand.due)) / HOUR : 0;
  return least + late < bound;
}
