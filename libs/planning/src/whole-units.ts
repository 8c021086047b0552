import type { Problem } from '@portolan/domain';
import { type Column, columnKey } from './columns.js';
import type { Engine, IntegerProgram, LpColumn } from './engines/engine.js';
import type { Master } from './master.js';

export interface Flow {
  readonly column: Column;
  readonly quantity: number;
}

const TRACE = 1e-6;

/** Do all quantities keep to whole units, the remainder moving as one piece? */
export function isWhole(problem: Problem, flows: readonly Flow[]): boolean {
  const pieces = new Map<number, number>();
  return flows.every(({ column, quantity }) => {
    const { unitSize, quantity: all } = problem.demands[column.demand]!;
    if (unitSize === undefined || isMultiple(quantity, unitSize)) return true;
    const piece = remainderOf(all, unitSize);
    pieces.set(column.demand, (pieces.get(column.demand) ?? 0) + 1);
    return piece > TRACE && isMultiple(quantity - piece, unitSize) && pieces.get(column.demand) === 1;
  });
}

const remainderOf = (quantity: number, unit: number): number => {
  const rest = quantity - Math.floor(quantity / unit + 1e-9) * unit;
  return rest > TRACE ? rest : 0;
};

const isMultiple = (quantity: number, unit: number): boolean =>
  Math.abs(quantity / unit - Math.round(quantity / unit)) < 1e-6;

type Part = LpColumn & { readonly integer: boolean; readonly flow: number; readonly amount: number };

/**
 * The best whole plan over the itineraries of the master: an integer program with one whole number of units per itinerary of a
 * demand that moves in units, and one yes or no for the remainder. Other demands stay continuous.
 * @returns `undefined` when none was found in time
 */
export function wholePlan(engine: Engine, master: Master, seconds: number): Flow[] | undefined {
  const { problem } = master;
  const columns = new Map<string, Column>();
  for (const column of [...master.columns, ...master.kept.map((kept) => kept.column)])
    columns.set(columnKey(column), column);
  const distinct = [...columns.values()];
  const rows = [...master.rows];
  const parts: Part[] = problem.demands.map(({ unservedPenalty }, index) => ({
    cost: unservedPenalty,
    upper: Infinity,
    rows: [index],
    values: [1],
    integer: false,
    flow: -1,
    amount: 0,
  }));
  const keptRows = new Map<string, number>();
  for (const { column } of master.kept) keptRows.set(columnKey(column), rows.push({ lower: -Infinity, upper: 0 }) - 1);
  const pieceRows = new Map<number, number>();
  distinct.forEach((column, flow) => {
    const { unitSize, quantity } = problem.demands[column.demand]!;
    const keptRow = keptRows.get(columnKey(column));
    const piece = unitSize === undefined ? 0 : remainderOf(quantity, unitSize);
    const base = master.lpColumn(column, column.cost, Infinity);
    const add = (amount: number, upper: number, integer: boolean, extraRow?: number) => {
      const extra = [keptRow, extraRow].filter((row) => row !== undefined);
      const scaled = base.values.map((value) => value * amount);
      const values = [...scaled, ...(keptRow === undefined ? [] : [-amount]), ...(extraRow === undefined ? [] : [1])];
      parts.push({ cost: column.cost * amount, upper, rows: [...base.rows, ...extra], values, integer, flow, amount });
    };
    if (unitSize === undefined) return add(1, Infinity, false);
    add(unitSize, Math.floor(quantity / unitSize + 1e-9), true);
    if (piece === 0) return;
    if (!pieceRows.has(column.demand)) pieceRows.set(column.demand, rows.push({ lower: -Infinity, upper: 1 }) - 1);
    add(piece, 1, true, pieceRows.get(column.demand));
  });
  for (const { column, limit } of master.kept)
    parts.push({
      cost: -problem.changePenalty,
      upper: limit,
      rows: [keptRows.get(columnKey(column))!],
      values: [1],
      integer: false,
      flow: -1,
      amount: 0,
    });
  const values = engine.solveInteger({ rows, columns: parts, seconds } satisfies IntegerProgram);
  return values && gathered(distinct, parts, values);
}

function gathered(columns: readonly Column[], parts: readonly Part[], values: readonly number[]): Flow[] {
  const quantities = new Float64Array(columns.length);
  parts.forEach(({ flow, amount, integer }, index) => {
    if (flow >= 0) quantities[flow]! += amount * (integer ? Math.round(values[index]!) : values[index]!);
  });
  return columns.flatMap((column, index) =>
    quantities[index]! > TRACE ? [{ column, quantity: quantities[index]! }] : [],
  );
}
