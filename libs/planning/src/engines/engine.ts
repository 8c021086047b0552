/** A column of a linear program: rows by index, values beside them. The lower bound is 0. */
export interface LpColumn {
  readonly cost: number;
  readonly upper: number;
  readonly rows: readonly number[];
  readonly values: readonly number[];
}

/** `=` where both bounds are equal; lower may be -Infinity. */
export interface LpRow {
  readonly lower: number;
  readonly upper: number;
}

/** Where columns and rows (their slacks) stand at a vertex: at their lower bound, in the basis, or at their upper bound. */
export const standing = { lower: 0, basic: 1, upper: 2 } as const;

export interface Basis {
  readonly columns: Uint8Array;
  readonly rows: Uint8Array;
}

/** A minimization. */
export interface LinearProgram {
  readonly rows: readonly LpRow[];
  readonly columns: readonly LpColumn[];
  /** Where to start; an engine may do without it. */
  readonly start?: Basis;
}

export interface LpSolution {
  readonly values: ArrayLike<number>;
  /** d objective / d right-hand side. */
  readonly duals: ArrayLike<number>;
  readonly basis?: { readonly columns: ArrayLike<number>; readonly rows: ArrayLike<number> };
}

export interface IntegerProgram {
  readonly rows: readonly LpRow[];
  readonly columns: readonly (LpColumn & { readonly integer: boolean })[];
  readonly seconds: number;
}

/** What solves linear programs. Failing to solve one that has a solution throws `EngineFailure`. */
export interface Engine {
  readonly name: 'simplex' | 'highs' | 'javascript-lp-solver';
  solve(program: LinearProgram): LpSolution;
  /** Values of the best integer solution found in time, or nothing. */
  solveInteger(program: IntegerProgram): readonly number[] | undefined;
}

export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}
