import type { Problem } from '@portolan/domain';
import type { Flow, Resources } from './columns.js';

/** The largest violation of a demand or a limit by these quantities, relative to its right-hand side. */
export function primalInfeasibility(problem: Problem, resources: Resources, flows: readonly Flow[]): number {
  const served = new Float64Array(problem.demands.length);
  const used = resources.usedBy(flows);
  let worst = 0;
  for (const { column, quantity } of flows) {
    worst = Math.max(worst, -quantity);
    served[column.demand]! += quantity;
  }
  for (const { quantity, index } of problem.demandById.values())
    worst = Math.max(worst, (served[index]! - quantity) / Math.max(1, quantity));
  used.forEach((used, resource) => {
    const limit = resources.limit(resource);
    if (Number.isFinite(limit)) worst = Math.max(worst, (used - limit) / Math.max(1, limit));
  });
  return worst;
}
