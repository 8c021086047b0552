/** Relative to a quantity: much more than tolerances, much less than anything that matters. */
const ROOM = 1e-6;
/** Limits are larger than quantities, and are given a smaller share of themselves. */
const OF_LIMITS = 0.1;
/** Beyond, a limit is none. */
const LARGEST = 1e11;

/**
 * Where quantities are whole and alike, most vertices of a program are degenerate, and nearly all pivots move nothing. So the simplex takes limits
 * and quantities for a little larger than they are, each by another share (perturbation of the right-hand side; Charnes, Econometrica 20,
 * 1952), and keeps to that from one change to the next. A vertex that is optimal so is optimal for limits and quantities as they are, too, if
 * no value is beyond its bounds at these. Where one is, there is no leeway until the optimum is found.
 */
export class Leeway {
  private seed = 1;
  private given = true;

  /** @param room relative to a quantity; of its own only in tests */
  constructor(private readonly room = ROOM) {}

  get isGiven(): boolean {
    return this.given;
  }

  /** Which shares come next. */
  get state(): number {
    return this.seed;
  }

  set state(seed: number) {
    this.seed = seed;
  }

  /** From now on none is given, or again some. */
  give(given: boolean): void {
    this.given = given;
  }

  ofLimit(limit: number): number {
    return limit < LARGEST ? this.some(OF_LIMITS * limit) : 0;
  }

  ofQuantity(quantity: number): number {
    return this.some(quantity);
  }

  private some(of: number): number {
    return this.given ? this.room * of * (0.5 + this.random()) : 0;
  }

  /** The same at each run: plans are deterministic (Park and Miller, Communications of the ACM 31, 1988). */
  private random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}
