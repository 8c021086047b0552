import type { Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';
import type { LinearProgram, LpColumn, LpRow } from '../engines/engine.js';
import type { Pool } from './pool.js';

/** The linear program over the itineraries of a pool: a row for each demand, and one for each limit that somebody uses. */
export function poolProgram(problem: Problem, resources: Resources, pool: Pool): LinearProgram {
  const rows: LpRow[] = [];
  const columns: LpColumn[] = [];
  const limitRows = new Map<number, number>();
  const rowOf = (resource: number): number => {
    const row = limitRows.get(resource) ?? rows.push({ lower: -Infinity, upper: resources.limit(resource) }) - 1;
    limitRows.set(resource, row);
    return row;
  };
  for (const { index, quantity, unservedPenalty } of problem.demandById.values()) {
    const row = rows.push({ lower: quantity, upper: quantity }) - 1;
    columns.push({ cost: unservedPenalty, upper: Infinity, rows: [row], values: [1] });
    for (const { cost, upper, uses } of pool.of(index)) {
      const limited = uses.filter(({ resource }) => resources.limit(resource) < Infinity);
      columns.push({
        cost,
        upper,
        rows: [row, ...limited.map(({ resource }) => rowOf(resource))],
        values: [1, ...limited.map(({ units }) => units)],
      });
    }
  }
  return { rows, columns };
}
