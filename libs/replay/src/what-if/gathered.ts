import type { CellPlanner } from '@portolan/cells';
import { Gathering, type Outcome } from '../comparison/outcome.js';
import type { Script } from '../scenario/script.js';
import { type Drawn, type Fork, type RunTerms, baseline, variantRun } from './run.js';

/** Where a variant leaves the baseline, with what was gathered until there. */
export interface GatheredFork extends Fork {
  readonly gathered: Gathering;
}

/** What the baseline comes to, and the forks that were asked for, by their index. */
export async function gatheredBaseline(
  terms: RunTerms,
  planner: CellPlanner,
  indexes: readonly number[],
  onStep: (now: string) => void = () => {},
): Promise<{ readonly outcome: Outcome; readonly forks: ReadonlyMap<number, GatheredFork> }> {
  const forks = new Map<number, GatheredFork>();
  const gathering = new Gathering();
  for await (const each of baseline(terms, planner, indexes))
    if ('step' in each) {
      gathering.add(each.step);
      onStep(each.step.publication.now);
    } else forks.set(each.fork.index, { ...each.fork, gathered: gathering.fork() });
  return { outcome: gathering.outcome!, forks };
}

/** What a variant comes to, with what it shares with the baseline. */
export async function gatheredVariant(
  terms: RunTerms,
  planner: CellPlanner,
  fork: GatheredFork,
  script: Script,
  drawn: Drawn,
): Promise<Outcome> {
  const gathering = fork.gathered.fork();
  for await (const each of variantRun(terms, planner, fork, script, drawn))
    if ('step' in each) gathering.add(each.step);
    else gathering.warn(each.warning);
  return gathering.outcome!;
}
