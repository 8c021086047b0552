import type { Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';
import { type Basis, type Engine, type LpColumn, type LpRow, standing } from '../engines/engine.js';
import type { Marginal, Master } from './master.js';
import type { Pool, PooledColumn } from './pool.js';

/** Relative to the price of a demand: costs that differ by less are equal. */
const EQUAL = 1e-9;
/** Relative to a limit: what is over by less is rounding. */
const OVER = 1e-9;
/** How much a column in the plan may cost beyond the cheapest one, relative: the engine's own tolerance. */
const DEAR = 1e-8;

/** The cheapest and the dearest way in the plan. */
interface Spread extends Marginal {
  readonly dearest: number;
}

/**
 * The master program, solved where it has been disturbed only. All demands have their place in the plan; those that are *active* are
 * optimized together, the others keep their itineraries and what they use of each resource. Resources take part when they are, or would
 * be, full. After each solve whoever is no longer at its cheapest under the new prices becomes active, too; when nobody is, the plan is
 * optimal for all itineraries of the pool.
 */
export class LocalMaster implements Master {
  /** By resource, in money per unit, never negative. */
  prices = new Float64Array(0);
  /** By demand. */
  readonly unserved: number[] = [];
  /** What was solved since the counters were reset. */
  readonly counted = { solves: 0, rows: 0 };
  readonly unfinished = false;
  private readonly unservedStands: number[] = [];
  private readonly rowStands: number[] = [];
  private readonly active = new Set<number>();
  private readonly watched = new Set<number>();
  private readonly disturbed = new Set<number>();

  constructor(
    private readonly engine: Engine,
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly pool: Pool,
  ) {}

  /** Room for as many resources as there are; before anything else after changes. */
  fit(): void {
    const { count } = this.resources;
    if (count <= this.prices.length) return;
    const grown = new Float64Array(Math.max(count, 2 * this.prices.length));
    grown.set(this.prices);
    this.prices = grown;
  }

  /** A demand is to be optimized again. */
  activate(demand: number): void {
    this.active.add(demand);
  }

  /** A resource has another limit, or flows on it went or came. */
  disturb(resource: number): void {
    this.disturbed.add(resource);
  }

  /** What is not on an itinerary is unserved at first. */
  enter(demand: number): void {
    let left = this.problem.demands[demand]!.quantity;
    for (const { quantity } of this.pool.of(demand)) left -= quantity;
    this.unserved[demand] = Math.max(0, left);
    this.unservedStands[demand] = standing.basic;
    this.active.add(demand);
  }

  /** What the column carried is unserved until the next optimization. */
  drop({ demand, quantity, uses }: PooledColumn): void {
    this.active.add(demand);
    if (quantity === 0) return;
    this.unserved[demand]! += quantity;
    for (const { resource } of uses) this.disturb(resource);
  }

  leave(demand: number): void {
    this.active.delete(demand);
    this.unserved[demand] = 0;
  }

  /** The price of a resource that is no more. */
  forget(resource: number): void {
    this.prices[resource] = 0;
    this.rowStands[resource] = standing.basic;
    this.watched.delete(resource);
    this.disturbed.delete(resource);
  }

  get pending(): boolean {
    return this.active.size > 0 || this.disturbed.size > 0;
  }

  /** What one unit costs on a column at the present prices. */
  pricedCost({ cost, uses }: PooledColumn): number {
    let priced = cost;
    for (const { resource, units } of uses) priced += units * this.prices[resource]!;
    return priced;
  }

  marginal(demand: number): Spread {
    const goods = this.problem.demands[demand]!;
    let price = goods.unservedPenalty;
    let dearest = this.unserved[demand]! > 0 ? price : -Infinity;
    for (const column of this.pool.of(demand)) {
      const cost = this.pricedCost(column);
      if (column.quantity < column.upper && cost < price) price = cost;
      if (column.quantity > 0 && cost > dearest) dearest = cost;
    }
    return { price, dearest };
  }

  /**
   * Brings the plan to the optimum over the pool.
   * @param changed collects the resources whose price is another one afterwards, each with what it was
   * @returns demands that were active, and those beside a resource with another price
   */
  solve(changed: Map<number, number>): Set<number> {
    const touched = new Set<number>();
    this.wakeDisturbed(changed, touched);
    while (this.active.size > 0) {
      const program = this.program();
      if (program === 'grown') continue;
      const repriced = this.solveProgram(program, changed);
      for (const demand of this.active) touched.add(demand);
      const before = this.active.size + this.watched.size;
      this.watchOverfull(program);
      for (const resource of repriced) this.wakeBeside(resource, touched);
      if (this.active.size + this.watched.size === before) break;
    }
    this.active.clear();
    this.watched.clear();
    return touched;
  }

  /** Quantity used of a resource, by all or by those that are not active. */
  used(resource: number, others = false): number {
    let used = 0;
    for (const column of this.pool.on(resource))
      if (column.quantity > 0 && !(others && this.active.has(column.demand)))
        used += column.quantity * column.uses.find((use) => use.resource === resource)!.units;
    return used;
  }

  private wakeDisturbed(changed: Map<number, number>, touched: Set<number>): void {
    for (const resource of this.disturbed) {
      const limit = this.resources.limit(resource);
      const price = this.prices[resource]!;
      const used = this.used(resource);
      const over = isBeyond(used, limit, OVER);
      const slack = price > 0 && (limit === Infinity || used < limit - OVER * Math.max(1, limit));
      if (!over && !slack) continue;
      this.watched.add(resource);
      let someone = false;
      for (const column of this.pool.on(resource)) {
        const { price: marginal } = this.marginal(column.demand);
        const tied = !isBeyond(this.pricedCost(column), marginal, DEAR);
        if (!tied && column.quantity === 0) continue;
        this.active.add(column.demand);
        someone = true;
      }
      if (!slack || (someone && limit < Infinity)) continue;
      // Nobody wants it at its price, or it has no limit any more: it is free.
      this.reprice(resource, 0, changed);
      this.wakeBeside(resource, touched);
    }
    this.disturbed.clear();
  }

  /** Activates demands beside a resource with another price that are no longer at their cheapest. */
  private wakeBeside(resource: number, touched: Set<number>): void {
    const seen = new Set<number>();
    for (const { demand } of this.pool.on(resource)) {
      if (seen.has(demand) || this.active.has(demand)) continue;
      seen.add(demand);
      touched.add(demand);
      const { price, dearest } = this.marginal(demand);
      if (isBeyond(dearest, price, DEAR)) this.active.add(demand);
    }
  }

  private watchOverfull({ columns }: Program): void {
    const seen = new Set<number>();
    for (const { column } of columns)
      if (column && column.quantity > 0)
        for (const { resource } of column.uses) {
          if (seen.has(resource) || this.watched.has(resource)) continue;
          seen.add(resource);
          const limit = this.resources.limit(resource);
          if (limit === Infinity || this.prices[resource]! > 0) continue;
          if (isBeyond(this.used(resource), limit, OVER)) this.watched.add(resource);
        }
  }

  /** The program of the active demands, unless others must become active since they alone overfill a resource. */
  private program(): Program | 'grown' {
    const rows: LpRow[] = [];
    const rowOf = new Map<number, number>();
    const columns: ProgramColumn[] = [];
    const demands = [...this.active];
    demands.forEach((demand) => {
      const { quantity } = this.problem.demands[demand]!;
      rows.push({ lower: quantity, upper: quantity });
    });
    const members = demands.map((demand) => [...this.pool.of(demand)]);
    const limits: number[] = [];
    for (const each of members.flat())
      for (const { resource } of each.uses)
        if (!rowOf.has(resource) && this.takesPart(resource)) {
          const limit = this.resources.limit(resource);
          const left = limit - this.used(resource, true);
          if (left < -OVER * Math.max(1, limit) && this.wakeUsers(resource)) return 'grown';
          rowOf.set(resource, rows.push({ lower: -Infinity, upper: Math.max(0, left) }) - 1);
          limits.push(resource);
        }
    demands.forEach((demand, row) => {
      const { unservedPenalty } = this.problem.demands[demand]!;
      const lp = { cost: unservedPenalty, upper: Infinity, rows: [row], values: [1] };
      columns.push({ demand, column: undefined, lp });
      for (const column of members[row]!) columns.push({ demand, column, lp: lpColumn(column, row, rowOf) });
    });
    return { rows, columns, demands, limits };
  }

  private takesPart(resource: number): boolean {
    return (
      (this.prices[resource]! > 0 || this.watched.has(resource)) && Number.isFinite(this.resources.limit(resource))
    );
  }

  private wakeUsers(resource: number): boolean {
    const before = this.active.size;
    for (const { demand, quantity } of this.pool.on(resource)) if (quantity > 0) this.active.add(demand);
    return this.active.size > before;
  }

  /** Solves, takes over quantities, prices and standings; gives the resources with another price. */
  private solveProgram(program: Program, changed: Map<number, number>): number[] {
    const { rows, columns, demands, limits } = program;
    const start = this.startOf(program);
    const { values, duals, basis } = this.engine.solve({
      rows,
      columns: columns.map(({ lp }) => lp),
      ...(start && { start }),
    });
    this.counted.solves++;
    this.counted.rows += rows.length;
    columns.forEach(({ demand, column }, index) => {
      const quantity = values[index]! > 1e-11 ? values[index]! : 0;
      const stands = basis?.columns[index] ?? standing.lower;
      if (column) this.pool.place(column, Math.min(quantity, column.upper), stands);
      else [this.unserved[demand], this.unservedStands[demand]] = [quantity, stands];
    });
    return limits.filter((resource, at) => {
      const row = demands.length + at;
      if (basis) this.rowStands[resource] = basis.rows[row]!;
      const price = Math.max(0, -duals[row]!);
      return this.reprice(resource, price < 1e-11 ? 0 : price, changed);
    });
  }

  /** Says whether the price is another one, beyond rounding, and notes what it was. */
  private reprice(resource: number, price: number, changed: Map<number, number>): boolean {
    const before = this.prices[resource]!;
    this.prices[resource] = price;
    if (Math.abs(price - before) <= EQUAL * Math.max(1, price)) return false;
    if (!changed.has(resource)) changed.set(resource, before);
    return true;
  }

  /** The vertex the last solves left, made one: as many in the basis as there are rows. */
  private startOf({ rows, columns, demands, limits }: Program): Basis | undefined {
    const stands = {
      columns: Uint8Array.from(columns, ({ demand, column }) => column?.stands ?? this.unservedStands[demand]!),
      rows: new Uint8Array(rows.length).fill(standing.lower),
    };
    limits.forEach((resource, at) => {
      const known = this.prices[resource]! > 0 ? standing.upper : standing.basic;
      stands.rows[demands.length + at] = this.rowStands[resource] === standing.basic ? standing.basic : known;
    });
    const basic = (list: Uint8Array) => list.reduce((count, each) => count + (each === standing.basic ? 1 : 0), 0);
    let surplus = basic(stands.columns) + basic(stands.rows) - rows.length;
    for (let row = demands.length; surplus < 0 && row < rows.length; row++)
      if (stands.rows[row] !== standing.basic) {
        stands.rows[row] = standing.basic;
        surplus++;
      }
    columns.forEach(({ column }, index) => {
      if (surplus <= 0 || stands.columns[index] !== standing.basic || (column?.quantity ?? 0) > 0) return;
      stands.columns[index] = standing.lower;
      surplus--;
    });
    return surplus === 0 ? stands : undefined;
  }
}

const isBeyond = (value: number, bound: number, share: number): boolean =>
  value > bound + share * Math.max(1, Math.abs(bound));

interface ProgramColumn {
  readonly demand: number;
  /** `undefined` for what stays unserved. */
  readonly column: PooledColumn | undefined;
  readonly lp: LpColumn;
}

interface Program {
  readonly rows: LpRow[];
  readonly columns: ProgramColumn[];
  /** By row: first the demands, then the resources. */
  readonly demands: number[];
  readonly limits: number[];
}

function lpColumn({ cost, upper, uses }: PooledColumn, row: number, rowOf: ReadonlyMap<number, number>): LpColumn {
  const rows = [row];
  const values = [1];
  for (const { resource, units } of uses) {
    const at = rowOf.get(resource);
    if (at === undefined) continue;
    rows.push(at);
    values.push(units);
  }
  return { cost, upper, rows, values };
}
