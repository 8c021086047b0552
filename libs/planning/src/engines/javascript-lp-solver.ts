import javascriptLpSolver from 'javascript-lp-solver';
import {
  type Engine,
  EngineFailure,
  type IntegerProgram,
  type LinearProgram,
  type LpColumn,
  type LpRow,
} from './engine.js';

// The package declares named exports; at run time everything is on the default one.
const solver = javascriptLpSolver as unknown as { Solve(model: object): Record<string, number | boolean> };

interface Bound {
  min?: number;
  max?: number;
  equal?: number;
}

/**
 * A second engine, to cross-check the first on small problems. It gives no dual values, so each solve is two: the program, and its
 * dual, whose variables are the prices.
 */
export const javascriptLpSolverEngine: Engine = {
  name: 'javascript-lp-solver',
  solve(program) {
    const values = solvePrimal(
      program.rows,
      program.columns.map((column) => ({ ...column, integer: false })),
    );
    if (!values) throw new EngineFailure('javascript-lp-solver found no solution');
    return { values, duals: solveDual(program) };
  },
  solveInteger,
};

/** max Σ rhs·y − Σ upper·w  with  Σ a·y − w ≤ cost; y free on equations, ≤ 0 on limits; w the price of an upper bound. */
function solveDual({ rows, columns }: LinearProgram): number[] {
  const variables: Record<string, Record<string, number>> = {};
  const unrestricted: Record<string, 1> = {};
  const signs = rows.map((row) => (row.lower === row.upper ? 1 : -1));
  rows.forEach((row, index) => {
    variables[`y${index}`] = { value: signs[index]! * row.upper };
    if (signs[index] === 1) unrestricted[`y${index}`] = 1;
  });
  const constraints: Record<string, Bound> = {};
  columns.forEach((column, index) => {
    constraints[`c${index}`] = { max: column.cost };
    column.rows.forEach((row, at) => (variables[`y${row}`]![`c${index}`] = signs[row]! * column.values[at]!));
    if (Number.isFinite(column.upper)) variables[`w${index}`] = { value: -column.upper, [`c${index}`]: -1 };
  });
  const result = solver.Solve({
    optimize: 'value',
    opType: 'max',
    constraints,
    variables,
    unrestricted,
  });
  if (result['feasible'] !== true || result['bounded'] === false)
    throw new EngineFailure('javascript-lp-solver found no prices');
  return signs.map((sign, index) => sign * Number(result[`y${index}`] ?? 0));
}

function solveInteger({ rows, columns, seconds }: IntegerProgram): readonly number[] | undefined {
  return solvePrimal(rows, columns, seconds * 1000);
}

function solvePrimal(
  rows: readonly LpRow[],
  columns: readonly (LpColumn & { readonly integer: boolean })[],
  timeout?: number,
): number[] | undefined {
  const constraints: Record<string, Bound> = {};
  rows.forEach(
    ({ lower, upper }, index) => (constraints[`r${index}`] = lower === upper ? { equal: upper } : { max: upper }),
  );
  const variables: Record<string, Record<string, number>> = {};
  const ints: Record<string, 1> = {};
  columns.forEach((column, index) => {
    const variable: Record<string, number> = { cost: column.cost };
    column.rows.forEach((row, at) => (variable[`r${row}`] = column.values[at]!));
    if (Number.isFinite(column.upper)) {
      constraints[`u${index}`] = { max: column.upper };
      variable[`u${index}`] = 1;
    }
    variables[`x${index}`] = variable;
    if (column.integer) ints[`x${index}`] = 1;
  });
  const options = timeout === undefined ? {} : { options: { timeout } };
  const result = solver.Solve({
    optimize: 'cost',
    opType: 'min',
    constraints,
    variables,
    ints,
    ...options,
  });
  if (result['feasible'] !== true) return undefined;
  return columns.map((_, index) => Number(result[`x${index}`] ?? 0));
}
