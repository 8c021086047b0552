import type { ProblemDocument } from '@portolan/domain';
import { type LinearProgram, LivePlan, type Outcome, engineNamed } from '@portolan/planning';
import { changesOf } from './changes.js';
import { type Solved, solvedBy } from './comparison.js';
import type { Options } from './options.js';
import { type SolverName, solverNames } from './solvers.js';

export interface Measured {
  readonly name: string;
  readonly demands: number;
  /** From nothing to the proven optimum, ms; `gap` where the limit came first. */
  readonly cold: { readonly milliseconds: number; readonly objective: number; readonly gap: number };
  /** From a change to the proven optimum, ms. */
  readonly warm:
    { readonly changes: number; readonly p50: number; readonly p90: number; readonly p99: number } | undefined;
  /** Resident memory of the process, MB. */
  readonly memory: number;
  readonly others: Readonly<Partial<Record<SolverName, Solved | undefined>>>;
  /** What the others solve. */
  readonly compared: 'the same problem' | 'its final itineraries only';
}

const clock = () => performance.now();

export interface Subject {
  readonly name: string;
  readonly document: ProblemDocument;
  /** The same problem for other solvers; without it they get the itineraries that the planner ended with. */
  readonly whole?: (plan: LivePlan) => LinearProgram;
  /** What it is known to cost. */
  readonly known?: number;
}

/** Measures one problem. Throws where an optimum, or a proof, is wrong. */
export async function measure({ name, document, whole, known }: Subject, options: Options): Promise<Measured> {
  const plan = opened(document, await engineNamed('simplex'));
  const began = clock();
  const outcome = plan.optimize({ deadline: began + options.coldLimit * 1000, clock });
  const cold = { milliseconds: clock() - began, objective: outcome.objective, gap: outcome.gap };
  if (!outcome.stopped) proven(name, outcome);
  if (known !== undefined && !outcome.stopped) same(`${name}, against its published optimum`, outcome.objective, known);
  const program = whole?.(plan) ?? plan.program();
  const others = outcome.stopped
    ? {}
    : await comparison(name, program, outcome.objective - penaltyOf(document), options);
  return {
    name,
    demands: document.demands.length,
    cold,
    warm: outcome.stopped ? undefined : stream(name, plan, document, options),
    memory: process.memoryUsage.rss() / 1e6,
    others,
    compared: whole ? 'the same problem' : 'its final itineraries only',
  };
}

function opened(document: ProblemDocument, engine: Awaited<ReturnType<typeof engineNamed>>): LivePlan {
  const outcome = LivePlan.of(document, engine);
  if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults.slice(0, 3)));
  return outcome.plan;
}

async function comparison(name: string, program: LinearProgram, objective: number, { solverLimit }: Options) {
  const others: Partial<Record<SolverName, Solved | undefined>> = {};
  for (const solver of solverNames) {
    const solved = await solvedBy(solver, program, solverLimit);
    others[solver] = solved && isSame(solved.objective, objective) ? solved : undefined;
    if (solved && !others[solver]) console.error(`${solver} ends at ${solved.objective} on ${name}, not ${objective}`);
  }
  if (others.HiGHS === undefined) console.error(`HiGHS did not confirm ${name} within ${solverLimit} s`);
  return others;
}

/** What it costs to change everything that is in force, which the program's columns are rewarded with where they do not. */
const penaltyOf = ({ parameters, current = [] }: ProblemDocument): number =>
  current.reduce((sum, { quantity }) => sum + quantity, 0) * (parameters?.changePenaltyPerUnit ?? 0);

/** Applies the changes one by one, and re-optimizes after each. */
function stream(name: string, plan: LivePlan, document: ProblemDocument, { changes, seed }: Options): Measured['warm'] {
  const times: number[] = [];
  for (const { kind, changes: some } of changesOf(document, seed)) {
    if (times.length === changes) break;
    const began = clock();
    const faults = plan.apply(some);
    if (faults.length > 0) continue;
    const outcome = plan.optimize({ clock });
    times.push(clock() - began);
    proven(`${name}, ${kind}`, outcome);
  }
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
  return { changes: times.length, p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99) };
}

function proven(name: string, { gap, dualInfeasibility }: Outcome): void {
  if (gap > 1e-6 || dualInfeasibility > 1e-6)
    throw new Error(`${name}: not proven, with a gap of ${gap} and a dual infeasibility of ${dualInfeasibility}`);
}

const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));

function same(what: string, a: number, b: number): void {
  if (!isSame(a, b)) throw new Error(`${what}: ${a} is not ${b}`);
}
