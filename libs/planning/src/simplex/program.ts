/** Where a variable stands: at a bound, in the working basis, or as the key of its group. */
export const place = { lower: 0, upper: 1, basic: 2, key: 3 } as const;
export type Place = (typeof place)[keyof typeof place];

/** A limit that the variables share: Σ units·x + slack = limit, slack ≥ 0. */
export class Row {
  /** Money per unit of the limit, ≥ 0 at the optimum. */
  price = 0;
  readonly slack: Variable;
  /** Who uses it. */
  readonly users = new Set<Variable>();
  /** By how much it is taken for larger than it is. */
  leeway = 0;

  constructor(
    readonly index: number,
    public limit: number,
  ) {
    this.slack = new Variable(undefined, [this], [1], 0, Infinity);
  }

  get space(): number {
    return this.limit + this.leeway;
  }
}

/** One way to serve a group, for one unit: what it costs and uses; or the slack of a row. */
export class Variable {
  /** With the leeway that limits and quantities are given. */
  x = 0;
  /** While it is basic: its value at limits and quantities as they are, when the optimum was last found. */
  exact = 0;
  /** What was last told of it. */
  said = Number.NaN;
  wasBasic = false;
  /** Reduced cost. */
  reduced = 0;
  stands: Place = place.lower;
  /** In the working basis. */
  position = -1;
  /** Added to the cost for a while, so that the dual simplex has a start. */
  shift = 0;
  /** Of the dual simplex: how much it weighs, and since when. */
  weight = 1;
  framework = 0;
  /** Where its coefficients lie. */
  slot = -1;
  /** It has left the basis or changed its bound, which is not told yet. */
  noted = false;
  /** It may no longer be used, and goes when it has left the basis. */
  gone = false;

  constructor(
    readonly group: Group | undefined,
    readonly rows: readonly Row[],
    readonly units: readonly number[],
    public cost: number,
    public upper: number,
    /** Told of another value at the end of `solve`. */
    public told?: (x: number, inBasis: boolean) => void,
  ) {}

  /** At its bound for good, whatever its reduced cost. */
  get fixed(): boolean {
    return this.gone || this.upper === 0;
  }

  /** What it carries at the optimum last found. */
  get carries(): number {
    return this.isBasic ? this.exact : this.x;
  }

  get isBasic(): boolean {
    return this.stands >= place.basic;
  }
}

/** A demand: its variables add up to its quantity. One of them, the key, is whatever the others leave. */
export class Group {
  readonly members = new Set<Variable>();
  /** Those in the working basis. */
  readonly basics: Variable[] = [];
  key!: Variable;
  /** What stays unserved. */
  rest!: Variable;
  /** Money for one more unit. */
  price = 0;
  /** There is nothing to serve any more. */
  gone = false;
  /** Scratch of ratio tests. */
  rate = 0;
  mark = 0;
  /** By how much it is taken for larger than it is. */
  leeway = 0;

  constructor(
    /** Of all groups there are at present. */
    readonly index: number,
    public quantity: number,
  ) {}

  get amount(): number {
    return this.quantity + this.leeway;
  }
}
