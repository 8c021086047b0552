import type { Variable } from './program.js';

/** So many excesses tell where a share of all lies. */
const SAMPLE = 512;

/**
 * The coefficients of the variables of all groups, one after the other in typed arrays: passes over many thousands of them read memory in
 * order, and no objects.
 */
export class Coefficients {
  private starts = new Int32Array(1025);
  private rows = new Int32Array(4096);
  private units = new Float64Array(4096);
  private groups = new Int32Array(1024);
  private costs = new Float64Array(1024);
  private held: (Variable | undefined)[] = [];
  private gone = 0;

  /** @param group the number of its group */
  add(variable: Variable, group: number): void {
    const slot = this.held.length;
    const from = this.starts[slot]!;
    const to = from + variable.rows.length;
    if (slot + 1 >= this.costs.length) this.growSlots();
    if (to > this.rows.length) this.growEntries(to);
    variable.rows.forEach(({ index }, at) => (this.rows[from + at] = index));
    variable.units.forEach((units, at) => (this.units[from + at] = units));
    this.starts[slot + 1] = to;
    this.groups[slot] = group;
    this.held.push(variable);
    variable.slot = slot;
    this.rate(variable);
  }

  remove(variable: Variable): void {
    this.held[variable.slot] = undefined;
    variable.slot = -1;
    this.gone++;
    if (this.gone > 1000 && this.gone > this.held.length / 2) this.compact();
  }

  /** Its cost or shift is another one. */
  rate({ slot, cost, shift }: Variable): void {
    this.costs[slot] = cost + shift;
  }

  /** The product of a row vector with the column of a variable. */
  product(vector: Float64Array, { slot }: Variable): number {
    const to = this.starts[slot + 1]!;
    let sum = 0;
    for (let at = this.starts[slot]!; at < to; at++) sum += vector[this.rows[at]!]! * this.units[at]!;
    return sum;
  }

  /** What a unit of a variable costs at prices of rows. */
  priced(prices: Float64Array, variable: Variable): number {
    return this.costs[variable.slot]! + this.product(prices, variable);
  }

  /**
   * Visits the variables whose product with a vector differs from their group's by more than a tolerance.
   * @param ofGroups the products of the keys, by the number of the group
   */
  visitProducts(
    vector: Float64Array,
    ofGroups: Float64Array,
    tolerance: number,
    visit: (variable: Variable, difference: number) => void,
  ): void {
    const { starts, rows, units, groups, held } = this;
    let at = 0;
    for (let slot = 0; slot < held.length; slot++) {
      const to = starts[slot + 1]!;
      let sum = -ofGroups[groups[slot]!]!;
      for (; at < to; at++) sum += vector[rows[at]!]! * units[at]!;
      if (sum <= tolerance && sum >= -tolerance) continue;
      const variable = held[slot];
      if (variable) visit(variable, sum);
    }
  }

  /**
   * Visits the variables that undercut their group's price.
   * @param ofGroups what their keys cost, by the number of the group
   */
  visitCheaper(prices: Float64Array, ofGroups: Float64Array, visit: (variable: Variable) => void): void {
    const { starts, rows, units, groups, costs, held } = this;
    let at = 0;
    for (let slot = 0; slot < held.length; slot++) {
      const to = starts[slot + 1]!;
      let sum = costs[slot]! - ofGroups[groups[slot]!]!;
      for (; at < to; at++) sum += prices[rows[at]!]! * units[at]!;
      if (!(sum < 0)) continue;
      const variable = held[slot];
      if (variable) visit(variable);
    }
  }

  /** About this share of the variables: those that are dearest against their group's price are left out. Sampled, so roughly. */
  nearest(prices: Float64Array, ofGroups: Float64Array, share: number): { limit: number; variables: Variable[] } {
    const { starts, rows, units, groups, costs, held } = this;
    const excess = new Float64Array(held.length);
    let at = 0;
    for (let slot = 0; slot < held.length; slot++) {
      const to = starts[slot + 1]!;
      let sum = costs[slot]! - ofGroups[groups[slot]!]!;
      for (; at < to; at++) sum += prices[rows[at]!]! * units[at]!;
      excess[slot] = sum;
    }
    const stride = Math.ceil(held.length / SAMPLE);
    const sample = excess.filter((each, slot) => slot % stride === 0 && each > 0).sort();
    const limit = sample[Math.floor(share * (sample.length - 1))] ?? 0;
    const isNear = (variable: Variable | undefined, slot: number): variable is Variable =>
      variable !== undefined && excess[slot]! <= limit;
    return { limit, variables: held.filter(isNear) };
  }

  private growSlots(): void {
    const slots = 2 * this.costs.length;
    this.starts = enlarged(this.starts, new Int32Array(slots + 1));
    this.groups = enlarged(this.groups, new Int32Array(slots));
    this.costs = enlarged(this.costs, new Float64Array(slots));
  }

  private growEntries(least: number): void {
    const entries = 2 * Math.max(least, this.rows.length);
    this.rows = enlarged(this.rows, new Int32Array(entries));
    this.units = enlarged(this.units, new Float64Array(entries));
  }

  private compact(): void {
    const { held, groups } = this;
    const kept = held.flatMap((variable, slot) => (variable ? [{ variable, group: groups[slot]! }] : []));
    this.held = [];
    this.gone = 0;
    for (const { variable, group } of kept) this.add(variable, group);
  }
}

function enlarged<Numbers extends Int32Array | Float64Array>(numbers: Numbers, larger: Numbers): Numbers {
  larger.set(numbers);
  return larger;
}
