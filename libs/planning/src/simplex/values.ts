import { EngineFailure } from '../engines/engine.js';
import { enlarged } from '../arrays.js';
import type { Leeway } from './leeway.js';
import { Prices } from './prices.js';
import { type Group, type Variable, place } from './program.js';
import { type Sparse, WorkingBasis } from './working-basis.js';

/** What is over or under a bound by no more is within it. */
export const FEASIBLE = 1e-9;
/** A value that is nearer to nothing is nothing. */
const TRACE = 1e-12;

const rounded = (value: number): number => (Math.abs(value) < TRACE ? 0 : value);

/** The values that variables have at the vertex where the program stands: all follow from the basis, and from who is at an upper bound. */
export class Values extends Prices {
  /** The variables of the working basis, by position. */
  protected readonly head: Variable[] = [];
  protected readonly basis = new WorkingBasis();
  protected readonly infeasible = new Set<Variable>();
  /** Costs of basic variables have changed since prices were taken from them. */
  protected stale = false;
  /** Scratch, by row or position. */
  protected entering: Float64Array = new Float64Array(64);
  protected leaving: Float64Array = new Float64Array(64);
  /** Scratch: of groups, what their other variables leave to the key. */
  private left: Float64Array = new Float64Array(64);
  private readonly moved: Variable[] = [];

  constructor(protected readonly leeway: Leeway) {
    super();
  }

  /** Factors, values and prices anew, from what stands where. */
  refactorize(values = false): void {
    const basics = this.head.filter((variable) => variable.group !== undefined);
    const full: number[] = [];
    for (const { index, slack } of this.rows)
      if (slack.stands !== place.basic) full.push(index);
      else [this.head[index], slack.position] = [slack, index];
    basics.forEach((variable, at) => ([this.head[full[at]!], variable.position] = [variable, full[at]!]));
    if (
      !this.basis.factorize(
        full,
        basics.map((variable) => this.columnOf(variable)),
      )
    )
      throw new EngineFailure('the basis is singular');
    if (values) this.recompute();
  }

  /** Values and prices anew. */
  protected recompute(): void {
    this.eachValue('with leeway', (variable, value) => this.put(variable, value));
    this.reprice();
  }

  /** The values of all that is basic at limits and quantities as they are; says whether they are within bounds. */
  protected evaluate(): boolean {
    let fits = true;
    this.eachValue('as they are', (variable, value) => {
      variable.exact = rounded(value);
      fits &&= value >= -FEASIBLE && value <= variable.upper + FEASIBLE;
    });
    return fits;
  }

  /** Limits and quantities as they are from now on, or again with leeway. */
  protected giveLeeway(given: boolean): void {
    this.leeway.give(given);
    for (const row of this.rows) row.leeway = this.leeway.ofLimit(row.limit);
    for (const group of this.all) group.leeway = this.leeway.ofQuantity(group.quantity);
    this.recompute();
  }

  /** The values of the working basis, then of keys, from limits and quantities. */
  private eachValue(limits: 'with leeway' | 'as they are', take: (variable: Variable, value: number) => void): void {
    const isExact = limits === 'as they are';
    const side = this.entering;
    this.left = enlarged(this.left, this.groupPrices.length);
    const { left } = this;
    for (const row of this.rows) side[row.index] = isExact ? row.limit : row.space;
    for (const group of this.all) {
      const amount = isExact ? group.quantity : group.amount;
      left[group.index] = amount;
      this.load(side, group.key, -amount);
    }
    for (const variable of this.atUpper) {
      if (variable.stands !== place.upper) continue;
      this.loadDifference(side, variable, -variable.x);
      left[variable.group!.index]! -= variable.x;
    }
    this.basis.coordinates(side);
    this.head.forEach((variable, position) => {
      const value = side[position]!;
      if (variable.group) left[variable.group.index]! -= value;
      take(variable, value);
    });
    for (const { key, index } of this.all) take(key, left[index]!);
  }

  /** Prices of rows and groups from the costs of the basis. */
  protected reprice(): void {
    this.stale = false;
    const prices = this.leaving;
    const groups = new Set<Group>();
    prices.fill(0, 0, this.rows.length);
    this.head.forEach((variable, position) => {
      const { group } = variable;
      if (!group) {
        prices[position] = -variable.shift;
        return;
      }
      prices[position] = group.key.cost + group.key.shift - variable.cost - variable.shift;
      groups.add(group);
    });
    this.basis.multipliers(prices);
    for (const row of this.rows)
      if (row.slack.stands === place.basic) prices[row.index] = -row.slack.shift;
      else if (Math.abs(prices[row.index]! - row.price) <= 1e-12 * Math.max(1, row.price))
        prices[row.index] = row.price;
    for (const row of this.rows) {
      if (prices[row.index] === row.price) continue;
      this.setPrice(row, prices[row.index]!);
      for (const { group } of row.users) groups.add(group!);
    }
    for (const group of groups) this.rateGroup(group);
  }

  protected move(variable: Variable, column: Float64Array, amount: number): void {
    if (amount !== 0) this.shiftBasics(amount, column);
    if (amount !== 0 && variable.group) this.put(variable.group.key, variable.group.key.x - amount);
    variable.x += amount;
  }

  /** What the basic variables and keys do when so much of a column comes in. */
  protected shiftBasics(amount: number, column = this.entering): void {
    for (let position = 0; position < this.rows.length; position++) {
      const value = column[position]!;
      if (value === 0) continue;
      const variable = this.head[position]!;
      this.put(variable, variable.x - amount * value);
      if (variable.group) this.put(variable.group.key, variable.group.key.x + amount * value);
    }
  }

  protected carry(key: Variable, amount: number): void {
    const { entering } = this;
    entering.fill(0, 0, this.rows.length);
    for (let at = 0; at < key.rows.length; at++) entering[key.rows[at]!.index]! += key.units[at]!;
    this.basis.coordinates(entering);
    this.shiftBasics(amount);
  }

  protected coordinatesOf(variable: Variable): Float64Array {
    const { entering } = this;
    entering.fill(0, 0, this.rows.length);
    this.loadDifference(entering, variable, 1);
    this.basis.coordinates(entering);
    return entering;
  }

  protected multipliersOf(position: number): Float64Array {
    const { leaving } = this;
    leaving.fill(0, 0, this.rows.length);
    leaving[position] = 1;
    this.basis.multipliers(leaving);
    return leaving;
  }

  protected columnOf(variable: Variable): Sparse {
    const { key } = variable.group!;
    const entries = new Map<number, number>();
    const add = ({ rows, units }: Variable, factor: number) =>
      rows.forEach(({ index }, at) => entries.set(index, (entries.get(index) ?? 0) + factor * units[at]!));
    add(variable, 1);
    add(key, -1);
    const kept = [...entries].filter(([, value]) => value !== 0);
    return { at: kept.map(([row]) => row), values: kept.map(([, value]) => value) };
  }

  protected load(vector: Float64Array, { rows, units }: Variable, amount: number): void {
    for (let at = 0; at < rows.length; at++) vector[rows[at]!.index]! += amount * units[at]!;
  }

  /** A variable in the place of its group's key. */
  protected loadDifference(vector: Float64Array, variable: Variable, amount: number): void {
    this.load(vector, variable, amount);
    if (variable.group) this.load(vector, variable.group.key, -amount);
  }

  protected put(variable: Variable, x: number): void {
    variable.x = rounded(x);
    this.watch(variable);
  }

  protected watch(variable: Variable): void {
    const { x, upper } = variable;
    if (variable.isBasic && (x < -FEASIBLE || x > upper + FEASIBLE)) this.infeasible.add(variable);
    else this.infeasible.delete(variable);
  }

  protected note(variable: Variable): void {
    if (variable.noted) return;
    variable.noted = true;
    this.moved.push(variable);
  }

  /** Tells what has moved since this was last asked. */
  protected tell(): void {
    for (const variable of this.moved) {
      variable.noted = false;
      if (!variable.isBasic) say(variable);
    }
    this.moved.length = 0;
    for (const variable of this.head) say(variable);
    for (const { key } of this.all) say(key);
  }
}

/** Tells what a variable carries, where that is something else than before. */
function say(variable: Variable): void {
  const { carries, isBasic } = variable;
  if (variable.said === carries && variable.wasBasic === isBasic) return;
  variable.said = carries;
  variable.wasBasic = isBasic;
  variable.told?.(carries, isBasic);
}
