import { type PlanDocument, type Problem, type Range, type Resource, round } from '@portolan/domain';
import { type Engine, EngineFailure } from '../engines/engine.js';
import type { Ranges } from './explanation.js';
import { type FaceProgram, type KnownItineraries, OptimalFace } from './optimal-face.js';

/**
 * Tells between which limits a shadow price of a plan stays what it is, when that limit changes and all else is the same. It is the
 * least and the most that is used of the resource in all plans that are optimal at these prices; so the total is a straight line in
 * between, and the price exact. Where some itineraries are not known the range may be narrower than it could be. The ranging of one
 * basis, which engines have, knows next to nothing where many optima tie, as in transport they do.
 */
export function rangesOf(problem: Problem, plan: PlanDocument, known: KnownItineraries, engine: Engine): Ranges {
  let face: OptimalFace | undefined;
  const found = new Map<string, Range | undefined>();
  return (resource) => {
    face ??= new OptimalFace(problem, plan, known);
    const key = keyOf(resource);
    if (!found.has(key)) found.set(key, rangeOf(face, engine, resource));
    return found.get(key);
  };
}

const keyOf = (resource: Resource): string =>
  resource.resource === 'lot'
    ? JSON.stringify([resource.supply])
    : JSON.stringify([resource.resource, resource.service, resource.leg]);

function rangeOf(face: OptimalFace, engine: Engine, resource: Resource): Range | undefined {
  const limit = face.limitOf(resource);
  if (limit === undefined) return undefined;
  const program = face.around(resource);
  if (!face.isOptimal) return undefined;
  const [least, most] = [extreme(program, engine, 1), extreme(program, engine, -1)];
  // Whole units may leave no plan at all that is optimal at these prices; then there is nothing to tell.
  if (least === undefined || most === undefined || least > limit + 1e-6 || most < limit - 1e-6) return undefined;
  return { from: round(least), to: round(most) };
}

/** The least that is used with sign 1, the most with -1. */
function extreme({ rows, columns, units, fixed }: FaceProgram, engine: Engine, sign: 1 | -1): number | undefined {
  if (columns.length === 0) return fixed;
  try {
    const { values } = engine.solve({
      rows,
      columns: columns.map((column, index) => ({ ...column, cost: sign * units[index]! })),
    });
    return units.reduce((sum, each, index) => sum + each * values[index]!, fixed);
  } catch (error) {
    if (error instanceof EngineFailure) return undefined;
    throw error;
  }
}
