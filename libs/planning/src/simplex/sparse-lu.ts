/** A square matrix by columns: row numbers and values of each. */
export interface SparseColumns {
  readonly rows: readonly (readonly number[])[];
  readonly values: readonly (readonly number[])[];
}

/** A pivot may be this much smaller than the largest candidate of its column. */
const THRESHOLD = 0.05;
const NOTHING = 1e-13;

/**
 * L·U = A·Q with rows permuted, of a sparse matrix (Gilbert and Peierls 1988, left-looking, with partial pivoting). Columns and rows
 * with one entry left go first: of bases of transport networks they leave little.
 */
export class SparseLu {
  /** By step: the row pivoted on, and the column. */
  private readonly rowOf: Int32Array;
  private readonly columnOf: Int32Array;
  private readonly stepOfRow: Int32Array;
  private readonly lower: { readonly starts: number[]; readonly rows: number[]; readonly values: number[] };
  private readonly upper: { readonly starts: number[]; readonly steps: number[]; readonly values: number[] };
  private readonly diagonal: Float64Array;
  private readonly work: Float64Array;
  private readonly reach: number[] = [];
  private readonly marks: Int32Array;

  /** Is some column a combination of the others? Then there is no factorization. */
  readonly singular: boolean;

  constructor(
    private readonly size: number,
    private readonly matrix: SparseColumns,
  ) {
    this.rowOf = new Int32Array(size).fill(-1);
    this.columnOf = new Int32Array(size);
    this.stepOfRow = new Int32Array(size).fill(-1);
    this.lower = { starts: [0], rows: [], values: [] };
    this.upper = { starts: [0], steps: [], values: [] };
    this.diagonal = new Float64Array(size);
    this.work = new Float64Array(size);
    this.marks = new Int32Array(size).fill(-1);
    const { order, preferred } = ordered(size, matrix);
    this.singular = !order.every((column, step) => this.eliminate(step, column, preferred[step]!));
  }

  /** x with A·x = b; b is by row and is overwritten, x is by column. */
  solve(b: Float64Array, x: Float64Array): void {
    const { size, rowOf, columnOf, lower, upper, diagonal, work } = this;
    for (let step = 0; step < size; step++) {
      const value = b[rowOf[step]!]!;
      work[step] = value;
      if (value === 0) continue;
      for (let at = lower.starts[step]!; at < lower.starts[step + 1]!; at++)
        b[lower.rows[at]!]! -= lower.values[at]! * value;
    }
    for (let step = size - 1; step >= 0; step--) {
      let value = work[step]!;
      if (value !== 0) {
        value /= diagonal[step]!;
        for (let at = upper.starts[step]!; at < upper.starts[step + 1]!; at++)
          work[upper.steps[at]!]! -= upper.values[at]! * value;
      }
      x[columnOf[step]!] = value;
    }
  }

  /** y with y·A = c; c is by column, y by row. */
  solveTransposed(c: Float64Array, y: Float64Array): void {
    const { size, rowOf, columnOf, stepOfRow, lower, upper, diagonal, work } = this;
    for (let step = 0; step < size; step++) {
      let value = c[columnOf[step]!]!;
      for (let at = upper.starts[step]!; at < upper.starts[step + 1]!; at++)
        value -= upper.values[at]! * work[upper.steps[at]!]!;
      work[step] = value === 0 ? 0 : value / diagonal[step]!;
    }
    for (let step = size - 1; step >= 0; step--) {
      let value = work[step]!;
      for (let at = lower.starts[step]!; at < lower.starts[step + 1]!; at++)
        value -= lower.values[at]! * work[stepOfRow[lower.rows[at]!]!]!;
      work[step] = value;
      y[rowOf[step]!] = value;
    }
  }

  /** One more column: solved with what is there of L, then its pivot chosen. */
  private eliminate(step: number, column: number, preferred: number): boolean {
    const { matrix, work, reach, stepOfRow, upper, lower } = this;
    const [rows, values] = [matrix.rows[column]!, matrix.values[column]!];
    reach.length = 0;
    for (const row of rows) this.visit(row, step);
    rows.forEach((row, at) => (work[row]! += values[at]!));
    let largest = 0;
    for (let at = reach.length - 1; at >= 0; at--) {
      const row = reach[at]!;
      const value = work[row]!;
      const before = stepOfRow[row]!;
      if (before < 0) largest = Math.max(largest, Math.abs(value));
      else if (value !== 0)
        for (let each = lower.starts[before]!; each < lower.starts[before + 1]!; each++)
          work[lower.rows[each]!]! -= lower.values[each]! * value;
    }
    const pivot = largest > NOTHING ? this.pivotRow(largest, preferred) : -1;
    const diagonal = pivot < 0 ? 1 : work[pivot]!;
    for (const row of reach) {
      const value = work[row]!;
      work[row] = 0;
      if (Math.abs(value) <= NOTHING || row === pivot) continue;
      const before = stepOfRow[row]!;
      if (before >= 0) {
        upper.steps.push(before);
        upper.values.push(value);
      } else {
        lower.rows.push(row);
        lower.values.push(value / diagonal);
      }
    }
    upper.starts.push(upper.steps.length);
    lower.starts.push(lower.rows.length);
    if (pivot < 0) return false;
    this.diagonal[step] = diagonal;
    this.rowOf[step] = pivot;
    this.columnOf[step] = column;
    stepOfRow[pivot] = step;
    return true;
  }

  private pivotRow(largest: number, preferred: number): number {
    const enough = THRESHOLD * largest;
    if (preferred >= 0 && this.stepOfRow[preferred]! < 0 && Math.abs(this.work[preferred]!) >= enough) return preferred;
    let best = -1;
    for (const row of this.reach)
      if (this.stepOfRow[row]! < 0 && (best < 0 || Math.abs(this.work[row]!) > Math.abs(this.work[best]!))) best = row;
    return best;
  }

  /** Depth first, so that `reach` read backwards is an order of elimination. */
  private visit(from: number, mark: number): void {
    if (this.marks[from] === mark) return;
    this.marks[from] = mark;
    const stack = [from];
    const next = [this.firstOf(from)];
    while (stack.length > 0) {
      const row = stack.at(-1)!;
      const step = this.stepOfRow[row]!;
      const end = step < 0 ? 0 : this.lower.starts[step + 1]!;
      let at = next.at(-1)!;
      while (at < end && this.marks[this.lower.rows[at]!] === mark) at++;
      if (at >= end) {
        this.reach.push(row);
        stack.pop();
        next.pop();
        continue;
      }
      const below = this.lower.rows[at]!;
      next[next.length - 1] = at + 1;
      this.marks[below] = mark;
      stack.push(below);
      next.push(this.firstOf(below));
    }
  }

  private firstOf(row: number): number {
    const step = this.stepOfRow[row]!;
    return step < 0 ? 0 : this.lower.starts[step]!;
  }
}

/** Columns with one row left, then rows with one column left, as long as there are any; the rest by their number of entries. */
function ordered(size: number, { rows }: SparseColumns): { order: number[]; preferred: number[] } {
  const columnsOf: number[][] = Array.from({ length: size }, () => []);
  rows.forEach((list, column) => list.forEach((row) => columnsOf[row]!.push(column)));
  const inColumn = rows.map((list) => list.length);
  const inRow = columnsOf.map((list) => list.length);
  const rowDone = new Uint8Array(size);
  const columnDone = new Uint8Array(size);
  const [order, preferred]: number[][] = [[], []];
  const take = (row: number, column: number) => {
    order!.push(column);
    preferred!.push(row);
    rowDone[row] = columnDone[column] = 1;
    for (const each of columnsOf[row]!) if (!columnDone[each] && --inColumn[each]! === 1) single.push(each);
    for (const each of rows[column]!) if (!rowDone[each] && --inRow[each]! === 1) lone.push(each);
  };
  const single = inColumn.flatMap((count, column) => (count === 1 ? [column] : []));
  const lone = inRow.flatMap((count, row) => (count === 1 ? [row] : []));
  while (single.length + lone.length > 0) {
    const column = single.pop();
    if (column !== undefined) {
      const row = columnDone[column] ? undefined : rows[column]!.find((each) => !rowDone[each]);
      if (row !== undefined) take(row, column);
      continue;
    }
    const row = lone.pop()!;
    const only = rowDone[row] ? undefined : columnsOf[row]!.find((each) => !columnDone[each]);
    if (only !== undefined) take(row, only);
  }
  const rest = inColumn.map((_, column) => column).filter((column) => !columnDone[column]);
  rest.sort((a, b) => inColumn[a]! - inColumn[b]! || a - b);
  return { order: [...order!, ...rest], preferred: [...preferred!, ...rest.map(() => -1)] };
}
