import GLPK from 'glpk.js/node';
import highs from 'highs';
import { type LinearProgram, engineNamed } from '@portolan/planning';

/** Solves a program from scratch; gives its optimum. */
type Solver = (program: LinearProgram) => Promise<number>;

/** As each comes, with its own defaults. */
export const solvers: Readonly<Record<'HiGHS' | 'GLPK' | 'javascript-lp-solver', Solver>> = {
  HiGHS: withHighs,
  GLPK: withGlpk,
  'javascript-lp-solver': withJavascript,
};

export type SolverName = keyof typeof solvers;
export const solverNames = Object.keys(solvers) as SolverName[];

async function withJavascript(program: LinearProgram): Promise<number> {
  const engine = await engineNamed('javascript-lp-solver');
  return objectiveOf(program, engine.solve(program).values);
}

async function withGlpk({ rows, columns }: LinearProgram): Promise<number> {
  const glpk = await GLPK();
  const uses = rows.map((): { name: string; coef: number }[] => []);
  columns.forEach((column, at) =>
    column.rows.forEach((row, each) => uses[row]!.push({ name: `x${at}`, coef: column.values[each]! })),
  );
  const bounds = ({ lower, upper }: { lower: number; upper: number }) =>
    lower === upper
      ? { type: glpk.GLP_FX, ub: upper, lb: lower }
      : lower === -Infinity
        ? { type: glpk.GLP_UP, ub: upper, lb: 0 }
        : { type: glpk.GLP_DB, ub: upper, lb: lower };
  const { result } = glpk.solve(
    {
      name: 'program',
      objective: {
        direction: glpk.GLP_MIN,
        name: 'cost',
        vars: columns.map(({ cost }, at) => ({ name: `x${at}`, coef: cost })),
      },
      subjectTo: rows.map((row, at) => ({ name: `r${at}`, vars: uses[at]!, bnds: bounds(row) })),
      bounds: columns.flatMap(({ upper }, at) =>
        upper < Infinity ? [{ name: `x${at}`, type: glpk.GLP_DB, ub: upper, lb: 0 }] : [],
      ),
    },
    { msglev: glpk.GLP_MSG_OFF, presol: true },
  );
  return result.z;
}

// The package's types describe its CommonJS shape; under ES modules the default export is the loader itself.
const load = highs as unknown as typeof highs.default;

async function withHighs({ rows, columns }: LinearProgram): Promise<number> {
  const library = await load();
  return library.withModel((model) => {
    model.options.set({ output_flag: false });
    const starts = new Int32Array(columns.length + 1);
    columns.forEach((column, at) => (starts[at + 1] = starts[at]! + column.rows.length));
    model.addRows({
      lower: Float64Array.from(rows, ({ lower }) => lower),
      upper: Float64Array.from(rows, ({ upper }) => upper),
      matrix: {
        format: 'csr',
        numRows: rows.length,
        numCols: 0,
        starts: new Int32Array(rows.length + 1),
        indices: new Int32Array(),
        values: new Float64Array(),
      },
    });
    model.addCols({
      cost: Float64Array.from(columns, ({ cost }) => cost),
      lower: new Float64Array(columns.length),
      upper: Float64Array.from(columns, ({ upper }) => upper),
      matrix: {
        format: 'csc',
        numRows: rows.length,
        numCols: columns.length,
        starts,
        indices: Int32Array.from(columns.flatMap((column) => column.rows)),
        values: Float64Array.from(columns.flatMap((column) => column.values)),
      },
    });
    model.run();
    return objectiveOf({ rows, columns }, model.getSolution().colValue);
  });
}

const objectiveOf = ({ columns }: LinearProgram, values: ArrayLike<number>): number =>
  columns.reduce((sum, { cost }, at) => sum + cost * (values[at] ?? 0), 0);
