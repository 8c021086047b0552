import fc from 'fast-check';
import { SparseLu } from './sparse-lu.js';

/** Columns as bases have them: a few whole numbers each, the diagonal among them so that most are regular. */
const matrices = fc.integer({ min: 1, max: 25 }).chain((size) =>
  fc.array(
    fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.constantFrom(-2, -1, 1, 2)), {
      selector: ([row]) => row,
      maxLength: 4,
    }),
    { minLength: size, maxLength: size },
  ),
);

const times = (columns: [number, number][][], x: ArrayLike<number>): number[] => {
  const product = columns.map(() => 0);
  columns.forEach((column, at) => column.forEach(([row, value]) => (product[row]! += value * x[at]!)));
  return product;
};

describe('factors of a sparse matrix', () => {
  it('solve with the matrix and with its transpose', () => {
    let solved = 0;
    fc.assert(
      fc.property(matrices, fc.integer(), (columns, seed) => {
        const size = columns.length;
        const lu = new SparseLu(size, {
          rows: columns.map((column) => column.map(([row]) => row)),
          values: columns.map((column) => column.map(([, value]) => value)),
        });
        if (lu.singular) return;
        solved++;
        const side = columns.map((_, at) => ((seed >> (at % 30)) & 3) - 1);
        const x = new Float64Array(size);
        lu.solve(Float64Array.from(side), x);
        times(columns, x).forEach((value, row) => expect(value).toBeCloseTo(side[row]!, 6));
        const y = new Float64Array(size);
        lu.solveTransposed(Float64Array.from(side), y);
        columns.forEach((column, at) =>
          expect(column.reduce((sum, [row, value]) => sum + value * y[row]!, 0)).toBeCloseTo(side[at]!, 6),
        );
      }),
      { numRuns: 3000 },
    );
    expect(solved).toBeGreaterThan(100);
  });

  it('are not to be had of a matrix with a column twice', () => {
    const rows = [[0, 1], [0, 1], [2]];
    expect(new SparseLu(3, { rows, values: [[1, 2], [1, 2], [1]] }).singular).toBe(true);
  });
});
