import { type PlanDocument, type Problem, type Range, type Resource, round } from '@portolan/domain';
import { type Basis, type Engine, EngineFailure, type LpColumn } from '../engines/engine.js';
import type { Ranges } from './explanation.js';
import { type FacePart, type KnownItineraries, OptimalFace } from './optimal-face.js';

/**
 * Tells between which limits a shadow price of a plan stays what it is, when that limit changes and all else is the same. It is the
 * least and the most that is used of the resource in all plans that are optimal at these prices; so the total is a straight line in
 * between, and the price exact. Where some itineraries are not known the range may be narrower than it could be. The ranging of one
 * basis, which engines have, knows next to nothing where many optima tie, as in transport they do.
 */
export function rangesOf(problem: Problem, plan: PlanDocument, known: KnownItineraries, engine: Engine): Ranges {
  let ranging: Ranging | undefined;
  return (resource) => (ranging ??= new Ranging(new OptimalFace(problem, plan, known), engine)).of(resource);
}

class Ranging {
  private readonly found = new Map<number, Range | undefined>();
  private readonly partOf = new Map<number, PartExtremes>();

  constructor(
    private readonly face: OptimalFace,
    private readonly engine: Engine,
  ) {}

  of(resource: Resource): Range | undefined {
    const limited = this.face.limitOf(resource);
    if (!limited) return undefined;
    const { number, limit } = limited;
    if (!this.found.has(number)) this.found.set(number, this.rangeOf(number, limit));
    return this.found.get(number);
  }

  private rangeOf(resource: number, limit: number): Range | undefined {
    const part = this.partAround(resource);
    if (!this.face.isOptimal) return undefined;
    const fixed = this.face.fixedUse(resource);
    const [least, most] = part.extremes(resource).map((use) => fixed + use) as [number, number];
    // Whole units may leave no plan at all that is optimal at these prices; then there is nothing to tell.
    if (!(least <= limit + 1e-6 && most >= limit - 1e-6)) return undefined;
    return { from: round(least), to: round(most) };
  }

  private partAround(resource: number): PartExtremes {
    const known = this.partOf.get(resource);
    if (known) return known;
    const made = this.face.partAround(resource);
    const part = new PartExtremes(made, this.engine);
    for (const each of made.rowOf.keys()) this.partOf.set(each, part);
    return part;
  }
}

/** The least and the most that a part of the face can use of resources; each solution begins where the last one ended. */
class PartExtremes {
  private readonly usersOf = new Map<number, { column: number; units: number }[]>();
  private basis: Basis | undefined;

  constructor(
    private readonly part: FacePart,
    private readonly engine: Engine,
  ) {
    part.columns.forEach(({ rows, values }, column) =>
      rows.forEach((row, at) =>
        this.usersOf.set(row, [...(this.usersOf.get(row) ?? []), { column, units: values[at]! }]),
      ),
    );
  }

  /** NaN where there is no such plan. */
  extremes(resource: number): readonly [least: number, most: number] {
    const row = this.part.rowOf.get(resource);
    const users = row === undefined ? undefined : this.usersOf.get(row);
    return users ? [this.extreme(row!, users, 1), this.extreme(row!, users, -1)] : [0, 0];
  }

  private extreme(row: number, users: readonly { column: number; units: number }[], sign: 1 | -1): number {
    const costs = new Float64Array(this.part.columns.length);
    for (const { column, units } of users) costs[column] = sign * units;
    try {
      const { values, basis } = this.engine.solve({
        rows: this.part.rows.with(row, { lower: -Infinity, upper: Infinity }),
        columns: this.part.columns.map((column, index): LpColumn => ({ ...column, cost: costs[index]! })),
        ...(this.basis && { start: this.basis }),
      });
      this.basis = basis && { columns: Uint8Array.from(basis.columns), rows: Uint8Array.from(basis.rows) };
      return users.reduce((sum, { column, units }) => sum + units * values[column]!, 0);
    } catch (error) {
      if (error instanceof EngineFailure) return NaN;
      throw error;
    }
  }
}
