import type { Problem } from '@portolan/domain';
import { type Column, type Resources, columnKey } from './columns.js';
import type { Engine, LinearProgram, LpColumn, LpRow, LpSolution } from './engines/engine.js';

/** A quantity of a column that costs less since it is in force: up to `limit` units are kept. */
interface Kept {
  readonly column: Column;
  readonly limit: number;
}

/** Prices at an optimum of the master: what one more unit of demand costs, and what one more unit of a resource saves (never below 0). */
export interface Prices {
  readonly demands: Float64Array;
  readonly resources: Float64Array;
}

/**
 * The master program over the itineraries found so far. Rows: one equation per demand, then one limit per resource that has
 * one. Columns: one per demand for what stays unserved, one per itinerary, and one more per entry of `current` for what is kept of it (it costs the
 * change penalty less, up to the quantity in force).
 */
export class Master {
  readonly columns: Column[] = [];
  readonly kept: Kept[] = [];
  solution: LpSolution | undefined;
  private readonly program: LinearProgram;
  private readonly known = new Set<string>();
  private readonly rowOf: Int32Array;
  readonly rows: readonly LpRow[];
  /** What a column of the program is: an unserved demand, an itinerary, or a kept one. */
  private readonly meaning: { readonly kind: 'unserved' | 'column' | 'kept'; readonly index: number }[] = [];

  constructor(
    engine: Engine,
    readonly problem: Problem,
    private readonly resources: Resources,
  ) {
    const rows: LpRow[] = problem.demands.map(({ quantity }) => ({ lower: quantity, upper: quantity }));
    this.rowOf = new Int32Array(resources.count).fill(-1);
    resources.limits.forEach((limit, resource) => {
      if (Number.isFinite(limit)) this.rowOf[resource] = rows.push({ lower: -Infinity, upper: limit }) - 1;
    });
    this.rows = rows;
    this.program = engine.open(rows);
    this.add(
      problem.demands.map(({ unservedPenalty }, index) => ({
        cost: unservedPenalty,
        upper: Infinity,
        rows: [index],
        values: [1],
      })),
      'unserved',
      0,
    );
  }

  /** Adds an itinerary unless it is there; says whether it was new. */
  offer(column: Column): boolean {
    const key = columnKey(column);
    if (this.known.has(key)) return false;
    this.known.add(key);
    this.columns.push(column);
    this.add([this.lpColumn(column, column.cost, Infinity)], 'column', this.columns.length - 1);
    return true;
  }

  keep(column: Column, limit: number): void {
    this.kept.push({ column, limit });
    this.add([this.lpColumn(column, column.cost - this.problem.changePenalty, limit)], 'kept', this.kept.length - 1);
  }

  solve(): Prices {
    this.solution = this.program.solve();
    const { duals } = this.solution;
    const resources = new Float64Array(this.resources.count);
    this.rowOf.forEach((row, resource) => {
      if (row >= 0) resources[resource] = Math.max(0, -duals[row]!);
    });
    return { demands: Float64Array.from(this.problem.demands, (_, index) => duals[index]!), resources };
  }

  /** Quantity on each of `columns`, with what is kept of it added; columns in force that are not among them come behind. */
  flows(): { readonly column: Column; readonly quantity: number }[] {
    const flows = new Map<string, { column: Column; quantity: number }>();
    this.meaning.forEach(({ kind, index }, at) => {
      const quantity = this.solution!.values[at]!;
      if (kind === 'unserved' || quantity <= 0) return;
      const column = kind === 'column' ? this.columns[index]! : this.kept[index]!.column;
      const key = columnKey(column);
      const before = flows.get(key);
      if (before) before.quantity += quantity;
      else flows.set(key, { column, quantity });
    });
    return [...flows.values()];
  }

  lpColumn(column: Column, cost: number, upper: number): LpColumn {
    const rows = [column.demand];
    const values = [1];
    for (const [resource, use] of this.resources.usedBy(column)) {
      const row = this.rowOf[resource]!;
      if (row < 0) continue;
      rows.push(row);
      values.push(use);
    }
    return { cost, upper, rows, values };
  }

  close(): void {
    this.program.close();
  }

  private add(columns: readonly LpColumn[], kind: 'unserved' | 'column' | 'kept', first: number): void {
    this.program.addColumns(columns);
    columns.forEach((_, index) => this.meaning.push({ kind, index: first + index }));
  }
}
