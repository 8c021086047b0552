import { Group, Row, type Variable } from './program.js';

/** About how much room is given: much more than tolerances, much less than anything that matters. */
const LITTLE = 1e-5;

/**
 * Relief where many basic variables are at nothing, so that pivots move nothing: each gets a little room of its own, and limits and quantities
 * become as much larger, for a while (perturbation of the right-hand side; Charnes, Econometrica 20, 1952).
 */
export class Relief {
  /** Limits and quantities that are larger, with what they are. */
  private readonly widened = new Map<Row | Group, number>();
  private seed = 1;

  give(variable: Variable): void {
    const room = LITTLE * (0.5 + this.random());
    variable.x += room;
    if (variable.group) {
      this.note(variable.group, variable.group.quantity);
      variable.group.quantity += room;
    }
    variable.rows.forEach((row, at) => {
      this.note(row, row.limit);
      row.limit += variable.units[at]! * room;
    });
  }

  /** Limits and quantities are again what they are; says whether any had been larger. */
  takeBack(): boolean {
    if (this.widened.size === 0) return false;
    for (const [of, was] of this.widened)
      if (of instanceof Group) of.quantity = was;
      else of.limit = was;
    this.widened.clear();
    return true;
  }

  private note(of: Row | Group, was: number): void {
    if (!this.widened.has(of)) this.widened.set(of, was);
  }

  /** The same at each run: plans are deterministic (Park and Miller, Communications of the ACM 31, 1988). */
  private random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}
