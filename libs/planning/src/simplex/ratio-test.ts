import { type Variable, place } from './program.js';

/** Pivots below are avoided where another is to be had. */
export const SMALL_PIVOT = 1e-7;
/** A reduced cost may be beyond nothing by so much. */
const TOLERANCE = 1e-9;

interface Candidate {
  readonly variable: Variable;
  readonly ratio: number;
  readonly size: number;
}

/** Harris' ratio test of the dual simplex: of the candidates whose reduced cost is used up first, within a tolerance, the largest pivot. */
export class RatioTest {
  private readonly candidates: Candidate[] = [];
  private least = Infinity;

  /** @param side 1 where the variable that leaves is above its upper bound, -1 where it is below its lower one */
  constructor(
    private readonly leaving: Variable,
    readonly side: number,
  ) {}

  /** Does it move the one that leaves towards its bound? `product` is that of the multipliers with its column. */
  concerns(variable: Variable, product: number): boolean {
    const { leaving, side } = this;
    const direction = variable.stands === place.upper ? -side : side;
    return direction * product > SMALL_PIVOT && !variable.isBasic && !variable.fixed && variable !== leaving;
  }

  /** A variable that is not at an upper bound and concerns, if it may enter. */
  risen(variable: Variable | undefined, reduced: number, size: number): void {
    if (Math.max(0, reduced) > this.least * size || !variable) return;
    if (variable.stands !== place.lower || variable.fixed || variable === this.leaving) return;
    variable.reduced = reduced;
    this.take(variable, size);
  }

  /** One that concerns, with its reduced cost as it is now, and the size of its product. */
  take(variable: Variable, size: number): void {
    const cost = Math.max(0, variable.stands === place.upper ? -variable.reduced : variable.reduced);
    if (cost / size > this.least) return;
    this.candidates.push({ variable, ratio: cost / size, size });
    this.least = Math.min(this.least, (cost + TOLERANCE) / size);
  }

  get best(): Candidate | undefined {
    let best: Candidate | undefined;
    for (const each of this.candidates) if (each.ratio <= this.least && (!best || each.size > best.size)) best = each;
    return best;
  }
}
