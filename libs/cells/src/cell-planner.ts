import { type Explanation, type ProblemDocument, changesBetween } from '@portolan/domain';
import { type About, type Inquiry, LivePlans, type Question, type Restoration } from './live-plans.js';
import type { Planned, Planner } from './planner.js';
import { PlanningThread, type PlanningThreadOptions } from './planning-thread.js';

/** So many explanations take seconds at most: a thread that takes much longer hangs. */
const AT_ONCE = 500;

/** Where questions are answered. Failing, it may have forgotten everything. */
export interface Answering {
  answer(question: Question, signal?: AbortSignal): Promise<Planned>;
  explain(inquiry: Inquiry): Promise<readonly Explanation[]>;
  /** What a cell's live plan needs to go on elsewhere. */
  snapshot(about: About): Promise<Uint8Array | undefined>;
  /** As `snapshot`; the next answer goes on from it. */
  save(about: About): Promise<Uint8Array | undefined>;
  /** False where it cannot go on from the snapshot. */
  restore(restoration: Restoration): Promise<boolean>;
  forget(about: About): Promise<void>;
  close(): Promise<void>;
}

/**
 * Sends a cell's problem once and then what has changed. When that fails, because the thread died, hung or could not follow, the whole
 * problem is sent once more: the plan comes later, and nothing else is lost.
 */
export class CellPlanner implements Planner {
  private readonly sent = new Map<string, ProblemDocument>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly answering: Answering) {}

  plan(cell: string, problem: ProblemDocument, signal?: AbortSignal): Promise<Planned> {
    return this.behind(() => this.ask(cell, problem, signal));
  }

  explain(cell: string, demands: readonly string[]): Promise<readonly Explanation[]> {
    return this.behind(async () => {
      const explanations: Explanation[] = [];
      for (let from = 0; from < demands.length; from += AT_ONCE)
        explanations.push(...(await this.explained({ cell, explain: demands.slice(from, from + AT_ONCE) })));
      return explanations;
    });
  }

  snapshot(cell: string): Promise<Uint8Array | undefined> {
    return this.behind(async () => (this.sent.has(cell) ? this.answering.snapshot({ cell }) : undefined));
  }

  save(cell: string): Promise<Uint8Array | undefined> {
    return this.behind(async () => (this.sent.has(cell) ? this.answering.save({ cell }) : undefined));
  }

  restore(cell: string, problem: ProblemDocument, snapshot: Uint8Array, forks = false): Promise<void> {
    return this.behind(async () => {
      this.sent.delete(cell);
      if (await this.answering.restore({ cell, snapshot, forks })) this.sent.set(cell, problem);
    });
  }

  /** The next plan of the cell is computed from nothing, as after a restart. */
  forget(cell: string): void {
    // One that cannot be told has forgotten everything.
    this.behind(() => {
      this.sent.delete(cell);
      return this.answering.forget({ cell });
    }).catch(() => {});
  }

  async close(): Promise<void> {
    await this.answering.close();
  }

  /** After everything that was asked before. */
  private behind<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => {});
    return done;
  }

  /** Where that fails the cell is planned again first: equal problems have equal optima. */
  private async explained(inquiry: Inquiry): Promise<readonly Explanation[]> {
    const problem = this.sent.get(inquiry.cell);
    try {
      return await this.answering.explain(inquiry);
    } catch (error) {
      if (!problem) throw error;
      this.sent.clear();
      await this.answering.answer({ cell: inquiry.cell, problem });
      this.sent.set(inquiry.cell, problem);
      return this.answering.explain(inquiry);
    }
  }

  private async ask(cell: string, problem: ProblemDocument, signal?: AbortSignal): Promise<Planned> {
    const before = this.sent.get(cell);
    const frame = ({ name, currency, unit }: ProblemDocument) => [name, currency, unit].join('\u0000');
    const changes = before && frame(before) === frame(problem) ? changesBetween(before, problem) : undefined;
    this.sent.delete(cell);
    const question = changes ? { cell, changes } : { cell, problem };
    const planned = await this.answered(question, problem, signal);
    this.sent.set(cell, problem);
    return planned;
  }

  private async answered(question: Question, problem: ProblemDocument, signal?: AbortSignal): Promise<Planned> {
    try {
      return await this.answering.answer(question, signal);
    } catch (error) {
      // Other cells may have lost their plans with this one.
      this.sent.clear();
      const planned = await this.answering.answer({ cell: question.cell, problem }, signal);
      return { rebuilt: error instanceof Error ? error.message : String(error), ...planned };
    }
  }
}

/** Plans in this thread: for tests, and for machines with one core. */
export const planningHere = (): CellPlanner => {
  const plans = new LivePlans();
  return new CellPlanner({
    answer: (question, signal) => plans.answer(question, () => signal?.aborted ?? false),
    explain: (inquiry) => plans.explain(inquiry),
    snapshot: (about) => plans.snapshot(about),
    save: (about) => plans.save(about),
    restore: (restoration) => plans.restore(restoration),
    forget: (about) => plans.forget(about),
    close: async () => {},
  });
};

/** Plans in a thread of its own, so that this one keeps folding and serving. */
export const planningInThread = (options: PlanningThreadOptions = {}): CellPlanner =>
  new CellPlanner(new PlanningThread(options));
