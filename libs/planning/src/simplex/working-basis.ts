import { SparseLu } from './sparse-lu.js';

/** A sparse vector: where it is not zero, and its values there. */
export interface Sparse {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** What has happened to the basis since it was factorized. */
type Update =
  /** A position was taken by another column: `column` is it in terms of the basis before. */
  | { readonly kind: 'column'; readonly position: number; readonly pivot: number; readonly column: Sparse }
  /** The key of a demand and a basic column of it changed places; `others` are further basic columns of the demand. */
  | { readonly kind: 'key'; readonly position: number; readonly others: readonly number[] };

/** Factorized anew after so many updates. */
const MOST_UPDATES = 60;

/**
 * The working basis of a program with generalised upper bounds (Dantzig and Van Slyke 1967): one column for each capacity row, slacks
 * among them; keys of demands are not in it. Slacks are unit columns, so that only rows that are full are factorized.
 */
export class WorkingBasis {
  private lu: SparseLu | undefined;
  /** Rows of the factors, which are the positions of their columns, too. */
  private full: number[] = [];
  /** By column of the factors: its entries in rows where the slack is basic. */
  private rest: Sparse[] = [];
  private updates: Update[] = [];
  private side = new Float64Array(0);
  private result = new Float64Array(0);

  /** Has it been changed so often that it should be factorized anew? */
  get worn(): boolean {
    return this.updates.length >= MOST_UPDATES;
  }

  get changed(): boolean {
    return this.updates.length > 0;
  }

  /**
   * @param full rows without a basic slack; the columns stand in their positions, in this order. All other positions have their own slacks.
   * @returns false where the columns depend on each other
   */
  factorize(full: number[], columns: readonly Sparse[]): boolean {
    const within = new Map(full.map((row, at) => [row, at]));
    const rows: number[][] = [];
    const values: number[][] = [];
    this.rest = columns.map((column) => {
      const inside: [number[], number[]] = [[], []];
      const outside: [number[], number[]] = [[], []];
      column.at.forEach((row, each) => {
        const at = within.get(row);
        const side = at === undefined ? outside : inside;
        side[0].push(at ?? row);
        side[1].push(column.values[each]!);
      });
      rows.push(inside[0]);
      values.push(inside[1]);
      return { at: outside[0], values: outside[1] };
    });
    this.full = full;
    this.updates = [];
    this.side = new Float64Array(full.length);
    this.result = new Float64Array(full.length);
    this.lu = new SparseLu(full.length, { rows, values });
    return !this.lu.singular;
  }

  /** Overwrites a column, by row, with its coordinates in the basis, by position. */
  coordinates(vector: Float64Array): void {
    const { full, side, result, rest } = this;
    full.forEach((row, at) => (side[at] = vector[row]!));
    this.lu?.solve(side, result);
    for (let at = 0; at < full.length; at++) {
      const value = result[at]!;
      vector[full[at]!] = value;
      if (value === 0) continue;
      const outside = rest[at]!;
      for (let each = 0; each < outside.at.length; each++) vector[outside.at[each]!]! -= outside.values[each]! * value;
    }
    for (const update of this.updates) forwards(update, vector);
  }

  /** Overwrites values by position with the row vector, by row, whose products with the basis they are. */
  multipliers(vector: Float64Array): void {
    const { full, side, result, rest, updates } = this;
    for (let at = updates.length - 1; at >= 0; at--) backwards(updates[at]!, vector);
    for (let at = 0; at < full.length; at++) {
      let value = vector[full[at]!]!;
      const outside = rest[at]!;
      for (let each = 0; each < outside.at.length; each++) value -= outside.values[each]! * vector[outside.at[each]!]!;
      side[at] = value;
    }
    this.lu?.solveTransposed(side, result);
    full.forEach((row, at) => (vector[row] = result[at]!));
  }

  /** @param column the one that enters, by position, as `coordinates` gives it */
  replace(position: number, column: Sparse, pivot: number): void {
    this.updates.push({ kind: 'column', position, pivot, column });
  }

  exchangeKey(position: number, others: readonly number[]): void {
    this.updates.push({ kind: 'key', position, others });
  }
}

function forwards(update: Update, vector: Float64Array): void {
  const { position } = update;
  if (update.kind === 'key') {
    vector[position] = -vector[position]!;
    for (const other of update.others) vector[position]! -= vector[other]!;
    return;
  }
  if (vector[position] === 0) return;
  const value = vector[position]! / update.pivot;
  const { at, values } = update.column;
  for (let each = 0; each < at.length; each++) vector[at[each]!]! -= values[each]! * value;
  vector[position] = value;
}

function backwards(update: Update, vector: Float64Array): void {
  const { position } = update;
  if (update.kind === 'key') {
    const value = vector[position]!;
    if (value === 0) return;
    for (const other of update.others) vector[other]! -= value;
    vector[position] = -value;
    return;
  }
  const { at, values } = update.column;
  let value = vector[position]!;
  for (let each = 0; each < at.length; each++) if (at[each] !== position) value -= values[each]! * vector[at[each]!]!;
  vector[position] = value / update.pivot;
}
