import { type PlanDocument, type Problem, round } from '@portolan/domain';
import type { Model } from 'highs';
import type { Column } from '../columns.js';
import { highsLibrary } from '../engines/highs.js';
import type { Range, Ranges } from './explanation.js';
import { OptimalFace } from './optimal-face.js';

/**
 * Lends what tells between which limits a shadow price of a plan stays what it is, when that limit changes and all else is the same.
 * It is the least and the most that is used of the resource in all plans that are optimal at these prices; so the total is a straight
 * line in between, and the price exact. Where some itineraries are not known the range may be narrower than it could be. HiGHS's own
 * ranging is that of one basis: where many optima tie, as in transport they do, it knows next to nothing.
 * @param others itineraries that the plan does not use but might, such as all that were found on the way to it
 */
export async function withRanges<Result>(
  problem: Problem,
  plan: PlanDocument,
  work: (ranges: Ranges) => Result,
  others: Iterable<Column> = [],
): Promise<Result> {
  const library = await highsLibrary();
  const face = new OptimalFace(problem, plan, others);
  return library.withModel((model) => {
    model.options.set({ output_flag: false, presolve: 'off' });
    model.passModel(modelOf(face));
    const { optimal } = library.constants.modelStatus;
    const extremes = new Extremes(model, face, optimal);
    return work((resource) => extremes.of(face.rowOf(resource)));
  });
}

/** The least and the most of rows. */
class Extremes {
  private readonly found = new Map<number, Range | undefined>();

  constructor(
    private readonly model: Model,
    private readonly face: OptimalFace,
    private readonly optimal: number,
  ) {}

  of(row: number | undefined): Range | undefined {
    if (row === undefined || !this.face.isOptimal) return undefined;
    if (!this.found.has(row)) this.found.set(row, this.rangeOf(row));
    return this.found.get(row);
  }

  private rangeOf(row: number): Range | undefined {
    const { lower, upper } = this.face.rows[row]!;
    this.model.changeRowBounds(row, 0, Infinity);
    const [least, most] = [this.extreme(row, 1), this.extreme(row, -1)];
    this.model.changeRowBounds(row, lower, upper);
    // Whole units may leave no plan at all that is optimal at these prices; then there is nothing to tell.
    if (least === undefined || most === undefined || least > upper + 1e-6 || most < upper - 1e-6) return undefined;
    return { from: round(least), to: round(most) };
  }

  private extreme(row: number, sign: 1 | -1): number | undefined {
    const { columns } = this.face;
    this.model.changeColsCost({ kind: 'range', from: 0, to: columns.length - 1 }, costs(columns, row, sign));
    return this.model.run().modelStatus === this.optimal ? sign * this.model.getObjectiveValue() : undefined;
  }
}

const costs = (columns: OptimalFace['columns'], row: number, sign: 1 | -1): Float64Array =>
  Float64Array.from(columns, ({ terms }) => sign * (terms.get(row) ?? 0));

function modelOf({ rows, columns }: OptimalFace) {
  const starts = [0];
  for (const { terms } of columns) starts.push(starts.at(-1)! + terms.size);
  return {
    numCols: columns.length,
    numRows: rows.length,
    offset: 0,
    colCost: columns.map(() => 0),
    colLower: columns.map(({ lower }) => lower),
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
