/** A column of a linear program: rows by index, values beside them. */
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

export interface LpSolution {
  readonly objective: number;
  readonly values: ArrayLike<number>;
  /** d objective / d right-hand side. */
  readonly duals: ArrayLike<number>;
}

/** A minimization that grows by columns. Lower bounds are 0. It owns memory until it is closed. */
export interface LinearProgram {
  addColumns(columns: readonly LpColumn[]): void;
  solve(): LpSolution;
  close(): void;
}

export interface IntegerProgram {
  readonly rows: readonly LpRow[];
  readonly columns: readonly (LpColumn & { readonly integer: boolean })[];
  readonly seconds: number;
}

/** What solves linear programs. Failing to solve one that has a solution throws `EngineFailure`. */
export interface Engine {
  readonly name: 'highs' | 'javascript-lp-solver';
  open(rows: readonly LpRow[]): LinearProgram;
  /** Values of the best integer solution found in time, or nothing. */
  solveInteger(program: IntegerProgram): readonly number[] | undefined;
}

export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}
