import type { Problem } from '@portolan/domain';
import type { Resources } from '../columns.js';
import { standing } from '../engines/engine.js';
import type { LinearSolver } from '../simplex/handover.js';
import type { Group, Row, Variable } from '../simplex/program.js';
import { Simplex, type Stamina } from '../simplex/simplex.js';
import type { Packer, Unpacker } from '../packing.js';
import type { Marginal, Master } from './master.js';
import type { Pool, PooledColumn } from './pool.js';
import type { Renumbered } from './renumbered.js';

/** Relative to the price: what differs by less is the same. */
const EQUAL = 1e-9;
/** A price below is none. */
const NOTHING = 1e-11;

/** The master program in a simplex of its own, which keeps its basis through all changes: what an event costs is the pivots it takes. */
export class SimplexMaster implements Master {
  prices = new Float64Array(0);
  readonly unserved: number[] = [];
  readonly counted = { solves: 0, rows: 0 };
  private readonly simplex: Simplex;
  private readonly groups: (Group | undefined)[] = [];
  private readonly demandOf = new Map<Group, number>();
  private readonly rows: (Row | undefined)[] = [];
  private readonly resourceOf = new Map<Row, number>();
  private readonly variables = new Map<PooledColumn, Variable>();
  private readonly active = new Set<number>();
  private readonly disturbed = new Set<number>();
  private changed = false;
  unfinished = false;

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly pool: Pool,
    /** Takes over where the simplex takes long. */
    private readonly solver: LinearSolver,
    stamina?: Stamina,
  ) {
    this.simplex = new Simplex(stamina);
  }

  get pending(): boolean {
    return this.changed || this.unfinished || this.active.size > 0 || this.disturbed.size > 0;
  }

  fit(): void {
    const { count } = this.resources;
    if (count <= this.prices.length) return;
    const grown = new Float64Array(Math.max(count, 2 * this.prices.length));
    grown.set(this.prices);
    this.prices = grown;
  }

  enter(demand: number): void {
    const { quantity, unservedPenalty } = this.problem.demands[demand]!;
    const group = this.groups[demand];
    this.active.add(demand);
    if (!group) {
      const added = this.simplex.addGroup(quantity, unservedPenalty, (x) => (this.unserved[demand] = x));
      this.groups[demand] = added;
      this.demandOf.set(added, demand);
      return;
    }
    this.simplex.setQuantity(group, quantity);
    this.simplex.setCost(group.rest, unservedPenalty);
  }

  leave(demand: number): void {
    const group = this.groups[demand];
    if (group) {
      this.simplex.removeGroup(group);
      this.demandOf.delete(group);
    }
    this.groups[demand] = undefined;
    this.unserved[demand] = 0;
    this.active.delete(demand);
    this.changed = true;
  }

  activate(demand: number): void {
    this.active.add(demand);
  }

  drop(column: PooledColumn): void {
    const variable = this.variables.get(column);
    if (!variable) return;
    this.variables.delete(column);
    this.simplex.remove(variable);
    this.changed = true;
  }

  disturb(resource: number): void {
    this.disturbed.add(resource);
  }

  forget(resource: number): void {
    const row = this.rows[resource];
    if (row) {
      this.resourceOf.delete(row);
      this.simplex.removeRow(row);
    }
    this.rows[resource] = undefined;
    this.prices[resource] = 0;
    this.disturbed.delete(resource);
  }

  marginal(demand: number): Marginal {
    return this.groups[demand]!;
  }

  pricedCost({ cost, uses }: PooledColumn): number {
    let priced = cost;
    for (const { resource, units } of uses) priced += units * this.prices[resource]!;
    return priced;
  }

  solve(changed: Map<number, number>, isOver?: () => boolean): Set<number> {
    for (const resource of this.disturbed) this.limit(resource);
    for (const demand of this.active) this.match(demand);
    const touched = new Set(this.active);
    this.disturbed.clear();
    this.active.clear();
    this.changed = false;
    this.unfinished = !this.simplex.solve(this.solver, isOver);
    this.counted.solves++;
    this.counted.rows += this.simplex.takePivots();
    this.takePrices(changed);
    this.takeTouched(touched);
    return touched;
  }

  /** Begins near these prices, by resource, instead of with nothing. */
  startAt(prices: Float64Array, isOver: () => boolean): void {
    for (const demand of this.active) this.match(demand);
    const ofRows = new Map<Row, number>();
    this.rows.forEach((row, resource) => {
      if (row && prices[resource]! > 0) ofRows.set(row, prices[resource]!);
    });
    this.simplex.startAt(ofRows, isOver);
  }

  /** At an optimum. @param columns those of the pool with their numbers; resources and demands have theirs */
  save(to: Packer, columns: ReadonlyMap<PooledColumn, number>): void {
    const columnOf = new Map([...this.variables].map(([column, variable]) => [variable, columns.get(column)!]));
    this.simplex.save(to, {
      row: (row) => this.resourceOf.get(row) ?? -1,
      group: (group) => this.demandOf.get(group) ?? -1,
      variable: (variable) => columnOf.get(variable) ?? -1,
    });
  }

  /** Into a master that has nothing yet. The numbers are those of `save`, which `now` translates. */
  resume(from: Unpacker, columns: readonly (PooledColumn | undefined)[], now: Renumbered): void {
    this.simplex.resume(from, {
      row: (row, name) => {
        const resource = name < 0 ? undefined : now.resource(name);
        if (resource === undefined) return;
        this.rows[resource] = row;
        this.resourceOf.set(row, resource);
        this.prices[resource] = row.price < NOTHING ? 0 : row.price;
      },
      group: (group, name) => {
        const demand = name < 0 ? undefined : now.demand(name);
        if (demand === undefined) return;
        this.groups[demand] = group;
        this.demandOf.set(group, demand);
        group.rest.told = (x) => (this.unserved[demand] = x);
      },
      variable: (variable, name) => {
        const column = columns[name];
        if (!column) return;
        this.variables.set(column, variable);
        variable.told = this.toldOf(column);
      },
    });
    this.changed = true;
  }

  private takePrices(changed: Map<number, number>): void {
    const { repricedRows } = this.simplex;
    for (const row of repricedRows.keys()) {
      const resource = this.resourceOf.get(row);
      if (resource === undefined) continue;
      const before = this.prices[resource]!;
      const price = row.price < NOTHING ? 0 : row.price;
      this.prices[resource] = price;
      if (Math.abs(price - before) > EQUAL * Math.max(1, price)) changed.set(resource, before);
    }
    repricedRows.clear();
  }

  private takeTouched(touched: Set<number>): void {
    const { repricedGroups } = this.simplex;
    for (const group of repricedGroups.keys()) {
      const demand = this.demandOf.get(group);
      if (demand !== undefined) touched.add(demand);
    }
    repricedGroups.clear();
  }

  /** The limit as it is now. What has none any more keeps a row that cannot be full; what has one now gets a row for its users. */
  private limit(resource: number): void {
    const limit = this.resources.limit(resource);
    const row = this.rows[resource];
    if (row) this.simplex.setLimit(row, Number.isFinite(limit) ? limit : PLENTY);
    else if (Number.isFinite(limit))
      for (const column of this.pool.on(resource)) {
        this.drop(column);
        this.active.add(column.demand);
      }
  }

  /** Variables for columns that have none, and the costs of all. */
  private match(demand: number): void {
    const group = this.groups[demand];
    if (!group) return;
    for (const column of this.pool.of(demand)) {
      const variable = this.variables.get(column);
      if (variable) this.simplex.setCost(variable, column.cost);
      else this.variables.set(column, this.variableOf(group, column));
    }
  }

  private variableOf(group: Group, column: PooledColumn): Variable {
    this.pool.place(column, 0, standing.lower);
    const limited = column.uses.filter(
      ({ resource }) => this.rows[resource] ?? this.resources.limit(resource) < Infinity,
    );
    const rows = limited.map(({ resource }) => this.rowOf(resource));
    const units = limited.map((use) => use.units);
    return this.simplex.addVariable(group, rows, units, column.cost, column.upper, this.toldOf(column));
  }

  private toldOf(column: PooledColumn): (x: number, inBasis: boolean) => void {
    return (x, inBasis) => this.pool.place(column, Math.max(0, x), inBasis ? standing.basic : standing.lower);
  }

  private rowOf(resource: number): Row {
    let row = this.rows[resource];
    if (!row) {
      row = this.simplex.addRow(this.resources.limit(resource));
      this.rows[resource] = row;
      this.resourceOf.set(row, resource);
    }
    return row;
  }
}

/** More than is ever used of anything. */
const PLENTY = 1e12;
