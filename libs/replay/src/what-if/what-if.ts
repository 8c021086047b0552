import type { CellPlanner } from '@portolan/cells';
import { formatInstant, parseInstant } from '@portolan/domain';
import { compare } from '../comparison/compare.js';
import type { ComparedVariant, Comparison } from '../comparison/document.js';
import type { Outcome } from '../comparison/outcome.js';
import { quantilesOf } from '../comparison/quantiles.js';
import { aboutBase } from '../scenario/base.js';
import type { Script } from '../scenario/script.js';
import type { Variant } from '../scenario/variants.js';
import { firstDifference, isUnchanged } from './changed.js';
import { type GatheredFork, gatheredBaseline, gatheredVariant } from './gathered.js';
import type { RunTerms } from './run.js';

/** One run of a variant, compared: a value that can be kept, and sent elsewhere. */
export type RunResult = Omit<ComparedVariant, 'quantiles'>;

/** Runs that are done already, where an earlier process left some. */
export interface KeptRuns {
  get(index: number): RunResult | undefined;
  put(index: number, result: RunResult): Promise<void>;
}

export interface WhatIfOptions extends RunTerms {
  readonly name: string;
  readonly variants: readonly Variant[];
  /** One for each variant. */
  readonly scripts: readonly Script[];
  /** As many variants are run at a time. At least one. */
  readonly planners: readonly CellPlanner[];
  readonly kept?: KeptRuns;
  /** Told of each step of the baseline, and of each run that is done. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** Runs done, of all; the baseline is one of them. */
  readonly done: number;
  readonly runs: number;
  /** The planner's now in the baseline while that runs. */
  readonly now?: string;
}

/**
 * Variants against the baseline. What they have in common with it is folded and planned once: each goes on from where it differs. The same
 * scenario and log give the same bytes, on any number of planners. Rejects with the signal's reason when that is aborted.
 */
export async function whatIf(options: WhatIfOptions): Promise<Comparison> {
  const { name, base, variants, scripts, kept, onProgress } = options;
  const runs = variants.length + 1;
  const indexes = scripts.map((script) => firstDifference(base, script));
  const { outcome, forks } = await gatheredBaseline(options, options.planners[0]!, indexes, (now) =>
    onProgress?.({ done: 0, runs, now }),
  );
  let done = 1;
  onProgress?.({ done, runs });
  const results = await inLanes(options.planners, variants, async (planner, variant, index) => {
    options.signal.throwIfAborted();
    const script = scripts[index]!;
    const result =
      kept?.get(index) ??
      (isUnchanged(script)
        ? unchangedResult(variant, outcome)
        : await runVariant(options, planner, outcome, forks.get(indexes[index]!)!, { variant, script }));
    await kept?.put(index, result);
    onProgress?.({ done: ++done, runs });
    return result;
  });
  const { currency, unit } = outcome.planned.state.parameters;
  return {
    format: 'portolan.comparison/1',
    name,
    cell: base.cell,
    currency,
    unit,
    base: aboutBase(base, outcome.series.length),
    baseline: { totals: outcome.totals, series: [...outcome.series] },
    variants: grouped(variants, results),
  };
}

async function runVariant(
  options: WhatIfOptions,
  planner: CellPlanner,
  baselineOutcome: Outcome,
  fork: GatheredFork,
  { variant, script }: { readonly variant: Variant; readonly script: Script },
): Promise<RunResult> {
  const outcome = await gatheredVariant(options, planner, fork, script, variant);
  const { base } = options;
  const at = base.entries[fork.index]?.event.recordedtime;
  return {
    ...about(variant),
    leaves: { event: fork.index, at: at === undefined ? formatInstant(base.end) : formatInstant(parseInstant(at)!) },
    ...compare(baselineOutcome, outcome, fork.memory.cell.state.position),
    series: [...outcome.series],
  };
}

const about = ({ name, choices, runs, run }: Variant) => ({ name, choices, runs, run });

const unchangedResult = (variant: Variant, outcome: Outcome): RunResult => ({
  ...about(variant),
  ...compare(outcome, outcome, Infinity),
  series: [...outcome.series],
});

/** Does a list's work with as many at a time as there are planners; results in the order of the list. */
async function inLanes<T, R>(
  planners: readonly CellPlanner[],
  list: readonly T[],
  work: (planner: CellPlanner, each: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (planner: CellPlanner) => {
    while (next < list.length) {
      const index = next++;
      results[index] = await work(planner, list[index]!, index);
    }
  };
  await Promise.all(planners.map(lane));
  return results;
}

/** Runs of one variant become one entry: how they are spread, and the one in their middle. */
function grouped(variants: readonly Variant[], results: readonly RunResult[]): ComparedVariant[] {
  const groups = new Map<string, RunResult[]>();
  for (const [index, { name }] of variants.entries()) groups.set(name, [...(groups.get(name) ?? []), results[index]!]);
  return [...groups.values()].map((runs) => {
    if (runs.length === 1) return runs[0]!;
    const middle = runs.toSorted((a, b) => a.totals.cost.total - b.totals.cost.total)[
      Math.floor((runs.length - 1) / 2)
    ]!;
    return { ...middle, quantiles: quantilesOf(runs.map(({ totals }) => totals)) };
  });
}
