import type { Explanation, PlanChange, PlanDocument, ProblemDocument } from '@portolan/domain';
import { EngineFailure, LivePlan, PlanExplanations, engineNamed, isCertified, solve } from '@portolan/planning';
import { checked } from './checked.js';
import { continuationsOf } from './continuations.js';
import type { Planned } from './planner.js';

/** What a planner is asked: a cell's whole problem, or what has changed since it was last asked about the cell. */
export type Question = { readonly cell: string } & (
  { readonly problem: ProblemDocument } | { readonly changes: readonly PlanChange[] }
);

/** Which demands of a cell's last plan are to be explained. */
export interface Inquiry {
  readonly cell: string;
  readonly explain: readonly string[];
}

type Explaining = (demand: string) => Explanation;

const clock = () => performance.now();

/** The live plan of each cell. A change that does not fit, or a plan without proof, leads to one from scratch, and the answer says so. */
export class LivePlans {
  private readonly plans = new Map<string, LivePlan>();
  /** Of the last plan of each cell. */
  private readonly explaining = new Map<string, Explaining>();

  async answer(question: Question): Promise<Planned> {
    const known = this.plans.get(question.cell);
    if ('problem' in question) return this.open(question.cell, question.problem);
    if (!known) throw new Error(`changes for cell ${question.cell}, which has no plan yet`);
    const faults = known.apply(question.changes);
    if (faults.length > 0) throw new Error(`the changes do not fit: ${faults[0]!.pointer} ${faults[0]!.message}`);
    return this.optimized(question.cell, known);
  }

  async explain({ cell, explain }: Inquiry): Promise<readonly Explanation[]> {
    const explaining = this.explaining.get(cell);
    if (!explaining) throw new Error(`explanations for cell ${cell}, which has no plan yet`);
    return explain.map(explaining);
  }

  private async open(cell: string, document: ProblemDocument): Promise<Planned> {
    const plan = new LivePlan(checked(document).document, await engineNamed('simplex'));
    this.plans.set(cell, plan);
    return this.optimized(cell, plan, false);
  }

  private async optimized(cell: string, live: LivePlan, warm = true): Promise<Planned> {
    const plan = planOf(live, warm);
    if (typeof plan !== 'string') {
      this.explaining.set(cell, (demand) => explained(live, demand));
      return { plan, continuations: continuationsOf(live.problem, plan) };
    }
    // Thrown away: whatever was wrong with it must not come again.
    this.plans.set(cell, new LivePlan(live.problem.document, await engineNamed('simplex')));
    const solved = await solve(live.problem, { clock });
    const explanations = new PlanExplanations(checked(live.problem.document), solved);
    this.explaining.set(cell, (demand) => explanations.of(demand));
    return { plan: solved, continuations: continuationsOf(live.problem, solved), rebuilt: plan };
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

function explained(live: LivePlan, demand: string): Explanation {
  const outcome = live.explain(demand);
  if ('faults' in outcome) throw new Error(`${demand} ${outcome.faults[0]!.message}`);
  return outcome.explanation;
}
