import type { PlanDocument, Problem } from '@portolan/domain';
import highs from 'highs';
import type { Range, Ranges } from './explanation.js';
import { PlannedProgram } from './planned-program.js';

// The package's types describe its CommonJS shape; under ES modules the default export is the loader itself.
const load = highs as unknown as typeof highs.default;
type Highs = Awaited<ReturnType<typeof load>>;

/** Relative to the price: what is nearer is equal. Plans are rounded to 1e-6. */
const EQUAL = 1e-5;

/**
 * Between which limits the shadow prices of a plan stay what they are, when one limit changes and all else is the same: by the
 * ranging of HiGHS, over the itineraries that the plan uses. While a basis of these stays feasible the prices stay, and so no other
 * itinerary becomes worth while. A price may hold beyond its range where the optimum is degenerate. Unknown are the ranges where
 * these itineraries alone have other prices: some at degenerate optima, and in plans of whole units or stopped before the optimum.
 * Of a rotation each voyage has its own range, though all share one capacity.
 */
export async function rangesOf(problem: Problem, plan: PlanDocument): Promise<Ranges> {
  const library = await load();
  const program = new PlannedProgram(problem, plan);
  const ranges = rowRanges(library, program);
  return (resource) => {
    const row = program.rowOf(resource);
    return row === undefined ? undefined : ranges.get(row);
  };
}

/** By row, of the parts of the program whose prices are those of the plan. */
function rowRanges(library: Highs, program: PlannedProgram): ReadonlyMap<number, Range> {
  return library.withModel((model) => {
    model.options.set({ output_flag: false, presolve: 'off' });
    model.passModel(modelOf(program));
    if (model.run().modelStatus !== library.constants.modelStatus.optimal) return new Map();
    const { rowDual } = model.getSolution();
    const { rowBoundDown: down, rowBoundUp: up } = model.getRanging();
    const parts = program.parts();
    const doubtful = new Set(parts.filter((_, row) => differs(program.rows[row]!.price, rowDual[row]!)));
    const trusted = program.rows.flatMap((_, row) => (doubtful.has(parts[row]!) ? [] : [row]));
    return new Map(trusted.map((row) => [row, { from: Math.max(0, down.value[row]!), to: up.value[row]! }]));
  });
}

const differs = (price: number | undefined, dual: number): boolean =>
  price !== undefined && Math.abs(price - dual) > EQUAL * Math.max(1, Math.abs(price));

function modelOf({ rows, columns }: PlannedProgram) {
  const starts = [0];
  for (const { terms } of columns) starts.push(starts.at(-1)! + terms.size);
  return {
    numCols: columns.length,
    numRows: rows.length,
    offset: 0,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(() => 0),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map(({ upper }) => upper),
    matrix: {
      format: 'csc' as const,
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: columns.flatMap(({ terms }) => [...terms.keys()]),
      values: columns.flatMap(({ terms }) => [...terms.values()]),
    },
  };
}
