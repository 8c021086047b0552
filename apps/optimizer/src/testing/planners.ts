import { once } from 'node:events';
import { type Planner, planningHere } from '@portolan/cells';

/** A planner that has no memory: what it gives follows from the problem alone, also where several plans are as good as each other. */
export function forgetful(): Planner {
  const planner = planningHere();
  return planningBy(planner, (cell, problem, signal) => {
    planner.forget(cell);
    return planner.plan(cell, problem, signal);
  });
}

/** A planner that works until it is told to stop, and then has not much. */
export function endless(): Planner {
  const planner = planningHere();
  return planningBy(planner, async (cell, problem, signal) => {
    if (!signal!.aborted) await once(signal!, 'abort');
    return { ...(await planner.plan(cell, problem)), stopped: true };
  });
}

const planningBy = (planner: Planner, plan: Planner['plan']): Planner =>
  Object.assign(Object.create(planner) as Planner, { plan });
