import { Coefficients } from './coefficients.js';
import { type Group, type Row, type Variable, place } from './program.js';

/** Coordinates and multipliers below are nothing. */
export const NOTHING = 1e-10;
/** Relative to the price of the group: what undercuts it by no more is not cheaper. */
const CHEAPER = 1e-12;

/** Told of a variable, and its product with multipliers of rows less that of its group's key. */
export type Visit = (variable: Variable, product: number) => void;

/** The prices of rows and groups, and who undercuts them. */
export class Prices {
  readonly rows: Row[] = [];
  /** Rows and groups whose price is another one since this was last emptied, with what it was. */
  readonly repricedRows = new Map<Row, number>();
  readonly repricedGroups = new Map<Group, number>();
  protected readonly attractive = new Set<Variable>();
  protected readonly atUpper = new Set<Variable>();
  /** All groups there are. */
  protected readonly all = new Set<Group>();
  /** Rows with another price since their users were rated. */
  protected readonly unrated = new Set<Row>();
  protected readonly coefficients = new Coefficients();
  /** Prices of rows, and what the keys of groups cost at them; by index. */
  protected prices: Float64Array = new Float64Array(64);
  protected groupPrices: Float64Array = new Float64Array(64);
  private mark = 0;

  /** What one unit costs at the prices of the rows. */
  priced(variable: Variable): number {
    return this.coefficients.priced(this.prices, variable);
  }

  /** Groups are rated only when somebody asks for it: of thousands that a price concerns few are ever candidates. */
  protected stepPrices(multipliers: Float64Array, step: number): void {
    if (step === 0) return;
    for (const row of this.rows) {
      const value = multipliers[row.index]!;
      if (Math.abs(value) <= NOTHING) continue;
      this.setPrice(row, row.slack.stands === place.basic ? -row.slack.shift : row.price - step * value);
      this.unrated.add(row);
    }
  }

  /** Rates everybody whose rows have other prices. */
  protected rateAll(): void {
    const groups = this.groupsOn(this.unrated);
    this.unrated.clear();
    if (groups !== this.all) {
      for (const group of groups) this.rateGroup(group);
      return;
    }
    for (const group of groups) this.priceGroup(group);
    this.coefficients.visitCheaper(this.prices, this.groupPrices, (variable) => this.rate(variable));
    for (const variable of this.atUpper) this.rate(variable);
  }

  /** Visits variables whose product with these multipliers differs from their key's by more than a tolerance. */
  protected visitSome(variables: Iterable<Variable>, multipliers: Float64Array, tolerance: number, visit: Visit): void {
    const { coefficients } = this;
    for (const variable of variables) {
      if (variable.slot < 0) continue;
      const { key } = variable.group!;
      const product = coefficients.product(multipliers, variable) - coefficients.product(multipliers, key);
      if (Math.abs(product) > tolerance) visit(variable, product);
    }
  }

  /** Groups with a variable that uses one of these rows, and maybe others: where more than a share of all might, all. */
  protected groupsOn(rows: Iterable<Row>, share = 1): Iterable<Group> {
    let users = 0;
    const some: Row[] = [];
    for (const row of rows) {
      users += row.users.size;
      some.push(row);
    }
    if (users > share * this.all.size) return this.all;
    const groups: Group[] = [];
    const mark = this.nextMark();
    for (const row of some)
      for (const { group } of row.users)
        if (group!.mark !== mark) {
          group!.mark = mark;
          groups.push(group!);
        }
    return groups;
  }

  /** For marking groups, another than any before. */
  protected nextMark(): number {
    return ++this.mark;
  }

  protected setPrice(row: Row, price: number): void {
    if (!this.repricedRows.has(row)) this.repricedRows.set(row, row.price);
    row.price = this.prices[row.index] = price;
    this.rate(row.slack);
  }

  protected rateGroup(group: Group): void {
    this.priceGroup(group);
    for (const member of group.members) this.rate(member);
  }

  protected priceGroup(group: Group): void {
    const price = this.priced(group.key);
    if (price === group.price) return;
    if (!this.repricedGroups.has(group)) this.repricedGroups.set(group, group.price);
    group.price = this.groupPrices[group.index] = price;
  }

  /** The reduced cost, and whether it makes the variable one that should enter. */
  protected rate(variable: Variable): void {
    const { group } = variable;
    if (variable.isBasic) {
      variable.reduced = 0;
      this.attractive.delete(variable);
      return;
    }
    variable.reduced = group ? this.priced(variable) - group.price : variable.rows[0]!.price + variable.shift;
    const cheaper = CHEAPER * Math.max(1, Math.abs(group?.price ?? 0));
    const wanted = variable.stands === place.upper ? variable.reduced > cheaper : variable.reduced < -cheaper;
    if (wanted && !variable.fixed) this.attractive.add(variable);
    else this.attractive.delete(variable);
  }
}
