import { EngineFailure } from '../engines/engine.js';
import { type Group, type Row, type Variable, place } from './program.js';
import { RatioTest, SMALL_PIVOT } from './ratio-test.js';
import { type LinearSolver, vertexBy } from './handover.js';
import { Leeway } from './leeway.js';
import { NOTHING } from './prices.js';
import { Resumable } from './resumable.js';
import { FEASIBLE } from './values.js';

/** Dual pivots for each row and group until the primal simplex begins anew. */
const LONG_DUAL = 0.1;
/** The share of variables that the dual ratio test looks at first. */
const NEAR = 0.25;
/** The share of groups of which the dual ratio test looks at each object: passes over arrays are quicker for more. */
const FEW = 0.05;

/** When the simplex tries something else. What it finds does not depend on it. */
export interface Stamina {
  /** Pivots times rows, in the dual simplex and columns: about what they cost in time. After as much another solver takes over. */
  readonly effort: number;
  /** Where no more variables undercut their group's price, they take the place of its key, and the dual simplex comes first. */
  readonly swaps: number;
  /** See `Leeway`; where it is not the usual. */
  readonly room?: number;
}

const STAMINA: Stamina = { effort: 4e7, swaps: 300 };
/** Pivots between two looks at the clock. */
const LOOK_UP_EVERY = 64;
const never = (): boolean => false;
/** Of so many that stand in line the best is taken. */
const IN_LINE = 400;

/** Variables near their group's price; prices may move by what is `left` until one of the others could come first. */
interface NearOnes {
  left: number;
  /** Where they lie, as long as variables have not been moved since. */
  readonly slots: Int32Array;
  readonly moves: number;
}

/**
 * A simplex for programs of groups that share limits: minimise Σ cost·x, where the variables of each group add up to its quantity and
 * rows limit what all use together. Basis, prices and values stay from one call of `solve` to the next: after a change of limits or
 * quantities the dual simplex, after one of costs or variables the primal simplex begins where the last ended.
 */
export class Simplex extends Resumable {
  private near: NearOnes | undefined;
  /** Counts beginnings of the dual simplex; weights from earlier ones are void. */
  private framework = 0;

  constructor(private readonly stamina: Stamina = STAMINA) {
    super(new Leeway(stamina.room));
  }

  /**
   * Brings all to the optimum. Throws `EngineFailure` where it loses its way.
   * @param solver takes over where that takes long
   * @param isOver asked now and then: where it says yes, it ends with values within all limits that are not optimal yet
   * @returns whether it has come to the optimum
   */
  solve(solver?: LinearSolver, isOver = never): boolean {
    if (!solver) this.effort = -Infinity;
    if (this.stale) this.reprice();
    this.swap();
    for (let attempt = 0; attempt < 20; attempt++) {
      this.dual();
      if (this.rough) this.refine();
      this.unshift();
      const ended = this.primal(isOver);
      if (solver && this.tires && !isOver()) this.takeOver(solver);
      if (this.infeasible.size > 0 || (ended && this.attractive.size > 0)) continue;
      if (!this.evaluate() && this.leeway.isGiven) {
        this.giveLeeway(false);
        continue;
      }
      this.effort = 0;
      this.tell();
      if (!this.leeway.isGiven) this.giveLeeway(true);
      this.reclaim();
      return ended;
    }
    throw new EngineFailure('the simplex goes back and forth');
  }

  /**
   * Whoever undercuts the price of a group that all goes one way takes it over: so prices are right for it at once, and the dual simplex sees to what
   * is overfull then. Of all the ways in which the primal simplex would get there it takes a short one.
   */
  private swap(): void {
    this.rateAll();
    if (this.attractive.size > this.stamina.swaps) return;
    const cheapest = new Map<Group, Variable>();
    for (const variable of this.attractive) {
      const { group } = variable;
      if (!group || group.basics.length > 0 || variable.stands !== place.lower) continue;
      const known = cheapest.get(group);
      if (!known || variable.reduced < known.reduced) cheapest.set(group, variable);
    }
    for (const [{ key }, variable] of cheapest) {
      if (variable.upper < key.x) continue;
      this.pivots++;
      this.move(variable, this.coordinatesOf(variable), key.x);
      this.handOver(variable, key, place.lower);
    }
  }

  /** Where a limit is none any more, what it held back is for a moment as large as that: all digits again. */
  private refine(): void {
    this.rough = false;
    this.recompute();
    this.dual();
  }

  private get tires(): boolean {
    return this.effort > this.stamina.effort;
  }

  /** Continues from an optimal vertex that another solver has found. */
  private takeOver(solver: LinearSolver): void {
    this.effort = -Infinity;
    this.stand(vertexBy(solver, this.all, this.rows));
  }

  /**
   * Begins anew, with nothing served, near these prices of rows: at first what is left of a row is rewarded with its price, so that
   * variables enter that are wanted near the optimum.
   */
  startAt(prices: ReadonlyMap<Row, number>, isOver = never): void {
    this.clear();
    for (const row of this.rows) {
      const price = prices.get(row) ?? 0;
      row.slack.shift = -price;
      this.shifted.push(row.slack);
      this.setPrice(row, price);
    }
    for (const group of this.all) this.rateGroup(group);
    this.primal(isOver);
    this.unshift();
  }

  /** Where the dual simplex takes too long, the primal one from nothing, at prices as they are, takes less. */
  private restart(): void {
    this.unshift();
    this.startAt(new Map(this.rows.map((row) => [row, Math.max(0, row.price)])));
  }

  /** Primal simplex: whoever undercuts the price of its group enters. Says whether nobody does any more, or another solver should go on. */
  private primal(isOver: () => boolean): boolean {
    for (let idle = 0, pivots = 1; !this.tires; pivots++) {
      if (pivots % LOOK_UP_EVERY === 0 && isOver()) return false;
      const variable = this.mostAttractive(idle > 200);
      if (!variable) return true;
      const direction = variable.stands === place.upper ? -1 : 1;
      const column = this.coordinatesOf(variable);
      const { blocking, step } = this.firstBlocking(variable, direction, column);
      if (!blocking) throw new EngineFailure('nothing blocks a variable');
      idle = step > FEASIBLE ? 0 : idle + 1;
      if (idle > 20_000) throw new EngineFailure('the simplex cycles');
      const rises = blocking === variable ? false : this.risesWith(blocking, variable, direction, column);
      this.move(variable, column, direction * step);
      if (blocking === variable) this.settle(variable, direction > 0 ? place.upper : place.lower);
      else this.pivot(variable, blocking, rises ? place.upper : place.lower);
    }
    return true;
  }

  /** Of some that stand in line the one that saves most per unit; where nothing moves, the oldest. */
  private mostAttractive(careful: boolean): Variable | undefined {
    do {
      if (this.attractive.size === 0) this.rateAll();
      let best: Variable | undefined;
      let looked = 0;
      for (const variable of this.attractive) {
        // Prices may have moved since it was rated.
        if (variable.group) this.priceGroup(variable.group);
        this.rate(variable);
        if (!this.attractive.has(variable)) continue;
        if (!best || Math.abs(variable.reduced) > Math.abs(best.reduced)) best = variable;
        if (careful || ++looked >= IN_LINE) break;
      }
      if (best) return best;
    } while (this.unrated.size > 0);
    return undefined;
  }

  /** Whose bound is met first as a variable enters, and after how much (Harris' two passes: of those within tolerance the largest pivot). */
  private firstBlocking(
    variable: Variable,
    direction: number,
    column: Float64Array,
  ): { blocking?: Variable; step: number } {
    const moving = this.movingWith(variable, direction, column);
    let most = variable.upper;
    for (const [each, rate] of moving) {
      const room = rate < 0 ? each.x : each.upper - each.x;
      if (room < Infinity) most = Math.min(most, (Math.max(0, room) + FEASIBLE) / Math.abs(rate));
    }
    if (most === Infinity) return { step: 0 };
    let blocking: Variable | undefined = variable.upper <= most ? variable : undefined;
    let step = variable.upper;
    let largest = blocking ? 1 : 0;
    for (const [each, rate] of moving) {
      const room = rate < 0 ? each.x : each.upper - each.x;
      const size = Math.abs(rate);
      if (room / size > most || size <= largest) continue;
      [blocking, step, largest] = [each, Math.max(0, room / size), size];
    }
    return { ...(blocking && { blocking }), step };
  }

  /** Basic variables and keys that change with one that enters, and how fast. */
  private movingWith(variable: Variable, direction: number, column: Float64Array): [Variable, number][] {
    const moving: [Variable, number][] = [];
    const groups: Group[] = [];
    const mark = this.nextMark();
    const touch = (group: Group, rate: number) => {
      if (group.mark !== mark) {
        group.mark = mark;
        group.rate = 0;
        groups.push(group);
      }
      group.rate += rate;
    };
    for (let position = 0; position < this.rows.length; position++) {
      const value = column[position]!;
      if (value === 0) continue;
      const each = this.head[position]!;
      if (each.group) touch(each.group, direction * value);
      if (Math.abs(value) > NOTHING) moving.push([each, -direction * value]);
    }
    if (variable.group) touch(variable.group, -direction);
    for (const { key, rate } of groups) if (Math.abs(rate) > NOTHING) moving.push([key, rate]);
    return moving;
  }

  private risesWith(blocking: Variable, variable: Variable, direction: number, column: Float64Array): boolean {
    if (blocking.stands === place.basic) return direction * column[blocking.position]! < 0;
    let rate = blocking.group === variable.group ? -direction : 0;
    for (const each of blocking.group!.basics) rate += direction * column[each.position]!;
    return rate > 0;
  }

  /** Dual simplex: whoever is beyond a bound leaves. */
  private dual(): void {
    this.framework++;
    this.near = undefined;
    const most = LONG_DUAL * (this.rows.length + this.all.size);
    for (let pivots = 0; this.infeasible.size > 0 && !this.tires; pivots++) {
      if (pivots > most) return this.restart();
      const variable = this.mostInfeasible();
      if (variable.stands === place.key) {
        if (variable.group!.basics.length === 0) {
          this.replaceKey(variable);
          continue;
        }
        this.exchange(variable, undefined, this.entering);
      }
      this.leave(variable);
    }
  }

  private mostInfeasible(): Variable {
    let worst: Variable | undefined;
    let most = 0;
    for (const variable of this.infeasible) {
      const excess = Math.max(-variable.x, variable.x - variable.upper);
      const share = (excess * excess) / this.weightOf(variable);
      if (!worst || share > most) [worst, most] = [variable, share];
    }
    return worst!;
  }

  private weightOf(variable: Variable): number {
    return variable.framework === this.framework ? variable.weight : 1;
  }

  private weigh(variable: Variable, weight: number): void {
    variable.framework = this.framework;
    variable.weight = weight;
  }

  /** Devex: how much a unit of each basic variable weighs against the others, after a pivot (Forrest and Goldfarb 1992). */
  private weighMoving(entering: Variable, column: Float64Array, leaving: Variable): void {
    const pivot = column[leaving.position]!;
    const ofLeaving = this.weightOf(leaving) / (pivot * pivot);
    for (const [each, rate] of this.movingWith(entering, 1, column)) {
      if (each === leaving) continue;
      const weight = rate * rate * ofLeaving;
      if (weight > this.weightOf(each)) this.weigh(each, weight);
    }
    this.weigh(entering, Math.max(1, ofLeaving));
  }

  private leave(variable: Variable): void {
    const to = variable.x < 0 ? place.lower : place.upper;
    const target = to === place.lower ? 0 : variable.upper;
    // The ratio test looks at many of them.
    this.effort += NEAR * this.coefficients.size;
    const multipliers = this.multipliersOf(variable.position);
    const entering = this.cheapestFor(variable, to === place.lower ? -1 : 1, multipliers);
    if (!entering) throw new EngineFailure('nobody can take over');
    if (entering.group) this.priceGroup(entering.group);
    const column = this.coordinatesOf(entering);
    const pivot = column[variable.position]!;
    if (Math.abs(pivot) < SMALL_PIVOT) {
      if (!this.basis.changed) throw new EngineFailure('a pivot is too small');
      return this.refactorize(true);
    }
    this.accept(entering);
    this.weighMoving(entering, column, variable);
    const amount = (variable.x - target) / pivot;
    this.move(entering, column, amount);
    this.pivot(entering, variable, to, multipliers);
  }

  /** A reduced cost of the wrong sign becomes nothing for a while. */
  private accept(variable: Variable): void {
    const wrong = variable.stands === place.upper ? variable.reduced > 0 : variable.reduced < 0;
    if (!wrong) return;
    variable.shift -= variable.reduced;
    if (variable.group) this.coefficients.rate(variable);
    this.shifted.push(variable);
    this.rate(variable);
    variable.reduced = 0;
  }

  private unshift(): void {
    if (this.shifted.length === 0) return;
    const variables = this.shifted.splice(0);
    for (const variable of variables) {
      variable.shift = 0;
      if (variable.group) this.coefficients.rate(variable);
    }
    this.reprice();
    for (const variable of variables)
      if (variable.group) this.rateGroup(variable.group);
      else this.rate(variable);
  }

  /**
   * Who enters for a variable that leaves: of those that move it towards its bound the one whose reduced cost is used up first. It is almost
   * always among the quarter of the variables that are nearest to their group's price; all are looked at where others might come first.
   * @param side 1 where it is above its upper bound, -1 where it is below its lower one
   */
  private cheapestFor(leaving: Variable, side: number, multipliers: Float64Array): Variable | undefined {
    const { coefficients, prices } = this;
    const test = new RatioTest(leaving, side);
    let largest = 0;
    const consider = (variable: Variable, product: number) => {
      largest = Math.max(largest, Math.abs(product));
      if (!test.concerns(variable, product)) return;
      const { group } = variable;
      if (group) this.priceGroup(group);
      if (group) variable.reduced = this.priced(variable) - group.price;
      test.take(variable, Math.abs(product));
    };
    const rows = this.rows.filter(({ index }) => Math.abs(multipliers[index]!) > NOTHING);
    for (const { slack, index } of rows) consider(slack, multipliers[index]!);
    const groups = this.groupsOn(rows, FEW);
    const areFew = groups !== this.all;
    if (areFew) for (const { members } of groups) this.visitSome(members, multipliers, SMALL_PIVOT, consider);
    else {
      this.visitSome(this.atUpper, multipliers, SMALL_PIVOT, consider);
      largest = Math.max(largest, coefficients.test(test, multipliers, prices, this.nearOnes().slots));
    }
    const ratio = test.best?.ratio;
    if (this.near) this.near.left -= (ratio ?? 0) * largest;
    if (!areFew && (ratio === undefined || this.near!.left < 0)) {
      this.near = undefined;
      coefficients.test(test, multipliers, prices, undefined);
    }
    return test.best?.variable;
  }

  private nearOnes(): NearOnes {
    const { moves } = this.coefficients;
    if (this.near?.moves !== moves) {
      for (const group of this.all) this.priceGroup(group);
      const { limit, slots } = this.coefficients.nearest(this.prices, this.groupPrices, NEAR);
      this.near = { left: limit, slots, moves };
    }
    return this.near;
  }

  /** A lone key beyond its bound: the next cheapest of its group takes its place. */
  private replaceKey(key: Variable): void {
    const group = key.group!;
    const below = key.x < 0;
    this.rateGroup(group);
    let best: Variable | undefined;
    for (const member of group.members) {
      if (member === key || member.fixed || (member.stands === place.upper) !== below) continue;
      if (!best || Math.abs(member.reduced) < Math.abs(best.reduced)) best = member;
    }
    if (!best) throw new EngineFailure('a group has nobody to serve it');
    this.pivots++;
    const amount = key.x - (below ? 0 : key.upper);
    this.move(best, this.coordinatesOf(best), amount);
    this.handOver(best, key, below ? place.lower : place.upper);
  }
}
