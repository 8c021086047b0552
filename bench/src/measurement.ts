import type { ProblemDocument } from '@portolan/domain';
import { type LinearProgram, LivePlan, type Outcome, engineNamed } from '@portolan/planning';
import { arcFlow } from './arc-flow.js';
import { changesOf } from './changes.js';
import { isSame } from './comparison.js';
import type { Options } from './options.js';
import type { Subject } from './subjects.js';
import { quantile } from './statistics.js';

export interface Measured {
  readonly name: string;
  readonly demands: number;
  /** The share of a static network's voyages that are full in the optimal plan. */
  readonly full: number | undefined;
  /** From the document to the proven optimum, ms; with the gap where the limit came first. */
  readonly cold: {
    readonly milliseconds: number;
    readonly objective: number;
    readonly gap: number;
    readonly stopped: boolean;
  };
  /** From a change to the proven optimum, ms; not measured where there was none to begin with. */
  readonly warm:
    { readonly changes: number; readonly p50: number; readonly p90: number; readonly p99: number } | undefined;
  /** Resident memory of a process that has only this problem, MB: the most until the cold plan, and at the end of the changes. */
  readonly memory: { readonly cold: number; readonly end: number };
  readonly compared: 'the same problem' | 'its final itineraries only';
  /** What the program for other solvers must cost. */
  readonly comparable: number;
}

const clock = (): number => performance.now();

/** Measures one problem, and hands over the program for other solvers before the changes. Throws where an optimum, or its proof, is wrong. */
export async function measure(
  { name, document: made, known }: Subject,
  options: Options,
  handOver: (program: LinearProgram) => void,
): Promise<Measured> {
  const document = made();
  const engine = await engineNamed('simplex');
  const began = clock();
  const plan = opened(document, engine);
  const { objective, gap, stopped, dualInfeasibility } = plan.optimize({
    deadline: began + options.coldLimit * 1000,
    clock,
  });
  const cold = { milliseconds: clock() - began, objective, gap, stopped };
  const most = process.resourceUsage().maxRSS / 1e3;
  if (!stopped) proven(name, { gap, dualInfeasibility });
  if (!stopped && known !== undefined && !isSame(objective, known))
    throw new Error(`${name}: ${objective} is not its known optimum, ${known}`);
  const isStatic = plan.problem.kind === 'static';
  if (!stopped) handOver(isStatic ? arcFlow(plan.problem) : plan.program());
  return {
    name,
    demands: document.demands.length,
    full: isStatic ? fullShare(plan, document) : undefined,
    cold,
    warm: stopped ? undefined : stream(name, plan, document, options),
    memory: { cold: most, end: resident() },
    compared: isStatic ? 'the same problem' : 'its final itineraries only',
    comparable: objective - penaltyOf(document),
  };
}

/** A plan for a document that must be valid. */
export function opened(
  document: ProblemDocument,
  engine: Awaited<ReturnType<typeof engineNamed>>,
  tuning?: Parameters<typeof LivePlan.of>[2],
): LivePlan {
  const outcome = LivePlan.of(document, engine, tuning);
  if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults.slice(0, 3)));
  return outcome.plan;
}

function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
}

function fullShare(plan: LivePlan, { services }: ProblemDocument): number {
  const voyages = services.reduce((sum, { rotation = [] }) => sum + rotation.length, 0);
  const full = plan.plan().prices.legs.filter(({ used, capacity }) => used >= capacity - 1e-6);
  return full.length / voyages;
}

/** What it costs to change everything that is in force; the itineraries of the program have it as a reward where they do not. */
const penaltyOf = ({ parameters, current = [] }: ProblemDocument): number =>
  current.reduce((sum, { quantity }) => sum + quantity, 0) * (parameters?.changePenaltyPerUnit ?? 0);

/** Applies changes one by one, and re-optimizes after each. */
function stream(name: string, plan: LivePlan, document: ProblemDocument, { changes, seed }: Options): Measured['warm'] {
  const times: number[] = [];
  for (const { kind, changes: some } of changesOf(document, seed)) {
    const began = clock();
    applied(plan, some);
    const outcome = plan.optimize({ clock });
    times.push(clock() - began);
    proven(`${name}, change ${times.length} (${kind})`, outcome);
    if (times.length === changes) break;
  }
  times.sort((a, b) => a - b);
  return { changes, p50: quantile(times, 0.5), p90: quantile(times, 0.9), p99: quantile(times, 0.99) };
}

/** Applies changes that must be valid. */
export function applied(plan: LivePlan, changes: Parameters<LivePlan['apply']>[0]): void {
  const faults = plan.apply(changes);
  if (faults.length > 0) throw new Error(JSON.stringify(faults.slice(0, 3)));
}

function proven(name: string, { gap, dualInfeasibility }: Pick<Outcome, 'gap' | 'dualInfeasibility'>): void {
  if (!(gap <= 1e-6 && dualInfeasibility <= 1e-6))
    throw new Error(`${name}: not proven, with a gap of ${gap} and a dual infeasibility of ${dualInfeasibility}`);
}
