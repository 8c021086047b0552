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

  constructor(
    readonly index: number,
    public limit: number,
  ) {
    this.slack = new Variable(undefined, [this], [1], 0, Infinity);
  }
}

/** One way to serve a group, for one unit: what it costs and uses; or the slack of a row. */
export class Variable {
  x = 0;
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
  /** It has moved, which is not told yet. */
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

  constructor(
    /** Of all groups there are at present. */
    readonly index: number,
    public quantity: number,
  ) {}
}
