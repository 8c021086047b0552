import type { Demand, Problem } from '@portolan/domain';
import type { Flow } from '../columns.js';

const TRACE = 1e-6;

/** Do all quantities keep to whole units, the remainder moving as one piece? */
export function isWhole(problem: Problem, flows: readonly Flow[]): boolean {
  const byDemand = new Map<number, number[]>();
  for (const { column, quantity } of flows)
    byDemand.set(column.demand, [...(byDemand.get(column.demand) ?? []), quantity]);
  return [...byDemand].every(([demand, quantities]) => areWhole(problem.demands[demand]!, quantities));
}

/** The same for one demand: what its itineraries carry. */
export function areWhole({ unitSize, quantity }: Demand, quantities: readonly number[]): boolean {
  if (unitSize === undefined) return true;
  const odd = quantities.filter((each) => !isMultiple(each, unitSize));
  const piece = remainderOf(quantity, unitSize);
  return odd.length === 0 || (odd.length === 1 && piece > 0 && isMultiple(odd[0]! - piece, unitSize));
}

/** What is left of a quantity beside whole units; it moves as one piece. */
export function remainderOf(quantity: number, unit: number): number {
  const rest = quantity - wholeUnits(quantity, unit) * unit;
  return rest > TRACE ? rest : 0;
}

/** How many whole units a quantity has. */
export const wholeUnits = (quantity: number, unit: number): number => Math.floor(quantity / unit + TRACE);

const isMultiple = (quantity: number, unit: number): boolean =>
  Math.abs(quantity / unit - Math.round(quantity / unit)) < TRACE;
