import { EngineFailure } from '../engines/engine.js';
import { enlarged } from '../arrays.js';
import type { Vertex } from './handover.js';
import { NOTHING } from './prices.js';
import { Group, type Place, Row, Variable, place } from './program.js';
import { Values } from './values.js';
import type { Sparse } from './working-basis.js';

/** A limit that moves by more leaves values with fewer digits than are needed. */
const ROUGH = 1e8;

/**
 * The state of a program of groups that share limits: which variables are basic, keys or at a bound, with their values and the prices of
 * rows and groups. Generalised upper bounds: every group has a key variable, and the working basis holds full rows only (Dantzig and Van
 * Slyke 1967). Changes of the program and pivots keep it consistent.
 */
export class Tableau extends Values {
  protected pivots = 0;
  /** Since the last optimum: see `Stamina`. */
  protected effort = 0;
  protected reported = 0;
  /** Have values been so large on the way that they are not exact any more? */
  protected rough = false;
  protected readonly shifted: Variable[] = [];
  protected readonly retired = new Set<Row>();
  protected readonly unused: Row[] = [];
  private readonly freeIndices: number[] = [];

  addRow(limit: number): Row {
    const old = this.unused.pop();
    if (old) {
      this.setLimit(old, limit);
      return old;
    }
    const row = new Row(this.rows.length, limit);
    row.leeway = this.leeway.ofLimit(limit);
    this.rows.push(row);
    this.head.push(row.slack);
    Object.assign(row.slack, { stands: place.basic, position: row.index, x: row.space });
    if (this.rows.length > this.entering.length) {
      this.entering = new Float64Array(2 * this.rows.length);
      this.leaving = new Float64Array(2 * this.rows.length);
      this.prices = enlarged(this.prices, 2 * this.rows.length);
    }
    return row;
  }

  /** Nobody will use it again; it is given to somebody else when those who do are gone. */
  removeRow(row: Row): void {
    this.retired.add(row);
  }

  protected reclaim(): void {
    for (const row of this.retired) {
      if (row.users.size > 0 || row.slack.stands !== place.basic) continue;
      this.retired.delete(row);
      this.unused.push(row);
    }
  }

  /** A group, and the variable that it is left with where no other serves it. */
  addGroup(quantity: number, cost: number, told?: Variable['told']): Group {
    const group = new Group(this.freeIndices.pop() ?? this.all.size, quantity);
    group.leeway = this.leeway.ofQuantity(quantity);
    const key = new Variable(group, [], [], cost, Infinity, told);
    this.all.add(group);
    if (group.index >= this.groupPrices.length) this.groupPrices = enlarged(this.groupPrices, 2 * group.index);
    this.coefficients.add(key, group.index);
    group.members.add(key);
    group.rest = key;
    this.setKey(group, key);
    key.stands = place.key;
    group.price = this.groupPrices[group.index] = cost;
    this.repricedGroups.set(group, cost);
    this.put(key, group.amount);
    return group;
  }

  addVariable(
    group: Group,
    rows: readonly Row[],
    units: readonly number[],
    cost: number,
    upper: number,
    told?: Variable['told'],
  ): Variable {
    const variable = new Variable(group, rows, units, cost, upper, told);
    group.members.add(variable);
    this.coefficients.add(variable, group.index);
    for (const row of rows) row.users.add(variable);
    this.rate(variable);
    return variable;
  }

  setCost(variable: Variable, cost: number): void {
    if (variable.cost === cost) return;
    variable.cost = cost;
    this.coefficients.rate(variable);
    if (variable.isBasic) this.stale = true;
    else this.rate(variable);
    if (variable.stands === place.key) this.rateGroup(variable.group!);
  }

  setQuantity(group: Group, quantity: number): void {
    if (quantity === group.quantity) return;
    const before = group.amount;
    group.quantity = quantity;
    group.leeway = this.leeway.ofQuantity(quantity);
    const more = group.amount - before;
    this.carry(group.key, more);
    this.put(group.key, group.key.x + more);
  }

  setLimit(row: Row, limit: number): void {
    if (limit === row.limit) return;
    const before = row.space;
    row.limit = limit;
    row.leeway = this.leeway.ofLimit(limit);
    const more = row.space - before;
    if (Math.abs(more) > ROUGH) this.rough = true;
    const { entering } = this;
    entering.fill(0, 0, this.rows.length);
    entering[row.index] = 1;
    this.basis.coordinates(entering);
    this.shiftBasics(-more);
  }

  /** It carries nothing any more, from the next `solve` on. */
  remove(variable: Variable): void {
    delete variable.told;
    variable.gone = true;
    variable.upper = 0;
    this.attractive.delete(variable);
    if (variable.isBasic) this.watch(variable);
    else this.bury(variable);
  }

  /** Quantity 0 and nothing to serve it; it goes when the last of its variables has left the basis. */
  removeGroup(group: Group): void {
    delete group.rest.told;
    group.gone = true;
    this.setQuantity(group, 0);
    for (const variable of [...group.members]) if (variable !== group.rest) this.remove(variable);
    this.dissolve(group);
  }

  /** Pivots since this was last asked. */
  takePivots(): number {
    const pivots = this.pivots - this.reported;
    this.reported = this.pivots;
    return pivots;
  }

  /** Nothing served, and nothing but slacks in the basis; prices stay. */
  protected clear(): void {
    for (const { slack, index } of this.rows) Object.assign(slack, { stands: place.basic, position: index });
    this.rows.forEach(({ slack }, index) => (this.head[index] = slack));
    for (const group of this.all) {
      this.setKey(group, group.rest);
      group.basics.length = 0;
      for (const member of group.members) if (member !== group.rest) this.settle(member, place.lower);
      Object.assign(group.rest, { stands: place.key, position: -1 });
      this.put(group.rest, group.amount);
    }
    for (const row of this.rows) this.put(row.slack, row.space);
    this.refactorize();
  }

  /** At another vertex. */
  protected stand({ basic, atUpper }: Vertex): void {
    const inBasis: Variable[] = [];
    this.infeasible.clear();
    for (const { slack } of this.rows) if (!basic.has(slack)) this.settle(slack, place.lower);
    for (const group of [...this.all]) {
      const members = [...group.members];
      const some = members.filter((member) => basic.has(member));
      const key = some[0] ?? group.rest;
      this.setKey(group, key);
      group.basics.length = 0;
      group.basics.push(...some.slice(1));
      inBasis.push(...group.basics);
      for (const member of group.basics) member.stands = place.basic;
      Object.assign(key, { stands: place.key, position: -1 });
      this.atUpper.delete(key);
      for (const member of members)
        if (member !== key && !basic.has(member)) this.settle(member, atUpper.has(member) ? place.upper : place.lower);
    }
    let next = 0;
    for (const { slack, index } of this.rows)
      if (basic.has(slack)) {
        Object.assign(slack, { stands: place.basic, position: index });
        this.head[index] = slack;
      } else this.head[index] = inBasis[next++] ?? slack;
    if (next !== inBasis.length) throw new EngineFailure('a basis of another size');
    this.refactorize(true);
    for (const group of this.all) this.rateGroup(group);
  }

  /**
   * One variable enters, one leaves to a bound.
   * @param known the multipliers of its position, where somebody has them already
   */
  protected pivot(variable: Variable, leaves: Variable, to: Place, known?: Float64Array): void {
    this.pivots++;
    this.effort += this.rows.length;
    const column = this.entering;
    if (leaves.stands === place.key) {
      if (leaves.group!.basics.length === 0) return this.handOver(variable, leaves, to);
      this.exchange(leaves, variable, column);
    }
    const position = leaves.position;
    const pivot = column[position]!;
    if (Math.abs(pivot) < NOTHING) throw new EngineFailure('a pivot is nothing');
    const multipliers = known ?? this.multipliersOf(position);
    const step = variable.reduced / pivot;
    this.basis.replace(position, sparse(column, this.rows.length), pivot);
    leaves.position = -1;
    if (leaves.group) leaves.group.basics.splice(leaves.group.basics.indexOf(leaves), 1);
    this.head[position] = variable;
    variable.position = position;
    variable.stands = place.basic;
    variable.group?.basics.push(variable);
    leaves.stands = to;
    this.stepPrices(multipliers, step);
    this.settle(leaves, to);
    this.put(variable, variable.x);
    if (this.basis.worn) this.refactorize(this.pivots % 1024 < 60);
  }

  /** The key has nobody else of its group in the basis: the one that enters takes its place, and no price of a row changes. */
  protected handOver(variable: Variable, leaves: Variable, to: Place): void {
    const group = leaves.group!;
    this.setKey(group, variable);
    variable.stands = place.key;
    this.settle(leaves, to);
    this.rateGroup(group);
    this.put(variable, variable.x);
  }

  /** A basic variable of the group becomes its key, so that the key can leave from its position. */
  protected exchange(key: Variable, entering: Variable | undefined, column: Float64Array): void {
    const { basics } = key.group!;
    const next = basics.reduce((best, each) =>
      each.x > best.x && !each.gone ? each : best.gone && !each.gone ? each : best,
    );
    const { position } = next;
    const others = basics.flatMap((each) => (each === next ? [] : [each.position]));
    this.basis.exchangeKey(position, others);
    basics[basics.indexOf(next)] = key;
    this.head[position] = key;
    Object.assign(key, { stands: place.basic, position });
    Object.assign(next, { stands: place.key, position: -1 });
    this.setKey(key.group!, next);
    // It may not use the rows by which the group would be found to have another price.
    this.priceGroup(key.group!);
    if (!entering) return;
    if (entering.group === key.group) column[position]! -= 1;
    column[position] = -column[position]!;
    for (const other of others) column[position]! -= column[other]!;
  }

  private setKey(group: Group, key: Variable): void {
    group.key = key;
    this.coefficients.setKey(group.index, key);
  }

  /** It stands at a bound from now on. */
  protected settle(variable: Variable, to: Place): void {
    variable.stands = to;
    variable.position = -1;
    if (to === place.upper) this.atUpper.add(variable);
    else this.atUpper.delete(variable);
    variable.x = to === place.upper ? variable.upper : 0;
    this.infeasible.delete(variable);
    this.note(variable);
    if (variable.gone) this.bury(variable);
    else this.rate(variable);
    if (variable.group?.gone) this.dissolve(variable.group);
  }

  protected bury(variable: Variable): void {
    if (variable.x !== 0) {
      this.move(variable, this.coordinatesOf(variable), -variable.x);
    }
    const { group } = variable;
    group?.members.delete(variable);
    this.coefficients.remove(variable);
    this.atUpper.delete(variable);
    for (const row of variable.rows) row.users.delete(variable);
    this.attractive.delete(variable);
    if (group?.gone) this.dissolve(group);
  }

  /** A group that is gone goes for good when nothing but what it is left with remains. */
  private dissolve(group: Group): void {
    const { rest, key, basics, members } = group;
    if (key !== rest && basics.length === 0) return this.handOver(rest, key, place.lower);
    if (key !== rest || members.size > 1 || !this.all.delete(group)) return;
    this.freeIndices.push(group.index);
    this.coefficients.setKey(group.index, undefined);
    this.coefficients.remove(rest);
  }
}

function sparse(vector: Float64Array, length: number): Sparse {
  const at: number[] = [];
  const values: number[] = [];
  for (let index = 0; index < length; index++)
    if (Math.abs(vector[index]!) > 1e-14) {
      at.push(index);
      values.push(vector[index]!);
    }
  return { at, values };
}
