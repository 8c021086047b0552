import GLPK from 'glpk.js/node';
import { type LinearProgram, engineNamed } from '@portolan/planning';
import { columnData, highsLibrary, rowData } from '../../libs/planning/src/engines/highs.js';

/** Loads the solver and gives the program its shape, which is not measured; then solves from scratch, and gives the optimum. */
type Solver = (program: LinearProgram) => Promise<() => number>;

/** As each comes, with its own defaults; GLPK with its presolver, as its documentation shows it. */
export const solvers: Readonly<Record<'HiGHS' | 'GLPK' | 'javascript-lp-solver', Solver>> = {
  HiGHS: withHighs,
  GLPK: withGlpk,
  'javascript-lp-solver': withJavascript,
};

export type SolverName = keyof typeof solvers;
export const solverNames = Object.keys(solvers) as SolverName[];

async function withJavascript({ rows, columns }: LinearProgram): Promise<() => number> {
  const engine = await engineNamed('javascript-lp-solver');
  // Without integers this is one solve; the engine's `solve` is two, for it also finds prices.
  const program = { rows, columns: columns.map((column) => ({ ...column, integer: false })), seconds: Infinity };
  return () => {
    const values = engine.solveInteger(program);
    if (!values) throw new Error('javascript-lp-solver found no solution');
    return objectiveOf(columns, values);
  };
}

type Glpk = Awaited<ReturnType<typeof GLPK>>;

async function withGlpk(program: LinearProgram): Promise<() => number> {
  const glpk = await GLPK();
  const named = glpkProgram(glpk, program);
  return () => {
    const { result } = glpk.solve(named, { msglev: glpk.GLP_MSG_OFF, presol: true });
    if (result.status !== glpk.GLP_OPT) throw new Error(`GLPK ended with status ${result.status}`);
    return result.z;
  };
}

function glpkProgram(glpk: Glpk, { rows, columns }: LinearProgram) {
  const uses = rows.map((): { name: string; coef: number }[] => []);
  columns.forEach((column, at) =>
    column.rows.forEach((row, each) => uses[row]!.push({ name: `x${at}`, coef: column.values[each]! })),
  );
  const cost = columns.map(({ cost }, at) => ({ name: `x${at}`, coef: cost }));
  return {
    name: 'program',
    objective: { direction: glpk.GLP_MIN, name: 'cost', vars: cost },
    subjectTo: rows.map((row, at) => ({ name: `r${at}`, vars: uses[at]!, bnds: glpkBounds(glpk, row) })),
    bounds: columns.flatMap(({ upper }, at) =>
      upper < Infinity ? [{ name: `x${at}`, ...glpkBounds(glpk, { lower: 0, upper }) }] : [],
    ),
  };
}

function glpkBounds(glpk: Glpk, { lower, upper }: LinearProgram['rows'][number]) {
  if (lower === upper) return { type: glpk.GLP_FX, ub: upper, lb: lower };
  if (lower === -Infinity) return { type: glpk.GLP_UP, ub: upper, lb: 0 };
  return { type: glpk.GLP_DB, ub: upper, lb: lower };
}

async function withHighs({ rows, columns }: LinearProgram): Promise<() => number> {
  const library = await highsLibrary();
  const [first, second] = [rowData(rows), columnData(columns, rows.length)];
  return () =>
    library.withModel((model) => {
      model.options.set({ output_flag: false });
      model.addRows(first);
      model.addCols(second);
      model.run();
      return objectiveOf(columns, model.getSolution().colValue);
    });
}

const objectiveOf = (columns: LinearProgram['columns'], values: ArrayLike<number>): number =>
  columns.reduce((sum, { cost }, at) => sum + cost * (values[at] ?? 0), 0);
