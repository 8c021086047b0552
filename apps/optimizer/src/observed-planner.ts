import { inSpan } from '@portolan/streams';
import type { Phase, Metrics } from '@portolan/platform';
import type { Planned, Planner } from '@portolan/cells';

type PlanningMetrics = Metrics['planning'];

/** A planner whose answers are timed, counted and traced: how long they take, and whether they begin with the plan before. */
export function observedPlanner(planner: Planner, metrics: PlanningMetrics): Planner {
  return {
    plan: async (cell, problem, signal) => {
      const planned = await timed(metrics, cell, 'optimize', () => planner.plan(cell, problem, signal));
      metrics.started(cell, startOf(planned));
      if (planned.times) metrics.optimized(cell, planned.times);
      return planned;
    },
    explain: (cell, demands) => timed(metrics, cell, 'explain', () => planner.explain(cell, demands)),
    snapshot: (cell) => planner.snapshot(cell),
    save: (cell) => planner.save(cell),
    restore: (cell, problem, snapshot) =>
      timed(metrics, cell, 'restore', () => planner.restore(cell, problem, snapshot)),
    forget: (cell) => planner.forget(cell),
    close: () => planner.close(),
  };
}

/** Does a part of a planning step: in a span, and measured when it succeeds. */
export function timed<T>(metrics: PlanningMetrics, cell: string, phase: Phase, work: () => Promise<T>): Promise<T> {
  return inSpan(phase, { attributes: { 'portolan.cell': cell } }, async () => {
    const measured = metrics.phaseSeconds.startTimer({ cell: metrics.labelOf(cell), phase });
    const done = await work();
    measured();
    return done;
  });
}

const startOf = ({ rebuilt, plan }: Planned) =>
  rebuilt !== undefined ? 'rebuilt' : plan.statistics.warm ? 'warm' : 'cold';
