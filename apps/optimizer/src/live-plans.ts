import type { PlanChange, PlanDocument, Problem, ProblemDocument } from '@portolan/domain';
import { EngineFailure, LivePlan, engineNamed, isCertified, solve } from '@portolan/planning';
import { checked } from './checked.js';
import { insightInto } from './insight-into.js';
import type { Planned } from './planner.js';

/** What a planner is asked: a cell's whole problem, or what has changed since it was last asked about the cell. */
export type Question = { readonly cell: string } & (
  { readonly problem: ProblemDocument } | { readonly changes: readonly PlanChange[] }
);

const clock = () => performance.now();

/** The live plan of each cell. A change that does not fit, or a plan without proof, leads to one from scratch, and the answer says so. */
export class LivePlans {
  private readonly plans = new Map<string, LivePlan>();

  async answer(question: Question): Promise<Planned> {
    const known = this.plans.get(question.cell);
    if ('problem' in question) return this.open(question.cell, question.problem);
    if (!known) throw new Error(`changes for cell ${question.cell}, which has no plan yet`);
    const faults = known.apply(question.changes);
    if (faults.length > 0) throw new Error(`the changes do not fit: ${faults[0]!.pointer} ${faults[0]!.message}`);
    return this.optimized(question.cell, known);
  }

  private async open(cell: string, document: ProblemDocument): Promise<Planned> {
    const plan = new LivePlan(checked(document).document, await engineNamed('simplex'));
    this.plans.set(cell, plan);
    return this.optimized(cell, plan, false);
  }

  private async optimized(cell: string, live: LivePlan, warm = true): Promise<Planned> {
    const plan = planOf(live, warm);
    if (typeof plan !== 'string') return { plan, insight: insightInto(live.problem, plan) };
    // Thrown away: whatever was wrong with it must not come again.
    this.plans.set(cell, new LivePlan(live.problem.document, await engineNamed('simplex')));
    return { ...(await fromScratch(live.problem)), rebuilt: plan };
  }
}

/** The live plan at its optimum, or why it cannot be published. */
function planOf(live: LivePlan, warm: boolean): PlanDocument | string {
  try {
    live.optimize({ clock });
    const plan = live.plan(warm);
    return isCertified(plan) ? plan : `its certificate fails: ${JSON.stringify(plan.certificate)}`;
  } catch (error) {
    if (error instanceof EngineFailure) return error.message;
    throw error;
  }
}

async function fromScratch(problem: Problem): Promise<Planned> {
  const plan = await solve(problem, { clock });
  return { plan, insight: insightInto(problem, plan) };
}
