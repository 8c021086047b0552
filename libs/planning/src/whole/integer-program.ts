import type { Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';
import type { Engine, IntegerProgram, LpColumn, LpRow } from '../engines/engine.js';
import type { Pool, PooledColumn, PooledFlow } from '../live/pool.js';
import { remainderOf } from './units.js';

const TRACE = 1e-6;

type Part = LpColumn & { readonly integer: boolean; readonly flow: number; readonly amount: number };

/** A part that carries nothing: what is unserved, or spared for being kept. */
const noFlow = { integer: false, flow: -1, amount: 0 } as const;

export interface Terms {
  readonly seconds: number;
  /** Only these; others stay where they are, and `limit` is what they leave of a resource. */
  readonly demands?: ReadonlySet<number>;
  readonly limit?: (resource: number) => number;
}

/**
 * The best whole plan over the itineraries of the pool: an integer program with one whole number of units per itinerary of a
 * demand that moves in units, and one yes or no for the remainder. Other demands stay continuous.
 * @returns `undefined` when none was found in time
 */
export function wholePlan(
  engine: Engine,
  problem: Problem,
  resources: Resources,
  pool: Pool,
  { seconds, demands, limit = (resource) => resources.limit(resource) }: Terms,
): PooledFlow[] | undefined {
  const rows: LpRow[] = [];
  const parts: Part[] = [];
  const chosen = [...problem.demandById.values()].filter(({ index }) => demands?.has(index) ?? true);
  const demandRow = new Map<number, number>();
  for (const { index, quantity, unservedPenalty } of chosen) {
    const row = rows.push({ lower: quantity, upper: quantity }) - 1;
    demandRow.set(index, row);
    parts.push({ ...noFlow, cost: unservedPenalty, upper: Infinity, rows: [row], values: [1] });
  }
  const limitRow = new Map<number, number>();
  const distinct = chosen.flatMap(({ index }) => pool.itinerariesOf(index));
  const pieceRow = new Map<number, number>();
  distinct.forEach((column, flow) => {
    const { unitSize, quantity } = problem.demands[column.demand]!;
    const uses = new Map([[demandRow.get(column.demand)!, 1]]);
    for (const { resource, units } of column.uses) {
      const upper = limit(resource);
      if (upper === Infinity) continue;
      const row = limitRow.get(resource) ?? rows.push({ lower: -Infinity, upper }) - 1;
      limitRow.set(resource, row);
      uses.set(row, units);
    }
    const keep = pool.keptOf(column);
    if (keep) {
      const row = rows.push({ lower: -Infinity, upper: 0 }) - 1;
      uses.set(row, -1);
      parts.push({ ...noFlow, cost: -keep.reward, upper: keep.upper, rows: [row], values: [1] });
    }
    const add = (amount: number, upper: number, integer: boolean, extra?: number) =>
      parts.push({
        cost: column.cost * amount,
        upper,
        rows: [...uses.keys(), ...(extra === undefined ? [] : [extra])],
        values: [...[...uses.values()].map((units) => units * amount), ...(extra === undefined ? [] : [1])],
        integer,
        flow,
        amount,
      });
    if (unitSize === undefined) return add(1, Infinity, false);
    add(unitSize, Math.floor(quantity / unitSize + 1e-9), true);
    const piece = remainderOf(quantity, unitSize);
    if (piece === 0) return;
    const row = pieceRow.get(column.demand) ?? rows.push({ lower: -Infinity, upper: 1 }) - 1;
    pieceRow.set(column.demand, row);
    add(piece, 1, true, row);
  });
  const values = engine.solveInteger({ rows, columns: parts, seconds } satisfies IntegerProgram);
  return values && gathered(distinct, parts, values);
}

function gathered(columns: readonly PooledColumn[], parts: readonly Part[], values: readonly number[]): PooledFlow[] {
  const quantities = new Float64Array(columns.length);
  parts.forEach(({ flow, amount, integer }, index) => {
    if (flow >= 0) quantities[flow]! += amount * (integer ? Math.round(values[index]!) : values[index]!);
  });
  return columns.flatMap((column, index) =>
    quantities[index]! > TRACE ? [{ column, quantity: quantities[index]! }] : [],
  );
}
