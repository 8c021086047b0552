import type { Explanation, PlanChange, ProblemDocument } from '@portolan/domain';
import {
  EngineFailure,
  LivePlan,
  PlanExplanations,
  SharedTables,
  UnpackFailure,
  engineNamed,
  isCertified,
  keepsToLimits,
  solve,
} from '@portolan/planning';
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

export interface About {
  readonly cell: string;
}

/** A cell's live plan as another process had it. */
export interface Restoration {
  readonly cell: string;
  /** What `snapshot` gave there. */
  readonly snapshot: Uint8Array;
  /** Will more plans go on from it? They share what takes long to make. */
  readonly forks?: boolean;
}

type Explaining = (demand: string) => Explanation;

/** When an optimization ends before its optimum is proven. */
interface Stop {
  /** Milliseconds on `clock`. */
  readonly deadline: number;
  readonly cancelled: () => boolean;
}

const clock = () => performance.now();

/** The live plan of each cell. A change that does not fit, or a plan without proof, leads to one from scratch, and the answer says so. */
export class LivePlans {
  private readonly plans = new Map<string, LivePlan>();
  /** Snapshots that plans go on from when they are changed next. */
  private readonly saved = new Map<string, Uint8Array>();
  /** The last snapshot that more than one plan goes on from. */
  private forked: { readonly snapshot: Uint8Array; readonly tables: SharedTables } | undefined;
  /** Of the last plan of each cell. */
  private readonly explaining = new Map<string, Explaining>();

  /** @param seconds after which the best plan so far is the answer */
  constructor(private readonly seconds = Infinity) {}

  async answer(question: Question, cancelled = () => false): Promise<Planned> {
    const stop = { deadline: clock() + this.seconds * 1000, cancelled };
    if ('problem' in question) return this.open(question.cell, question.problem, stop);
    const known = await this.known(question.cell);
    if (!known) throw new Error(`changes for cell ${question.cell}, which has no plan yet`);
    const faults = known.apply(question.changes);
    if (faults.length > 0) throw new Error(`the changes do not fit: ${faults[0]!.pointer} ${faults[0]!.message}`);
    return this.optimized(question.cell, known, stop);
  }

  async explain({ cell, explain }: Inquiry): Promise<readonly Explanation[]> {
    const explaining = this.explaining.get(cell);
    if (!explaining) throw new Error(`explanations for cell ${cell}, which has no plan yet`);
    return explain.map(explaining);
  }

  async snapshot({ cell }: About): Promise<Uint8Array | undefined> {
    return this.plans.get(cell)?.snapshot();
  }

  async save(about: About): Promise<Uint8Array | undefined> {
    const snapshot = await this.snapshot(about);
    if (snapshot) this.saved.set(about.cell, snapshot);
    return snapshot;
  }

  /** False where the snapshot is of another version. */
  async restore({ cell, snapshot, forks = false }: Restoration): Promise<boolean> {
    await this.forget({ cell });
    const tables = forks ? this.tablesOf(snapshot) : undefined;
    try {
      const live = LivePlan.restored(snapshot, await engineNamed('simplex'), { tables });
      // The next change finds it at its optimum.
      live.optimize({ clock, deadline: clock() + this.seconds * 1000 });
      this.plans.set(cell, live);
      return true;
    } catch (error) {
      if (error instanceof UnpackFailure || error instanceof EngineFailure) return false;
      throw error;
    }
  }

  async forget({ cell }: About): Promise<void> {
    this.plans.delete(cell);
    this.saved.delete(cell);
    this.explaining.delete(cell);
  }

  private tablesOf(snapshot: Uint8Array): SharedTables {
    if (!this.forked || Buffer.compare(this.forked.snapshot, snapshot) !== 0)
      this.forked = { snapshot, tables: new SharedTables() };
    return this.forked.tables;
  }

  private async known(cell: string): Promise<LivePlan | undefined> {
    const snapshot = this.saved.get(cell);
    if (snapshot) await this.restore({ cell, snapshot });
    return this.plans.get(cell);
  }

  private async open(cell: string, document: ProblemDocument, stop: Stop): Promise<Planned> {
    this.saved.delete(cell);
    const plan = new LivePlan(checked(document).document, await engineNamed('simplex'));
    this.plans.set(cell, plan);
    return this.optimized(cell, plan, stop, false);
  }

  private async optimized(cell: string, live: LivePlan, stop: Stop, warm = true): Promise<Planned> {
    const found = planOf(live, stop, warm);
    if (typeof found !== 'string') {
      const { plan, stopped, times } = found;
      this.explaining.set(cell, (demand) => explained(live, demand));
      return { plan, continuations: continuationsOf(live.problem, plan), times, ...(stopped && { stopped }) };
    }
    // Thrown away: whatever was wrong with it must not come again.
    this.plans.set(cell, new LivePlan(live.problem.document, await engineNamed('simplex')));
    const solved = await solve(live.problem, { clock, timeLimitSeconds: this.seconds });
    const explanations = new PlanExplanations(checked(live.problem.document), solved);
    this.explaining.set(cell, (demand) => explanations.of(demand));
    return {
      plan: solved,
      continuations: continuationsOf(live.problem, solved),
      rebuilt: found,
      stopped: !isCertified(solved),
    };
  }
}

type Found = Pick<Planned, 'plan'> & { readonly stopped: boolean; readonly times: NonNullable<Planned['times']> };

/** The live plan at its optimum, or how far it came, or why it cannot be published. */
function planOf(live: LivePlan, stop: Stop, warm: boolean): Found | string {
  try {
    const { stopped, milliseconds, masterMilliseconds: master } = live.optimize({ clock, ...stop });
    const plan = live.plan(warm);
    const holds = stopped ? keepsToLimits(plan) : isCertified(plan);
    const times = { pricing: milliseconds - master, master };
    return holds ? { plan, stopped, times } : `its certificate fails: ${JSON.stringify(plan.certificate)}`;
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
