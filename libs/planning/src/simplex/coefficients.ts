import { enlarged } from '../arrays.js';
import type { Variable } from './program.js';
import { type RatioTest, SMALL_PIVOT } from './ratio-test.js';

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
  /** By group: where its key lies; -1 where there is no group. */
  private keys = new Int32Array(64).fill(-1);
  private groupCount = 0;
  /** Scratch of passes over all variables, and over all groups. */
  private sums = new Float64Array(1024);
  private keyProducts = new Float64Array(64);
  private keyPrices = new Float64Array(64);
  /** Counts how often variables were moved to other slots. */
  moves = 0;

  /** Variables, those lately gone among them. */
  get size(): number {
    return this.held.length;
  }

  /** @param group the number of its group */
  add(variable: Variable, group: number): void {
    const slot = this.held.length;
    const from = this.starts[slot]!;
    const to = from + variable.rows.length;
    this.fit(slot + 1, to);
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

  /** The key of a group is another variable, or there is no such group any more. */
  setKey(group: number, key: Variable | undefined): void {
    const known = this.groupCount;
    this.groupCount = Math.max(known, group + 1);
    this.keys = enlarged(this.keys, this.groupCount);
    this.keys.fill(-1, known, this.groupCount);
    this.keys[group] = key?.slot ?? -1;
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
   * Gives all variables of groups, or some of them, to a ratio test.
   * @param slots where the variables lie
   * @returns the largest product of multipliers with the column of a variable, less its key's
   */
  test(test: RatioTest, multipliers: Float64Array, prices: Float64Array, slots: Int32Array | undefined): number {
    const { starts, rows, units, groups, costs, held } = this;
    this.lookAtKeys(multipliers, prices);
    const { keyProducts, keyPrices } = this;
    const { side } = test;
    const count = slots?.length ?? held.length;
    let largest = 0;
    for (let each = 0; each < count; each++) {
      const slot = slots ? slots[each]! : each;
      const group = groups[slot]!;
      const [from, to] = [starts[slot]!, starts[slot + 1]!];
      let product = -keyProducts[group]!;
      for (let at = from; at < to; at++) product += multipliers[rows[at]!]! * units[at]!;
      largest = Math.max(largest, Math.abs(product));
      if (side * product <= SMALL_PIVOT) continue;
      let reduced = costs[slot]! - keyPrices[group]!;
      for (let at = from; at < to; at++) reduced += prices[rows[at]!]! * units[at]!;
      test.risen(held[slot], reduced, side * product);
    }
    return largest;
  }

  /**
   * Visits the variables that undercut their group's price.
   * @param ofGroups what their keys cost, by the number of the group
   */
  visitCheaper(prices: Float64Array, ofGroups: Float64Array, visit: (variable: Variable) => void): void {
    const excesses = this.excesses(prices, ofGroups);
    for (let slot = 0; slot < this.held.length; slot++) {
      const variable = excesses[slot]! < 0 ? this.held[slot] : undefined;
      if (variable) visit(variable);
    }
  }

  /** About this share of the variables, by slot: those that are dearest against their group's price are left out. Sampled, so roughly. */
  nearest(prices: Float64Array, ofGroups: Float64Array, share: number): { limit: number; slots: Int32Array } {
    const excesses = this.excesses(prices, ofGroups);
    const sample: number[] = [];
    const stride = Math.ceil(this.held.length / SAMPLE);
    for (let slot = 0; slot < this.held.length; slot += stride) if (excesses[slot]! > 0) sample.push(excesses[slot]!);
    sample.sort((one, other) => one - other);
    const limit = sample[Math.floor(share * (sample.length - 1))] ?? 0;
    const slots: number[] = [];
    for (let slot = 0; slot < this.held.length; slot++) if (excesses[slot]! <= limit) slots.push(slot);
    return { limit, slots: Int32Array.from(slots) };
  }

  /** Products of the keys with multipliers, and what they cost. */
  private lookAtKeys(multipliers: Float64Array, prices: Float64Array): void {
    const { starts, rows, units, costs, keys, groupCount } = this;
    this.keyProducts = enlarged(this.keyProducts, groupCount);
    this.keyPrices = enlarged(this.keyPrices, groupCount);
    const { keyProducts, keyPrices } = this;
    for (let group = 0; group < groupCount; group++) {
      const slot = keys[group]!;
      if (slot < 0) continue;
      let [product, price] = [0, costs[slot]!];
      for (let at = starts[slot]!; at < starts[slot + 1]!; at++) {
        product += multipliers[rows[at]!]! * units[at]!;
        price += prices[rows[at]!]! * units[at]!;
      }
      keyProducts[group] = product;
      keyPrices[group] = price;
    }
  }

  /** By slot: what a unit of a variable costs at prices of rows, less its group's price. */
  private excesses(prices: Float64Array, ofGroups: Float64Array): Float64Array {
    const { starts, rows, units, groups, costs, held, sums } = this;
    let at = 0;
    for (let slot = 0; slot < held.length; slot++) {
      const to = starts[slot + 1]!;
      let sum = costs[slot]! - ofGroups[groups[slot]!]!;
      for (; at < to; at++) sum += prices[rows[at]!]! * units[at]!;
      sums[slot] = sum;
    }
    return sums;
  }

  private fit(slots: number, entries: number): void {
    this.starts = enlarged(this.starts, slots + 1);
    this.groups = enlarged(this.groups, slots);
    this.costs = enlarged(this.costs, slots);
    this.sums = enlarged(this.sums, slots);
    this.rows = enlarged(this.rows, entries);
    this.units = enlarged(this.units, entries);
  }

  private compact(): void {
    const { held, groups, keys } = this;
    const kept = held.flatMap((variable, slot) => (variable ? [{ variable, group: groups[slot]!, slot }] : []));
    this.held = [];
    this.gone = 0;
    this.moves++;
    const keysOf = kept.filter(({ group, slot }) => keys[group] === slot);
    for (const { variable, group } of kept) this.add(variable, group);
    for (const { variable, group } of keysOf) keys[group] = variable.slot;
  }
}
