import { type CellMemory, type CellPlanner, type PlannedState, PlanningCell } from '@portolan/cells';
import {
  type PlanDocument,
  type PlanPublication,
  type ProblemDocument,
  type Resumption,
  type State,
  decisionEvent,
} from '@portolan/domain';
import type { Entry, Start } from '../log/entry.js';

/** One planning step of a replay. */
export interface ReplayStep {
  /** As on `portolan.plans`; times that a machine took are 0. */
  readonly publication: PlanPublication<PlanDocument>;
  readonly planned: PlannedState;
  /** Events that no earlier step knew. */
  readonly events: number;
}

export interface RunOptions {
  readonly planner: CellPlanner;
  /** Accept what the cell's policy accepts by itself, as the live optimizer does: for logs from which these decisions are absent. */
  readonly decides: boolean;
  /** `brief`: without shipments, explanations and alternatives. */
  readonly detail: 'whole' | 'brief';
}

/** A run at one moment, as values: others go on from there by themselves. */
export interface RunMemory {
  readonly cell: CellMemory;
  /** The live plan, and the problem that it is the plan of, where it can be moved. */
  readonly live?: { readonly problem: ProblemDocument; readonly snapshot: Uint8Array };
}

/** A live plan as it was written down, and until which position it is needed. */
export interface Kept {
  readonly state: State;
  readonly live: Uint8Array;
  readonly until: number;
}

/** Plans on plans in a row that accepting gives; more would be a policy that never comes to rest. */
const MOST_ROUNDS = 20;

/**
 * One cell of a replay: events are folded and planned in the order they are given, one step after another, so that the same events
 * give the same bytes. Who decides gives events of his own; then positions are counted anew.
 */
export class CellRun {
  private readonly cell: PlanningCell;
  private waiting: Entry[] = [];
  private last: Promise<unknown> = Promise.resolve();
  /** Events since the last step. */
  private fresh = 0;
  private behindLast: boolean;
  private kept: readonly Kept[] = [];
  private count = 0;

  constructor(
    private readonly name: string,
    private readonly options: RunOptions,
    memory?: RunMemory,
  ) {
    const { planner } = options;
    // Another run may have planned here before.
    planner.forget(name);
    if (!memory) {
      this.cell = new PlanningCell(name, planner);
      this.behindLast = false;
      return;
    }
    const { cell, live } = memory;
    this.cell = PlanningCell.recalled(cell, planner);
    this.count = cell.state.position + 1;
    this.behindLast = cell.state.position > cell.plannedAt;
    if (live) this.behind(() => planner.restore(name, live.problem, live.snapshot, true)).catch(() => {});
  }

  take(entry: Entry): void {
    this.waiting.push(entry);
    this.behindLast = true;
  }

  /** Was anything taken that no step was asked for since? */
  get isBehind(): boolean {
    return this.behindLast;
  }

  /** The step behind everything taken so far, and those that its acceptances ask for when `settling`. */
  plan(start: Start = 'warm', settling = true): Promise<ReplayStep[]> {
    const entries = this.waiting;
    this.waiting = [];
    this.behindLast = false;
    return this.behind(async () => {
      this.absorb(entries);
      if (start === 'cold') this.options.planner.forget(this.name);
      else if (start !== 'warm') await this.comeBack(start);
      return this.steps(settling ? MOST_ROUNDS : 1);
    });
  }

  /** Writes down the live plan behind everything asked for so far, as the live optimizer did, which comes back to it until that position. */
  keep(until: number): void {
    this.behind(async () => {
      const { state } = this.cell.planned!;
      const live = await this.cell.save();
      const needed = this.kept.filter((each) => each.until > state.position);
      this.kept = live ? [...needed, { state, live, until }] : needed;
    }).catch(() => {});
  }

  /** The state behind everything that was taken. */
  state(): Promise<State> {
    return this.settled(async () => this.cell.memory.state);
  }

  /** The run as it is once everything taken is folded, and everything asked is planned. */
  memory(): Promise<RunMemory> {
    return this.settled(async () => {
      const problem = this.cell.planned?.asked.problem;
      const snapshot = problem && (await this.options.planner.snapshot(this.name));
      return { cell: this.cell.memory, ...(problem && snapshot && { live: { problem, snapshot } }) };
    });
  }

  /** Begins with the live plan of a snapshot, which the live optimizer comes back to until that position. */
  resume(kept: Kept): void {
    this.kept = [kept];
    this.behind(async () => this.cell.resume(kept.live, kept.state)).catch(() => {});
  }

  private settled<T>(work: () => Promise<T>): Promise<T> {
    const entries = this.waiting;
    this.waiting = [];
    return this.behind(() => {
      this.absorb(entries);
      return work();
    });
  }

  private behind<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => {});
    return done;
  }

  private absorb(entries: readonly Entry[]): void {
    this.fresh += entries.length;
    this.cell.absorb(this.options.decides ? entries.map(({ event }) => ({ event, position: this.count++ })) : entries);
  }

  /** As the live optimizer did. Where the part of the log that is replayed does not have that plan, the one at hand goes on. */
  private async comeBack({ from, over }: Resumption): Promise<void> {
    const kept = this.kept.find(({ state }) => state.position === from);
    if (!kept) return;
    const { planned } = this.cell;
    this.cell.resume(kept.live, kept.state);
    if (over !== undefined && planned?.state.position === over) await this.cell.catchUp(undefined, planned.state);
  }

  private async steps(rounds: number): Promise<ReplayStep[]> {
    const steps: ReplayStep[] = [];
    while (this.cell.behind && steps.length < rounds) {
      const publication = withoutTimes((await this.cell.step(undefined, this.options.detail))!);
      this.cell.published(publication);
      steps.push({ publication, planned: this.cell.planned!, events: this.fresh });
      this.fresh = 0;
      if (this.options.decides) this.decide();
    }
    return steps;
  }

  private decide(): void {
    const decisions = this.cell.acceptable.map((recommendation) =>
      decisionEvent(recommendation, {
        decision: 'accept',
        by: 'policy',
        policy: `autoAccept: ${recommendation.kind}`,
        at: this.cell.now,
      }),
    );
    if (decisions.length > 0) this.absorb(decisions.map((event) => ({ event, position: 0 })));
  }
}

function withoutTimes(publication: PlanPublication<PlanDocument>): PlanPublication<PlanDocument> {
  const { plan } = publication;
  return { ...publication, plan: { ...plan, statistics: { ...plan.statistics, milliseconds: 0 } } };
}
