import type { PlanDocument, Problem } from '@portolan/domain';
import { EngineFailure } from './engines/engine.js';
import { type EngineName, engineNamed, engineNames } from './engines/engines.js';
import { LivePlan } from './live/live-plan.js';

export interface SolveOptions {
  /** Default `simplex`. */
  readonly engine?: EngineName;
  /** Stop then, with the best plan so far and its gap. */
  readonly timeLimitSeconds?: number;
  /** Milliseconds of some steady clock, for the limit and the statistics; the library reads none by itself. */
  readonly clock?: () => number;
}

/** How far a certificate may be off, relative; beyond, the plan is solved again by the next engine. */
const TOLERANCE = 1e-6;

/**
 * The optimal plan for a problem, from scratch, with its proof. A plan whose certificate fails is solved again, by the next engine.
 */
export async function solve({ document }: Problem, options: SolveOptions = {}): Promise<PlanDocument> {
  const { engine = 'simplex', timeLimitSeconds, clock = () => 0 } = options;
  const deadline = timeLimitSeconds === undefined ? Infinity : clock() + timeLimitSeconds * 1000;
  let plan: PlanDocument | undefined;
  for (const name of [engine, ...engineNames.filter((each) => each !== engine)])
    try {
      const live = new LivePlan(document, await engineNamed(name));
      const { stopped } = live.optimize({ deadline, clock });
      plan = live.plan(false);
      if (stopped ? keepsToLimits(plan) : isCertified(plan)) return plan;
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
    }
  if (!plan) throw new EngineFailure('no engine solved the problem');
  return plan;
}

/** Does the plan keep to the problem, and is its bound one? A plan that was stopped early keeps to the problem only. */
export const isCertified = (plan: PlanDocument): boolean =>
  keepsToLimits(plan) && plan.certificate.dualInfeasibility <= TOLERANCE;

/** Does the plan keep to the problem? Of one that was stopped early no more can be asked. */
export const keepsToLimits = ({ certificate }: PlanDocument): boolean => certificate.primalInfeasibility <= TOLERANCE;
