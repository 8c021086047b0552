import highs from 'highs';
import {
  type Engine,
  EngineFailure,
  type IntegerProgram,
  type LinearProgram,
  type LpColumn,
  type LpRow,
  type LpSolution,
} from './engine.js';

// The package's types describe its CommonJS shape; under ES modules the default export is the loader itself.
const load = highs as unknown as typeof highs.default;
type Highs = Awaited<ReturnType<typeof load>>;

let loaded: Promise<Highs> | undefined;

/** One instance serves a whole thread. */
export const highsLibrary = (): Promise<Highs> => (loaded ??= load());

/** HiGHS 1.15 in WebAssembly: dual simplex. */
export async function highsEngine(): Promise<Engine> {
  const library = await highsLibrary();
  return {
    name: 'highs',
    solve: (program) => solveLinear(library, program),
    solveInteger: (program) => solveInteger(library, program),
  };
}

const QUIET = { output_flag: false } as const;
/** A start stays what it is. */
const FROM_START = { presolve: 'off', dual_simplex_cost_perturbation_multiplier: 0 } as const;
const FROM_NOTHING = { presolve: 'on', dual_simplex_cost_perturbation_multiplier: 1 } as const;

/** From the start given; when that leads nowhere, once more from scratch with everything HiGHS has. */
function solveLinear(library: Highs, { rows, columns, start }: LinearProgram): LpSolution {
  return library.withModel((model) => {
    model.options.set({ ...QUIET, ...(start ? FROM_START : FROM_NOTHING) });
    model.addRows(rowData(rows));
    if (columns.length > 0) model.addCols(columnData(columns, rows.length));
    const { optimal } = library.constants.modelStatus;
    if (start) model.setBasis({ colStatus: Int32Array.from(start.columns), rowStatus: Int32Array.from(start.rows) });
    if (model.run().modelStatus !== optimal) {
      model.clearSolver();
      model.options.set(FROM_NOTHING);
      const { modelStatus } = model.run();
      if (modelStatus !== optimal) throw new EngineFailure(`HiGHS ended with model status ${modelStatus}`);
    }
    const { colValue, rowDual } = model.getSolution();
    const { colStatus, rowStatus } = model.getBasis();
    return { values: colValue, duals: rowDual, basis: { columns: colStatus, rows: rowStatus } };
  });
}

/** Rows without columns yet. */
export const rowData = (rows: readonly LpRow[]) => ({
  lower: Float64Array.from(rows, ({ lower }) => lower),
  upper: Float64Array.from(rows, ({ upper }) => upper),
  matrix: {
    format: 'csr' as const,
    numRows: rows.length,
    numCols: 0,
    starts: new Int32Array(rows.length + 1),
    indices: new Int32Array(),
    values: new Float64Array(),
  },
});

export function columnData(columns: readonly LpColumn[], rows: number) {
  const starts = new Int32Array(columns.length + 1);
  columns.forEach((column, index) => (starts[index + 1] = starts[index]! + column.rows.length));
  return {
    cost: Float64Array.from(columns, ({ cost }) => cost),
    lower: new Float64Array(columns.length),
    upper: Float64Array.from(columns, ({ upper }) => upper),
    matrix: {
      format: 'csc' as const,
      numRows: rows,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(columns.flatMap((column) => column.rows)),
      values: Float64Array.from(columns.flatMap((column) => column.values)),
    },
  };
}

function solveInteger(library: Highs, { rows, columns, seconds }: IntegerProgram): readonly number[] | undefined {
  return library.withModel((model) => {
    model.options.set({ ...QUIET, time_limit: seconds, mip_rel_gap: 1e-7, mip_abs_gap: 1e-6 });
    model.addRows(rowData(rows));
    model.addCols(columnData(columns, rows.length));
    columns.forEach(({ integer }, index) => {
      if (integer) model.changeColIntegrality(index, library.constants.variableType.integer);
    });
    const { modelStatus } = model.run();
    const { optimal, timeLimit } = library.constants.modelStatus;
    if (modelStatus !== optimal && modelStatus !== timeLimit) return undefined;
    const { colValue } = model.getSolution();
    return colValue.length === columns.length && colValue.every(Number.isFinite) ? [...colValue] : undefined;
  });
}
